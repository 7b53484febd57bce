import { createServer } from "node:http";
import { Server } from "@colyseus/core";
import { WebSocketTransport } from "@colyseus/ws-transport";
import { openDirectHost, readServerConfig, runtime } from "@tidelock/server";
import { ArenaRoom } from "./room.ts";
import { servePage } from "./page.ts";

/** The whole game on one port: the page, the matchmaking, the WebSocket over TCP and WebRTC over UDP. */
const config = readServerConfig(process.env);
const http = createServer();
if (config.transport !== "websocket") runtime.host = openDirectHost({ port: config.udpPort });

const server = new Server({
  transport: new WebSocketTransport({ server: http }),
  greet: false,
  express: (app) => servePage(app, process.argv.includes("--dev") ? "development" : "built"),
});
server.define("arena", ArenaRoom);
await server.listen(config.port);

console.log(
  `\n  Tidelock Arena   http://localhost:${config.port}/\n  Somebody to shoot at:   npm run bots -- 20\n`,
);
