import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Server } from "@colyseus/core";
import { WebSocketTransport } from "@colyseus/ws-transport";
import {
  type PlayerInfo,
  SimulationRoom,
  startTransports,
  type TransportConfig,
  type Transports,
} from "@tidelock/server";
import type { World } from "@tidelock/shared";
import { field } from "../stepper/field-game.ts";

type FieldWorld = typeof field extends { createWorld(): infer W } ? W : World;

/** The simulation rooms that are running, for tests to look into. */
export const rooms = new Set<FieldRoom>();

export class FieldRoom extends SimulationRoom(field) {
  override reconnectionSeconds = 5;

  override onPlayerJoin(world: FieldWorld, player: PlayerInfo): void {
    rooms.add(this);
    world.spawn("player", { owner: player.number, x: player.number * 2, y: 0 });
  }

  override onDispose(): void | Promise<void> {
    rooms.delete(this);
    return super.onDispose();
  }
}

export interface FieldServer {
  readonly url: string;
  readonly transports: Transports;
  close(): Promise<void>;
}

/** A whole server on loopback with one kind of room, "field". */
export async function startFieldServer(config: Partial<TransportConfig> = {}): Promise<FieldServer> {
  const transports = await startTransports({
    udpPort: 0,
    publicAddress: "",
    transport: "direct",
    condition: "",
    snapshotRate: 30,
    bindAddress: "127.0.0.1",
    ...config,
  });
  const http = createServer();
  const server = new Server({
    transport: new WebSocketTransport({ server: http }),
    greet: false,
    gracefullyShutdown: false,
  });
  server.define("field", FieldRoom);
  await server.listen(0, "127.0.0.1");
  const { port } = http.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    transports,
    close: async () => {
      await server.gracefullyShutdown(false);
      await transports.close();
    },
  };
}
