import { createServer } from "node:http";
import { Server } from "@colyseus/core";
import { WebSocketTransport } from "@colyseus/ws-transport";
import { startTransports, type TransportConfig } from "@tidelock/server";
import { servePage } from "./page.ts";
import { MovingBoxRoom } from "./room.ts";

export interface MovingBoxServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Starts page and rooms on one port. `stopOnSignals`, default true: stops when the process is asked to. */
export async function startMovingBoxServer(
  config: TransportConfig & { readonly port: number },
  stopOnSignals = true,
): Promise<MovingBoxServer> {
  const transports = await startTransports(config);
  const http = createServer();
  const server = new Server({
    transport: new WebSocketTransport({ server: http }),
    greet: false,
    gracefullyShutdown: stopOnSignals,
    express: servePage,
  });
  // Every page has a room of its own.
  server.define("moving-box", MovingBoxRoom).filterBy(["table"]);
  server.onShutdown(() => transports.close());
  await server.listen(config.port, config.bindAddress);
  const address = http.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : config.port,
    close: () => server.gracefullyShutdown(false),
  };
}
