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

export interface FieldServerOptions extends Partial<TransportConfig> {
  /** The address of HTTP and UDP. Default: loopback. */
  readonly bindAddress?: string;
  readonly room?: typeof FieldRoom;
}

/** A whole server with one kind of room, "field". */
export async function startFieldServer(options: FieldServerOptions = {}): Promise<FieldServer> {
  const { bindAddress = "127.0.0.1", room = FieldRoom, ...config } = options;
  const transports = await startTransports({
    udpPort: 0,
    publicAddress: "",
    transport: "direct",
    condition: "",
    snapshotRate: 30,
    bindAddress,
    ...config,
  });
  const http = createServer();
  const server = new Server({
    transport: new WebSocketTransport({ server: http }),
    greet: false,
    gracefullyShutdown: false,
  });
  server.define("field", room);
  await server.listen(0, bindAddress);
  const { port } = http.address() as AddressInfo;
  return {
    url: `http://${bindAddress}:${port}`,
    transports,
    close: async () => {
      await server.gracefullyShutdown(false);
      await transports.close();
    },
  };
}
