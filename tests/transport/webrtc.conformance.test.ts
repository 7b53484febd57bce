import { type DatachannelHost, openDirectHost, openGeckosHost } from "@tidelock/server";
import { WebRtcConnector } from "@tidelock/client/testing";
import { type Channel, DropCounter, type SignalMessage, type SignalPort } from "@tidelock/shared";
import { channelConformance, type ConnectedPair } from "@tidelock/shared/testing";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { freeUdpPort } from "../browser/harness/free-port.ts";
import { startUdpRelay, type UdpRelay } from "../browser/harness/udp-relay.ts";
import { nodePeerConnection } from "./node-peer.ts";

const hosts = [
  ["webrtc-direct", openDirectHost],
  ["webrtc-geckos", openGeckosHost],
] as const;

describe.each(hosts)("%s keeps the promises of a channel", (kind, openHost) => {
  let relay: UdpRelay;
  let host: DatachannelHost;
  beforeAll(async () => {
    const port = await freeUdpPort();
    relay = await startUdpRelay(port);
    host = openHost({
      port,
      bindAddress: "127.0.0.1",
      externalAddress: "127.0.0.1",
      externalPort: relay.port,
      limits: { perAddressPerMinute: 6000 },
    });
  });
  afterEach(() => {
    relay.cut = false;
  });
  afterAll(async () => {
    await host.close();
    await relay.close();
  });

  const connect = async (): Promise<ConnectedPair> => {
    const [serverSignal, clientSignal] = signalPair();
    const clientDrops = new DropCounter();
    const connector = new WebRtcConnector({
      signal: clientSignal,
      rtc: nodePeerConnection,
      drops: clientDrops,
    });
    let stop = (): void => {};
    const server = new Promise<Channel>((resolve) => {
      stop = host.accept(serverSignal, { address: "test", onChannel: resolve });
    });
    const client = new Promise<Channel>((resolve, reject) => connector.connect(resolve, reject));
    const ends = { server: await server, client: await client };
    expect(ends.server.kind).toBe(kind);
    expect(ends.client.kind).toBe(kind);
    return {
      ...ends,
      serverDrops: host.stats.drops,
      clientDrops,
      stopReading: () => {
        relay.cut = true;
      },
      dispose: () => {
        ends.client.close("disposed");
        ends.server.close("disposed");
        stop();
      },
    };
  };
  const until = (reached: () => boolean) => expect.poll(reached, { timeout: 3000, interval: 5 }).toBe(true);

  for (const each of channelConformance({ connect, until })) {
    it.skipIf(each.skip !== undefined)(each.name, each.run);
  }

  it("holds nothing once its channels are closed", async () => {
    await expect.poll(() => host.stats.open, { timeout: 3000 }).toBe(0);
    expect(host.stats.pending).toBe(0);
  });
});

/** Two ends of a signalling path in one process. */
function signalPair(): [SignalPort, SignalPort] {
  const make = (other: () => SignalPort): SignalPort => ({
    send: (message: SignalMessage) => queueMicrotask(() => other().onMessage(structuredClone(message))),
    onMessage: () => {},
  });
  const left: SignalPort = make(() => right);
  const right: SignalPort = make(() => left);
  return [left, right];
}
