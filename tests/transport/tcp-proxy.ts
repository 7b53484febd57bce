import { createConnection, createServer, type Socket } from "node:net";
import type { AddressInfo } from "node:net";

/** A TCP path through this process, which a test can stall. */
export interface TcpProxy {
  readonly port: number;
  /** From now on nothing is read from the server: what it sends piles up there. */
  stall(): void;
  close(): Promise<void>;
}

/** Forwards connections to a server's port on the loopback interface. */
export async function startTcpProxy(serverPort: number): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  const backs = new Set<Socket>();
  const front = createServer((client) => {
    const back = createConnection(serverPort, "127.0.0.1");
    backs.add(back);
    for (const socket of [client, back]) {
      sockets.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => {
        client.destroy();
        back.destroy();
      });
    }
    client.pipe(back);
    back.pipe(client);
  });
  await new Promise<void>((resolve) => front.listen(0, "127.0.0.1", resolve));
  return {
    port: (front.address() as AddressInfo).port,
    stall: () => {
      for (const back of backs) {
        back.unpipe();
        back.pause();
      }
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => front.close(() => resolve()));
    },
  };
}
