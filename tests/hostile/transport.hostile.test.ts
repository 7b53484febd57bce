import { createSocket } from "node:dgram";
import { randomBytes } from "node:crypto";
import { Client as SdkClient, type Room } from "@colyseus/sdk";
import { WebRtcConnector } from "@tidelock/client/testing";
import { DropCounter, SIGNAL_TYPE, type SignalPort, WEBSOCKET_FRAME_TYPE } from "@tidelock/shared";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LoopbackPeerConnection } from "../transport/node-peer.ts";
import { startTcpProxy } from "../transport/tcp-proxy.ts";
import { startVictim, type Victim } from "./victim.ts";

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Values of every wrong shape. */
const NONSENSE: unknown[] = [
  null,
  undefined,
  0,
  -1,
  Number.NaN,
  "",
  "x",
  [],
  {},
  [[]],
  true,
  { t: null },
  { t: "connect" },
  { t: "connect", attempt: "1" },
  { t: "connect", attempt: -1, sdp: "v=0" },
  { t: "connect", attempt: 1.5 },
  { t: "connect", attempt: 1, sdp: null },
  { t: "connect", attempt: 1, sdp: {} },
  { t: "connect", attempt: 1, sdp: "" },
  { t: "connect", attempt: 1, sdp: "v=0\r\n" },
  { t: "connect", attempt: 1, sdp: "\0".repeat(100) },
  {
    t: "connect",
    attempt: 1,
    sdp: "v=0\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=ice-ufrag:\r\na=ice-pwd:\r\na=fingerprint:\r\n",
  },
  {
    t: "connect",
    attempt: 1,
    sdp: "v=0\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=ice-ufrag:x\r\na=ice-pwd:y\r\na=fingerprint:sha-256 zz\r\na=setup:sideways\r\na=sctp-port:-1\r\na=max-message-size:99999999999999999999\r\n",
  },
  { t: "answer", attempt: 1 },
  { t: "answer", attempt: 1, sdp: "v=0" },
  { t: "refuse", attempt: 1, reason: "off" },
  { t: "offer", attempt: 1, sdp: "v=0", token: "" },
  { t: "__proto__", attempt: 1 },
  { __proto__: { t: "connect", attempt: 1 } },
];

describe.each(["webrtc-direct", "webrtc-geckos"] as const)("a server with %s survives", (kind) => {
  let victim: Victim;
  beforeAll(async () => {
    victim = await startVictim(kind);
  }, 30_000);
  afterAll(() => victim.stop());

  const join = (url = victim.url): Promise<Room> =>
    new SdkClient(url).joinOrCreate("echo").then((room) => {
      room.reconnection.enabled = false;
      for (const type of [SIGNAL_TYPE, WEBSOCKET_FRAME_TYPE]) room.onMessage<unknown>(type, () => {});
      return room;
    });

  /** A channel as an honest client gets it, and the token it would say hello with. */
  const openChannel = async (): Promise<{ native: RTCDataChannel; room: Room }> => {
    const room = await new SdkClient(victim.url).joinOrCreate("echo");
    room.reconnection.enabled = false;
    room.onMessage<unknown>(WEBSOCKET_FRAME_TYPE, () => {});
    const signal: SignalPort = { send: (message) => room.send(SIGNAL_TYPE, message), onMessage: () => {} };
    room.onMessage<unknown>(SIGNAL_TYPE, (message) => signal.onMessage(message));
    let native: RTCDataChannel | undefined;
    class Spying extends LoopbackPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        this.addEventListener("datachannel", (event) => {
          if ("channel" in event) native = event.channel as RTCDataChannel;
        });
      }
      override createDataChannel(
        label: string,
        init?: RTCDataChannelInit,
      ): ReturnType<LoopbackPeerConnection["createDataChannel"]> {
        const made = super.createDataChannel(label, init);
        native = made;
        return made;
      }
    }
    const connector = new WebRtcConnector({ signal, rtc: Spying, drops: new DropCounter() });
    const attempt = (): Promise<string> =>
      new Promise((resolve) =>
        connector.connect(
          () => resolve("open"),
          (reason) => resolve(reason),
        ),
      );
    // A link tries again when a handshake fails, and so does this client; what failed is told if none succeeds.
    const outcomes: string[] = [];
    while (outcomes.at(-1) !== "open" && outcomes.length < 4) {
      if (outcomes.length > 0) await pause(500);
      outcomes.push(await attempt());
    }
    if (outcomes.at(-1) !== "open") throw new Error(`No handshake succeeded: ${outcomes.join(", ")}.`);
    if (native === undefined) throw new Error("There is no channel.");
    return { native, room };
  };

  it("signalling messages of every wrong shape", async () => {
    const room = await join();
    for (const message of NONSENSE) room.send(SIGNAL_TYPE, message);
    for (let i = 0; i < 200; i++)
      room.send(SIGNAL_TYPE, { t: "connect", attempt: i, sdp: randomBytes(100).toString("latin1") });
    await pause(300);
    await victim.expectUnharmed();
    const { hostDrops } = await victim.ask({ ask: "report" });
    expect(hostDrops["signal-malformed"]).toBeGreaterThan(10);
    await room.leave();
  });

  it("signalling faster than anyone needs it: attempts are limited and refused", async () => {
    const room = await join();
    const before = await victim.ask({ ask: "report" });
    for (let i = 0; i < 1000; i++) room.send(SIGNAL_TYPE, { t: "connect", attempt: i, sdp: offer() });
    await pause(1000);
    await victim.expectUnharmed();
    const after = await victim.ask({ ask: "report" });
    expect(after.attempts - before.attempts).toBeLessThan(250);
    expect((after.hostDrops["signal-rate"] ?? 0) + (after.hostDrops["signal-busy"] ?? 0)).toBeGreaterThan(
      500,
    );
    expect(after.pending).toBeLessThanOrEqual(2);
    await room.leave();
  });

  it("1,000 handshakes that nobody finishes, with memory flat", async () => {
    const offers = Array.from({ length: 50 }, offer);
    // The first ones fill pools that stay.
    await victim.ask({ ask: "half-open", count: 1000, offers });
    const before = await victim.ask({ ask: "half-open", count: 1000, offers });
    const after = await victim.ask({ ask: "half-open", count: 1000, offers });
    const grownBytes = after.rssBytes - before.rssBytes;
    console.log(`${kind}: 1000 half-open handshakes grow the process by ${Math.round(grownBytes / 1024)} kB`);
    expect(grownBytes).toBeLessThan(12e6);
    expect(after.pending).toBeLessThanOrEqual(2);
    await victim.expectUnharmed();
  }, 120_000);

  it("random bytes and texts on the datachannel, before and after the hello", async () => {
    const { native, room } = await openChannel();
    // The channel loses what is old, so a part may not arrive: it is sent until every kind of it has been met.
    let counts: Record<string, number | undefined> = {};
    const met = (): boolean =>
      Number(counts["not-binary"]) > 0 &&
      Number(counts["too-large"]) > 0 &&
      Number(counts["before-hello"]) > 100;
    for (let round = 0; round < 20 && !met(); round++) {
      for (const text of ["null", "{}", "", "[]", "undefined", '{"connection":1}', '"disconnected"', "\0"])
        native.send(text);
      native.send(new Uint8Array(0));
      native.send(new Uint8Array(15_000));
      await pause(50);
      for (let i = 0; i < 60; i++) native.send(randomBytes(1 + ((i * 37) % 1300)));
      for (let type = 0; type < 256; type++) native.send(Uint8Array.of(type, 0, 1, 2, 3));
      await pause(50);
      const { hostDrops, roomDrops } = await victim.ask({ ask: "report" });
      counts = { ...hostDrops, "before-hello": roomDrops["before-hello"] };
    }
    expect(met(), JSON.stringify(counts)).toBe(true);
    await victim.expectUnharmed();
    native.close();
    await room.leave();
  });

  it("random Colyseus frames through the frames' own door", async () => {
    const room = await join();
    for (let i = 0; i < 300; i++)
      room.sendBytes(WEBSOCKET_FRAME_TYPE, Uint8Array.of(3, ...randomBytes(i % 40)));
    for (let i = 0; i < 300; i++) room.sendBytes(WEBSOCKET_FRAME_TYPE, randomBytes(i * 5));
    await pause(300);
    await victim.expectUnharmed();
  });

  it("random bytes on the WebSocket", async () => {
    for (let round = 0; round < 20; round++) {
      const room = await join();
      for (let i = 0; i < 50; i++) room.connection.send(randomBytes(1 + i * 20));
      await pause(20);
      room.connection.close();
    }
    await victim.expectUnharmed();
  });

  it("datagrams of noise on the UDP port, some of them shaped like STUN", async () => {
    const socket = createSocket("udp4");
    for (let i = 0; i < 2000; i++) {
      const datagram = randomBytes(i % 600);
      if (i % 2 === 0 && datagram.length >= 20) {
        datagram.writeUInt16BE(0x0001, 0);
        datagram.writeUInt16BE(datagram.length - 20, 2);
        datagram.writeUInt32BE(0x2112a442, 4);
      }
      socket.send(datagram, victim.udpPort, "127.0.0.1");
      if (i % 100 === 0) await pause(5);
    }
    await pause(300);
    socket.close();
    await victim.expectUnharmed();
  });

  it("a client that sends a hundred times too fast", async () => {
    const room = await join();
    for (let i = 0; i < 100; i++) {
      for (let k = 0; k < 60; k++) room.sendBytes(WEBSOCKET_FRAME_TYPE, Uint8Array.of(2, k, i));
      await pause(10);
    }
    await victim.expectUnharmed();
    const { roomDrops } = await victim.ask({ ask: "report" });
    expect(roomDrops["flood"]).toBeGreaterThan(3000);
    await room.leave();
  });

  it("a client that never reads: little is kept for it, and it is cut off in the end", async () => {
    const proxy = await startTcpProxy(Number(new URL(victim.url).port));
    const room = await join(`http://127.0.0.1:${proxy.port}`);
    proxy.stall();
    // Answers pile up, on Colyseus' own messages too, for which nothing drops.
    for (let i = 0; i < 150; i++) {
      for (let k = 0; k < 40; k++) room.send("word", "x".repeat(3500));
      await pause(10);
    }
    await pause(2500);
    const { roomDrops } = await victim.ask({ ask: "report" });
    expect(roomDrops["slow-consumer"]).toBeGreaterThan(0);
    await victim.expectUnharmed();
    await proxy.close();
  }, 30_000);

  it("all of it, and still opens a datachannel", async () => {
    await pause(3000);
    const { native, room } = await openChannel();
    expect(native.readyState).toBe("open");
    native.close();
    await room.leave();
  });
});

/** An offer as a browser makes it, of a client that does not exist. */
function offer(): string {
  const text = () => randomBytes(12).toString("hex");
  const fingerprint = randomBytes(32).toString("hex").toUpperCase().match(/../g)?.join(":") ?? "";
  return [
    "v=0",
    "o=- 1 2 IN IP4 127.0.0.1",
    "s=-",
    "t=0 0",
    "a=group:BUNDLE 0",
    "m=application 9 UDP/DTLS/SCTP webrtc-datachannel",
    "c=IN IP4 0.0.0.0",
    `a=ice-ufrag:${text()}`,
    `a=ice-pwd:${text()}`,
    "a=ice-options:trickle",
    `a=fingerprint:sha-256 ${fingerprint}`,
    "a=setup:actpass",
    "a=mid:0",
    "a=sctp-port:5000",
    "a=max-message-size:262144",
    "",
  ].join("\r\n");
}
