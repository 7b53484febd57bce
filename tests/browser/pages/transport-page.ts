import { Client } from "@colyseus/sdk";
import { connectLink, type RoomLink } from "@tidelock/client";

/** What a test reads from the page. */
export interface TransportReport {
  transport: string;
  changes: string[];
  snapshots: { websocket: number; datachannel: number };
  lastTick: number;
  /** The `.unreliable()` field of the room's state, and how often it changed. */
  beat: number;
  beatChanges: number;
  /** Answers to messages that were sent unreliably. */
  wordsHeard: number;
  echoMs: number[];
  drops: Record<string, number>;
  connectedMs: number;
  /** The longest pause between two frames since the last reset. */
  longestGapMs: number;
}

let link: RoomLink | undefined;
const changes: string[] = [];
const echoMs: number[] = [];
let lastTick = 0;
let beat = 0;
let beatChanges = 0;
let wordsHeard = 0;
let connectedMs = -1;
let lastFrameMs = -1;
let longestGapMs = 0;

async function start(url: string, rtc: boolean): Promise<void> {
  const room = await new Client(url).joinOrCreate("echo");
  const begun = performance.now();
  room.onStateChange((state: { beat: number }) => {
    if (state.beat !== beat) beatChanges += 1;
    beat = state.beat;
  });
  link = connectLink(room, rtc ? {} : { rtc: null });
  link.onTransportChange = (transport, reason) => {
    changes.push(`${transport}:${reason}`);
    if (connectedMs < 0 && transport.startsWith("webrtc")) connectedMs = performance.now() - begun;
  };
  link.onFrame = (frame) => {
    const now = performance.now();
    if (lastFrameMs >= 0) longestGapMs = Math.max(longestGapMs, now - lastFrameMs);
    lastFrameMs = now;
    if (frame[0] === 0x01) lastTick = frame[1] | (frame[2] << 8);
    if (frame[0] === 0x05) echoMs.push(now - new DataView(frame.buffer, frame.byteOffset).getFloat64(1));
  };
  room.onMessage("word", () => {
    wordsHeard += 1;
  });
  setInterval(() => {
    if (link?.transport.startsWith("webrtc")) room.sendUnreliable("word", 7);
    link?.sendUnreliable(Uint8Array.of(0x02, 1, 2, 3));
    const ping = new Uint8Array(9);
    ping[0] = 0x04;
    new DataView(ping.buffer).setFloat64(1, performance.now());
    link?.sendUnreliable(ping);
  }, 33);
}

function report(): TransportReport {
  return {
    transport: link?.transport ?? "none",
    changes,
    snapshots: { ...(link?.received ?? { websocket: 0, datachannel: 0 }) },
    lastTick,
    beat,
    beatChanges,
    wordsHeard,
    echoMs: echoMs.slice(-50),
    drops: link?.drops.snapshot() ?? {},
    connectedMs,
    longestGapMs,
  };
}

Object.assign(globalThis, {
  start,
  report,
  resetGap: () => {
    longestGapMs = 0;
  },
});
