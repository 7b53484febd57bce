import { createSocket, type Socket } from "node:dgram";
import type { AddressInfo } from "node:net";

/** A UDP path through this process, which a test can cut. */
export interface UdpRelay {
  /** The port to advertise to clients. */
  readonly port: number;
  /** True: every datagram is lost, in both directions. */
  cut: boolean;
  close(): Promise<void>;
}

/** Forwards datagrams between clients and a server's UDP port on the loopback interface. */
export async function startUdpRelay(serverPort: number): Promise<UdpRelay> {
  const front = createSocket("udp4");
  const backs = new Map<number, Socket>();
  await new Promise<void>((resolve) => front.bind(0, "127.0.0.1", resolve));

  const relay: UdpRelay = {
    port: (front.address() as AddressInfo).port,
    cut: false,
    close: async () => {
      for (const back of backs.values()) back.close();
      await new Promise<void>((resolve) => front.close(() => resolve()));
    },
  };
  front.on("message", (datagram, { port }) => {
    let back = backs.get(port);
    if (back === undefined) {
      // A socket for each client: the server tells them apart by port.
      back = createSocket("udp4");
      back.on("error", () => {});
      back.on("message", (reply) => {
        if (!relay.cut) front.send(reply, port, "127.0.0.1");
      });
      backs.set(port, back);
    }
    if (!relay.cut) back.send(datagram, serverPort, "127.0.0.1");
  });
  return relay;
}
