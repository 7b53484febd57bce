import { createServer } from "node:http";
import { Server } from "@colyseus/core";
import { WebSocketTransport } from "@colyseus/ws-transport";
import { type PlayerInfo, readServerConfig, SimulationRoom, startTransports } from "@tidelock/server";
import { ice } from "./game.ts";

class IceRoom extends SimulationRoom(ice) {
  override record = process.env["ICE_SESSION"] ?? "ice.session";

  override onPlayerJoin(world: IceRoom["world"], player: PlayerInfo) {
    world.spawn("runner", { owner: player.number });
  }
}

const config = readServerConfig(process.env);
await startTransports(config);
const server = new Server({
  transport: new WebSocketTransport({ server: createServer() }),
  greet: false,
});
server.define("ice", IceRoom);
await server.listen(config.port);
console.log(`ice on port ${config.port}`);
