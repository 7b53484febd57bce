import type { Client } from "@colyseus/core";
import {
  AckGate,
  FrameKind,
  type Game,
  type InputCodec,
  type Link,
  MARGIN_STEPS_PER_TICK,
  NO_MARGIN,
  type PlayerNumber,
  unwrap16,
} from "@tidelock/shared";
import { InputBuffer } from "../input/buffer.ts";
import { InterestViewer } from "../interest/interest-viewer.ts";
import { TokenBucket } from "../limits/token-bucket.ts";
import { TrafficLimiter } from "../limits/traffic-limiter.ts";
import type { InputReport, SnapshotEncoder } from "../snapshot/snapshot-encoder.ts";
import { missingKinds } from "./missing-kinds.ts";

/** Frames per tick that an honest client stays far below: one input, and now and then a ping or an echo. */
const FRAMES_PER_TICK = 4;
/** Bytes per frame on average; inputs are some 20. */
const BYTES_PER_FRAME = 200;
/**
 * Fresh starts a second, on average and at once. Each makes an encoder, sends the whole view and a reliable message; an honest client
 * asks once per connection, and once more when it has lost the thread.
 */
const READY_PER_SECOND = 0.5;
const READY_BURST = 4;

/** What a game is told of a player. */
export interface PlayerInfo {
  /** Owner number of the player's entities. */
  readonly number: PlayerNumber;
  readonly client: Client;
}

/** One player of a room: the link, the inputs waiting for their tick, and the stream of snapshots. */
export class Player implements PlayerInfo {
  readonly number: PlayerNumber;
  readonly client: Client;
  readonly link: Link;
  readonly input: InputBuffer;
  readonly viewer: InterestViewer;
  /** Undefined until the client says that it is ready; anew after each reconnection. */
  encoder: SnapshotEncoder | undefined;
  readonly report: InputReport = { newestInput: 0, margin: NO_MARGIN };
  readonly #codec: InputCodec;
  readonly #limiter: TrafficLimiter;
  readonly #starts: TokenBucket;
  #gate = new AckGate();

  constructor(options: {
    number: PlayerNumber;
    client: Client;
    link: Link;
    game: Game;
    codec: InputCodec;
    nextTick: number;
    nowMs: number;
  }) {
    const { number, client, link, game, nextTick, nowMs } = options;
    this.number = number;
    this.client = client;
    this.link = link;
    this.#codec = options.codec;
    this.viewer = new InterestViewer(number);
    this.input = new InputBuffer({
      neutral: game.input.neutralRow(),
      missing: missingKinds(game.input),
      tickRate: game.tickRate,
      nextTick,
    });
    const framesPerSecond = game.tickRate * FRAMES_PER_TICK;
    this.#limiter = new TrafficLimiter(
      { framesPerSecond, bytesPerSecond: framesPerSecond * BYTES_PER_FRAME },
      nowMs,
    );
    this.#starts = new TokenBucket(READY_PER_SECOND, READY_BURST, nowMs);
    link.onTransportChange = () => {
      this.#gate = new AckGate();
    };
  }

  /** Whether the client may begin anew now; a refusal is counted. */
  mayStart(nowMs: number): boolean {
    if (this.#starts.take(1, nowMs)) return true;
    this.link.drops.add("ready-rate");
    return false;
  }

  /** Begins a stream of snapshots for a client that knows nothing yet. */
  restart(encoder: SnapshotEncoder, nextTick: number): void {
    this.end();
    this.encoder = encoder;
    this.#gate = new AckGate();
    this.viewer.forget();
    this.input.reset(nextTick);
  }

  /** Ends the stream of snapshots and gives back what it took of the room's memory. */
  end(): void {
    this.encoder?.dispose();
    this.encoder = undefined;
  }

  /** Takes a frame of the client; whatever is wrong with it is counted and goes no further. */
  receive(frame: Uint8Array, serverTicks: number, nowMs: number): void {
    const verdict = this.#limiter.admit(frame.length, nowMs);
    if (verdict !== "ok") this.link.drops.add(verdict);
    else if (frame[0] === FrameKind.input) this.#receiveInput(frame, serverTicks, nowMs);
    else if (frame[0] === FrameKind.ping && frame.length === PING_BYTES) this.#answer(frame);
    else this.link.drops.add("unknown-kind");
  }

  /** Sends this tick's snapshot unless the path is taken for out. */
  send(visible: Parameters<SnapshotEncoder["encode"]>[0], tick: number, nowMs: number): void {
    if (this.encoder === undefined || !this.#gate.maySend(nowMs)) return;
    const margin = this.input.takeMargin();
    this.report.newestInput = clampByte(margin.newestTick < 0 ? -127 : margin.newestTick - tick);
    this.report.margin =
      margin.arrivals === 0
        ? NO_MARGIN
        : Math.max(-127, clampByte(Math.floor(margin.smallestTicks * MARGIN_STEPS_PER_TICK)));
    this.encoder.encode(visible, this.report, this.#sendFrame);
    this.#gate.sent(tick, nowMs);
  }

  readonly #sendFrame = (frame: Uint8Array): void => void this.link.sendUnreliable(frame);

  #receiveInput(frame: Uint8Array, serverTicks: number, nowMs: number): void {
    const packet = this.#codec.decode(frame);
    if (packet === undefined || this.encoder === undefined)
      return this.link.drops.add(packet === undefined ? "malformed-input" : "input-before-ready");
    if (packet.hasAck) {
      if (this.encoder.acknowledge(packet.ackNewest, packet.ackMask))
        this.#gate.acked(this.encoder.newestAckedTick, nowMs);
      else this.link.drops.add("ack-of-unsent");
    }
    const newest = unwrap16(packet.newestTick, Math.floor(serverTicks));
    const { width } = this.input;
    // Oldest first, so that a late row cannot be taken for the newest.
    for (let row = packet.count - 1; row >= 0; row--) {
      const arrival = this.input.receive(newest - row, packet.rows, row * width, serverTicks);
      // Duplicates are what redundancy is made of; the buffer counts them.
      if (arrival === "late") this.link.drops.add("input-late");
      else if (arrival === "early") this.link.drops.add("input-early");
    }
  }

  #answer(ping: Uint8Array): void {
    pong.set(ping);
    pong[0] = FrameKind.pong;
    this.link.sendUnreliable(pong);
  }
}

/** A ping carries its kind and four bytes that come back unread. */
const PING_BYTES = 5;
const pong = new Uint8Array(PING_BYTES);

function clampByte(value: number): number {
  return Math.max(-128, Math.min(127, value));
}
