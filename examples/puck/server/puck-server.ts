import { createServer } from "node:http";
import { Server } from "@colyseus/core";
import { WebSocketTransport } from "@colyseus/ws-transport";
import { startTransports, type TransportConfig } from "@tidelock/server";
import { servePage } from "./page.ts";
import { PuckRoom } from "./room.ts";

/** In the room "puck-crates". */
const CRATES = 28;

export interface PuckServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Starts page and rooms on one port. `stopOnSignals`, default true: stops when the process is asked to. */
export async function startPuckServer(
  config: TransportConfig & { readonly port: number },
  stopOnSignals = true,
): Promise<PuckServer> {
  const transports = await startTransports(config);
  const http = createServer();
  const server = new Server({
    transport: new WebSocketTransport({ server: http }),
    greet: false,
    gracefullyShutdown: stopOnSignals,
    express: servePage,
  });
  server.define("puck", PuckRoom);
  server.define("puck-crates", PuckRoom, { crates: CRATES });
  server.onShutdown(() => transports.close());
  await server.listen(config.port, config.bindAddress);
  const address = http.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : config.port,
    close: () => server.gracefullyShutdown(false),
  };
}
