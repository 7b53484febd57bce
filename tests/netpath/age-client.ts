import { Client } from "@colyseus/sdk";
import { connectLink, Session } from "@tidelock/client";
import {
  BitReader,
  FrameKind,
  MAX_FRAME_BYTES,
  JOIN_REQUEST_KEY,
  joinRequest,
  readHeader,
} from "@tidelock/shared";
import { RTCPeerConnection } from "node-datachannel/polyfill";
import { field } from "../stepper/field-game.ts";
import { sharedClockMs, STALL_MS } from "./shared-clock.ts";

/** Longer than a handshake takes whose packets are lost twice. */
const CONNECT_MS = 20_000;
/** What a new connection still has to learn of the path is not measured. */
const SETTLE_MS = 3000;
const FRAME_MS = 1000 / 60;

const [url, transport, seconds] = process.argv.slice(2);
const room = await new Client(url).joinOrCreate("field", { [JOIN_REQUEST_KEY]: joinRequest(field) });
const rtc = transport === "websocket" ? null : RTCPeerConnection;
const link = connectLink(room, { rtc: rtc as never });
const session = new Session(room, link, field, { now: () => performance.now() });

const reader = new BitReader(MAX_FRAME_BYTES);
const header = {
  sequence: 0,
  tick: 0,
  newestInput: 0,
  margin: 0,
  baselineAge: 0,
  allOwned: false,
  runOrder: 0,
};
const arrivals: [tick: number, atMs: number][] = [];
const deliver = link.onFrame;
let recording = false;
link.onFrame = (frame) => {
  if (recording && frame[0] === FrameKind.snapshot) {
    reader.load(frame);
    readHeader(reader, header);
    arrivals.push([header.tick, sharedClockMs()]);
  }
  deliver(frame);
};
const changes: string[] = [];
session.onTransportChange = (now, reason) => changes.push(`${now} (${reason})`);

const stalls: [fromMs: number, toMs: number][] = [];
let lastFrameMs = sharedClockMs();
setInterval(() => {
  const frameMs = sharedClockMs();
  if (frameMs - lastFrameMs > STALL_MS) stalls.push([lastFrameMs, frameMs]);
  lastFrameMs = frameMs;
  const now = performance.now();
  session.input.moveX = Math.floor(now / 900) % 2 === 0 ? 1 : -1;
  session.input.moveY = Math.floor(now / 700) % 2 === 0 ? 1 : -1;
  session.frame(now);
}, FRAME_MS);
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const begun = performance.now();
while (session.transport !== transport || session.state !== "playing") {
  if (performance.now() - begun > CONNECT_MS)
    throw new Error(`no ${transport} within ${CONNECT_MS} ms; ${session.transport}, ${changes.join(", ")}`);
  await sleep(20);
}
const connectMs = performance.now() - begun;
await sleep(SETTLE_MS);
changes.length = 0;
const { corrections } = session.stats;
const fromMs = sharedClockMs();
recording = true;
await sleep(Number(seconds) * 1000);
recording = false;
const result = {
  fromMs,
  toMs: sharedClockMs(),
  arrivals,
  connectMs,
  changes,
  stalls,
  drops: link.drops.snapshot(),
  corrections: session.stats.corrections - corrections,
  rttMs: session.stats.rttMs,
};
process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit());
