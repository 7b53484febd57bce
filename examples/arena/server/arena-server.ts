import { createServer } from "node:http";
import { Server } from "@colyseus/core";
import { WebSocketTransport } from "@colyseus/ws-transport";
import { type ServerConfig, startTransports } from "@tidelock/server";
import { type PageMode, servePage } from "./page.ts";
import { ArenaRoom } from "./room.ts";

export interface ArenaServerOptions {
  readonly config: Pick<
    ServerConfig,
    "port" | "udpPort" | "publicAddress" | "transport" | "condition" | "snapshotRate"
  >;
  /** Default: "built". */
  readonly page?: PageMode;
  /** Listens on this address only; left out: on all. */
  readonly bindAddress?: string;
  /** Stops when the process is asked to. Default: true. */
  readonly stopOnSignals?: boolean;
}

export interface ArenaServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Starts the whole game on one port: the page, matchmaking and the WebSocket over TCP, and WebRTC over UDP. */
export async function startArenaServer(options: ArenaServerOptions): Promise<ArenaServer> {
  const { config, page = "built", bindAddress, stopOnSignals = true } = options;
  const transports = await startTransports({ ...config, bindAddress });
  const http = createServer();
  const server = new Server({
    transport: new WebSocketTransport({ server: http }),
    greet: false,
    gracefullyShutdown: stopOnSignals,
    express: (app) => servePage(app, page),
  });
  server.define("arena", ArenaRoom);
  server.onShutdown(() => transports.close());
  await server.listen(config.port, bindAddress);
  const address = http.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : config.port,
    close: () => server.gracefullyShutdown(false),
  };
}
