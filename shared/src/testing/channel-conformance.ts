import type { Channel } from "../transport/channel.ts";
import type { DropCounter } from "../transport/drop-counter.ts";

/** Two connected ends of the transport under test. */
export interface ConnectedPair {
  readonly server: Channel;
  readonly client: Channel;
  /** Where each end counts what it drops; the same counter will do. */
  readonly serverDrops: DropCounter;
  readonly clientDrops: DropCounter;
  /** Makes the peer stop reading, so that frames pile up on the way to it; undefined: it cannot be made to. */
  readonly stopReading?: ((side: "server" | "client") => void) | undefined;
  dispose(): Promise<void> | void;
}

/** How a transport is brought to the test. */
export interface ChannelUnderTest {
  connect(): Promise<ConnectedPair> | ConnectedPair;
  /** Lets time pass until `reached`, or fails after about three seconds. */
  until(reached: () => boolean): Promise<void> | void;
  /** Cases that cannot hold here, each with its reason. */
  readonly skip?: Readonly<Partial<Record<ChannelCaseName, string>>>;
}

/** One case: run it under any test framework. */
export interface ChannelCase {
  readonly name: ChannelCaseName;
  /** Why it is not run; undefined: it is. */
  readonly skip: string | undefined;
  run(): Promise<void>;
}

export type ChannelCaseName = keyof typeof cases;

/** What a case works with. */
interface Bench {
  readonly pair: ConnectedPair;
  until(reached: () => boolean): Promise<void>;
}

/** Every promise of the `Channel` interface, as cases for one transport. */
export function channelConformance(under: ChannelUnderTest): ChannelCase[] {
  return (Object.keys(cases) as ChannelCaseName[]).map((name) => ({
    name,
    skip: under.skip?.[name],
    run: async () => {
      const pair = await under.connect();
      try {
        await cases[name]({ pair, until: async (reached) => under.until(reached) });
      } finally {
        await pair.dispose();
      }
    },
  }));
}

const cases = {
  "delivers a frame whole from client to server": ({ pair, until }: Bench) =>
    crosses(pair.client, pair.server, until),
  "delivers a frame whole from server to client": ({ pair, until }: Bench) =>
    crosses(pair.server, pair.client, until),

  "delivers frames of one byte and of the largest size": async ({ pair, until }: Bench) => {
    const sizes: number[] = [];
    pair.client.onFrame = (frame) => sizes.push(frame.length);
    check(pair.server.send(pattern(1)), "one byte is accepted");
    check(pair.server.send(pattern(pair.server.maxFrameBytes)), "the largest size is accepted");
    await until(() => sizes.length === 2);
    sizes.sort((a, b) => a - b);
    equal(sizes.join(), `1,${pair.server.maxFrameBytes}`, "sizes that arrived");
  },

  "copies what it sends before it returns": async ({ pair, until }: Bench) => {
    const seen: number[] = [];
    pair.client.onFrame = (frame) => seen.push(frame[0]);
    const reused = new Uint8Array(64);
    for (let i = 1; i <= 5; i++) {
      reused.fill(i);
      pair.server.send(reused);
    }
    reused.fill(99);
    await until(() => seen.length === 5);
    equal(seen.sort((a, b) => a - b).join(), "1,2,3,4,5", "first bytes");
  },

  "sends the part of a buffer that a view shows, and no more": async ({ pair, until }: Bench) => {
    let seen = "";
    pair.client.onFrame = (frame) => (seen = frame.join());
    pair.server.send(Uint8Array.of(9, 9, 1, 2, 3, 9).subarray(2, 5));
    await until(() => seen !== "");
    equal(seen, "1,2,3", "bytes");
  },

  "never delivers during send": async ({ pair, until }: Bench) => {
    let sending = true;
    let duringSend = false;
    let arrived = 0;
    pair.client.onFrame = () => {
      arrived += 1;
      duringSend ||= sending;
    };
    pair.server.send(pattern(8));
    sending = false;
    await until(() => arrived === 1);
    check(!duringSend, "the frame arrived after send had returned");
  },

  "drops and counts a frame that is too large": async ({ pair }: Bench) => {
    equal(pair.server.send(pattern(pair.server.maxFrameBytes + 1)), false, "server send");
    equal(pair.client.send(pattern(pair.client.maxFrameBytes + 1)), false, "client send");
    check(pair.serverDrops.get("send-too-large") > 0, "the server counts it");
    check(pair.clientDrops.get("send-too-large") > 0, "the client counts it");
  },

  "drops and counts an empty frame": async ({ pair }: Bench) => {
    equal(pair.server.send(new Uint8Array(0)), false, "send");
    check(pair.serverDrops.get("send-empty") > 0, "it is counted");
  },

  "keeps order and loses nothing when it says it is reliable": async ({ pair, until }: Bench) => {
    if (!pair.server.reliable) return;
    const seen: number[] = [];
    pair.client.onFrame = (frame) => seen.push(frame[0]);
    for (let i = 0; i < 10; i++) pair.server.send(Uint8Array.of(i));
    await until(() => seen.length === 10);
    equal(seen.join(), "0,1,2,3,4,5,6,7,8,9", "order");
  },

  "carries a steady stream in both directions at once": async ({ pair, until }: Bench) => {
    let atServer = 0;
    let atClient = 0;
    pair.server.onFrame = () => (atServer += 1);
    pair.client.onFrame = () => (atClient += 1);
    for (let i = 1; i <= 60; i++) {
      pair.server.send(pattern(300));
      pair.client.send(pattern(100));
      if (i % 10 === 0) await until(() => atServer >= i * 0.9 && atClient >= i * 0.9);
    }
  },

  "is open until it is closed, and tells both sides once": async ({ pair, until }: Bench) => {
    check(pair.server.open && pair.client.open, "both ends start open");
    let atServer = 0;
    let atClient = 0;
    pair.server.onClose = () => (atServer += 1);
    pair.client.onClose = () => (atClient += 1);
    pair.client.close("test");
    pair.client.close("again");
    check(!pair.client.open, "the closing end is closed at once");
    await until(() => atServer === 1);
    equal(atClient, 1, "calls of the closing end's onClose");
    check(!pair.server.open, "the other end is closed");
  },

  "drops and counts what is sent after closing": async ({ pair }: Bench) => {
    pair.server.close("test");
    equal(pair.server.send(pattern(4)), false, "send");
    check(pair.serverDrops.get("send-closed") > 0, "it is counted");
  },

  "delivers nothing after closing": async ({ pair, until }: Bench) => {
    let late = 0;
    let closed = false;
    pair.server.onClose = () => (closed = true);
    pair.client.onFrame = () => (late += 1);
    pair.client.close("test");
    pair.server.send(pattern(4));
    await until(() => closed);
    equal(late, 0, "frames after closing");
  },

  "refuses frames instead of growing when the peer does not read": async ({ pair }: Bench) => {
    check(pair.stopReading !== undefined, "the transport under test can stop reading");
    pair.stopReading?.("client");
    let refused = 0;
    const frame = pattern(pair.server.maxFrameBytes);
    for (let i = 0; i < 20_000; i++) if (!pair.server.send(frame)) refused += 1;
    check(refused > 10_000, `most of 20000 frames are refused, ${refused} were`);
    check(pair.server.bufferedBytes < 1 << 20, `little is buffered, ${pair.server.bufferedBytes} bytes are`);
    equal(pair.serverDrops.get("send-backlog"), refused, "refusals counted");
  },
} satisfies Record<string, (bench: Bench) => Promise<void>>;

async function crosses(from: Channel, to: Channel, until: Bench["until"]): Promise<void> {
  let seen = "";
  to.onFrame = (frame) => (seen = frame.join());
  const frame = pattern(257);
  check(from.send(frame), "the frame is accepted");
  await until(() => seen !== "");
  equal(seen, frame.join(), "bytes");
}

/** Bytes that a shifted, truncated or zeroed copy would not equal. */
function pattern(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => (i * 37 + 11) & 0xff);
}

function check(holds: boolean, what: string): void {
  if (!holds) throw new Error(`It does not hold that ${what}.`);
}

function equal<T>(found: T, wanted: T, what: string): void {
  if (found !== wanted) throw new Error(`${what}: found ${String(found)}, wanted ${String(wanted)}.`);
}
