import { Client } from "@colyseus/sdk";
import { type ConnectLinkOptions, connectLink, Session, SnapshotDecoder } from "@tidelock/client";
import {
  BitReader,
  FrameKind,
  JOIN_REQUEST_KEY,
  joinRequest,
  MAX_FRAME_BYTES,
  readHeader,
  createSnapshotHeader,
} from "@tidelock/shared";
import { field } from "../stepper/field-game.ts";
import type { Picture } from "../picture/picture.ts";
import { takePicture } from "../picture/take-picture.ts";
import { sharedClockMs, STALL_MS } from "./shared-clock.ts";

/** What a client reports of the time measured. All times are of the shared clock. */
export interface ArrivalReport {
  readonly fromMs: number;
  readonly toMs: number;
  readonly arrivals: readonly (readonly [tick: number, atMs: number, bytes: number])[];
  /** What was shown, ten times a second; empty unless asked for. */
  readonly pictures: readonly Picture[];
  /** When the client's own loop stood still. */
  readonly stalls: readonly (readonly [fromMs: number, toMs: number])[];
  /** Changes of transport. */
  readonly changes: readonly string[];
  readonly connectMs: number;
  readonly corrections: number;
  readonly rttMs: number;
  readonly drops: Readonly<Record<string, number>>;
}

/** Longer than a handshake takes whose packets are lost twice. */
const CONNECT_MS = 20_000;
/** What a new connection still has to learn of the path is not measured. */
const SETTLE_MS = 3000;
const FRAME_MS = 1000 / 60;
const PICTURE_MS = 100;

/** Plays the field, in Node or in a page, and notes when each snapshot packet arrives. */
export async function recordArrivals(
  url: string,
  transport: string,
  seconds: number,
  rtc: ConnectLinkOptions["rtc"],
  takePictures = false,
): Promise<ArrivalReport> {
  const begun = performance.now();
  const room = await new Client(url).joinOrCreate("field", { [JOIN_REQUEST_KEY]: joinRequest(field) });
  const link = connectLink(room, { rtc: transport === "websocket" ? null : rtc });
  const session = new Session(room, link, field, { now: () => performance.now() });
  const changes: string[] = [];
  session.onTransportChange = (now, reason) => changes.push(`${now} (${reason})`);
  const { arrivals, stalls, decoder } = record(link, takePictures);
  const pictures: Picture[] = [];
  play(session, stalls, takePictures ? picturing(decoder, pictures) : () => {});

  while (session.transport !== transport || session.state !== "playing") {
    if (performance.now() - begun > CONNECT_MS)
      throw new Error(
        `No ${transport} within ${CONNECT_MS} ms: ${session.transport}, ${changes.join(", ")}.`,
      );
    await sleep(20);
  }
  const connectMs = performance.now() - begun;
  await sleep(SETTLE_MS);
  const { corrections } = session.stats;
  const fromMs = sharedClockMs();
  arrivals.length = changes.length = stalls.length = pictures.length = 0;
  await sleep(seconds * 1000);
  const { stats } = session;
  return {
    fromMs,
    toMs: sharedClockMs(),
    arrivals: [...arrivals],
    pictures: [...pictures],
    stalls,
    changes,
    connectMs,
    corrections: stats.corrections - corrections,
    rttMs: stats.rttMs,
    drops: link.drops.snapshot(),
  };
}

function record(link: ReturnType<typeof connectLink>, reads: boolean) {
  const arrivals: [tick: number, atMs: number, bytes: number][] = [];
  const stalls: [fromMs: number, toMs: number][] = [];
  const reader = new BitReader(MAX_FRAME_BYTES);
  // Says of which tick the client's state of an entity is, as the session's own would.
  const decoder = new SnapshotDecoder(field.types);
  const header = createSnapshotHeader();
  const deliver = link.onFrame;
  link.onFrame = (frame) => {
    if (frame[0] === FrameKind.snapshot) {
      reader.load(frame);
      readHeader(reader, header);
      arrivals.push([header.tick, sharedClockMs(), frame.length]);
      if (reads) decoder.receive(frame);
    }
    deliver(frame);
  };
  return { arrivals, stalls, decoder };
}

type Shown = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;

/** What is needed of a session of any game to play it. */
interface Player {
  readonly input: Record<string, unknown>;
  readonly stats: { readonly playoutRoomTicks: number };
  frame(nowMs: number): Shown;
}

/** Frames as a page draws them, with a player who runs about. */
function play(session: Player, stalls: [number, number][], look: Look): void {
  let lastMs = sharedClockMs();
  setInterval(() => {
    const frameMs = sharedClockMs();
    if (frameMs - lastMs > STALL_MS) stalls.push([lastMs, frameMs]);
    lastMs = frameMs;
    const now = performance.now();
    session.input["moveX"] = Math.floor(now / 900) % 2 === 0 ? 1 : -1;
    session.input["moveY"] = Math.floor(now / 700) % 2 === 0 ? 1 : -1;
    look(session.frame(now), session.stats.playoutRoomTicks);
  }, FRAME_MS);
}

type Look = (shown: Shown, playoutRoomTicks: number) => void;

/** Takes a picture of what is shown, ten times a second. */
function picturing(decoder: SnapshotDecoder, pictures: Picture[]): Look {
  let dueMs = 0;
  return ({ player = [] }, playoutRoomTicks) => {
    const now = sharedClockMs();
    if (now < dueMs) return;
    dueMs = now + PICTURE_MS;
    const picture = takePicture(now, player, decoder, playoutRoomTicks);
    if (picture !== undefined) pictures.push(picture);
  };
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
