import { createServer } from "node:http";
import { Server } from "@colyseus/core";
import { WebSocketTransport } from "@colyseus/ws-transport";
import { startTransports, type TransportConfig } from "@tidelock/server";
import { servePage } from "./page.ts";
import { DuelRoom } from "./room.ts";

export interface DuelServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Starts page and rooms on one port. `stopOnSignals`, default true: stops when the process is asked to. */
export async function startDuelServer(
  config: TransportConfig & { readonly port: number },
  stopOnSignals = true,
): Promise<DuelServer> {
  const transports = await startTransports(config);
  const http = createServer();
  const server = new Server({
    transport: new WebSocketTransport({ server: http }),
    greet: false,
    gracefullyShutdown: stopOnSignals,
    express: servePage,
  });
  // Those who name the same table meet there; the others meet whoever comes.
  server.define("duel", DuelRoom).filterBy(["table"]);
  server.onShutdown(() => transports.close());
  await server.listen(config.port, config.bindAddress);
  const address = http.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : config.port,
    close: () => server.gracefullyShutdown(false),
  };
}
