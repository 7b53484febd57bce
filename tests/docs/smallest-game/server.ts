import { createServer } from "node:http";
import { Server } from "@colyseus/core";
import { WebSocketTransport } from "@colyseus/ws-transport";
import { type PlayerInfo, readServerConfig, SimulationRoom, startTransports } from "@tidelock/server";
import { createServer as createPage } from "vite";
import { dots } from "./game.ts";

class DotsRoom extends SimulationRoom(dots) {
  override onPlayerJoin(world: DotsRoom["world"], player: PlayerInfo) {
    world.spawn("dot", { owner: player.number });
  }
}

const config = readServerConfig(process.env);
await startTransports(config);
const page = await createPage({
  root: import.meta.dirname,
  resolve: { conditions: ["@tidelock/source", "module", "browser", "development|production"] },
  server: { middlewareMode: true, hmr: false },
});
const server = new Server({
  transport: new WebSocketTransport({ server: createServer() }),
  express: (app) => void app.use(page.middlewares),
});
server.define("dots", DotsRoom);
await server.listen(config.port);
