import type { Client } from "@colyseus/core";
import {
  AckGate,
  FrameKind,
  type Game,
  type InputCodec,
  type Link,
  MARGIN_STEPS_PER_TICK,
  missingKinds,
  NO_MARGIN,
  MAX_SNAPSHOT_BYTES,
  type PlayerNumber,
  type Tick,
  TidelockError,
  unwrap16,
} from "@tidelock/shared";
import { type BudgetLimits, DATAGRAM_OVERHEAD_BYTES } from "../budget/budget-limits.ts";
import { type BudgetState, PathBudget } from "../budget/path-budget.ts";
import { SendPace } from "../budget/send-pace.ts";
import { Viewer } from "../history/viewer.ts";
import { InputBuffer } from "../input/buffer.ts";
import { InterestViewer } from "../interest/interest-viewer.ts";
import { TokenBucket } from "../limits/token-bucket.ts";
import { TrafficLimiter } from "../limits/traffic-limiter.ts";
import type { SentBytes } from "../metrics/sent-bytes.ts";
import type { InputReport, SnapshotEncoder, VisibleSet } from "../snapshot/snapshot-encoder.ts";
import type { StateChecks } from "./state-checks.ts";
import type { TellingLog } from "./telling-log.ts";

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
/** Checks a second, on average and at once: an honest client sends one. Each costs a look at some hundred entities. */
const CHECKS_PER_SECOND = 2;
const CHECK_BURST = 4;

/** What a game is told of a player. */
export interface PlayerInfo {
  /** Owner number of the player's entities. */
  readonly number: PlayerNumber;
  readonly client: Client;
  /**
   * Ticks between two snapshots to this player at best; a slow path makes it more. Default: those of the room. Allowed is a multiple
   * of them that divides the tick rate and leaves five snapshots a second.
   * @throws TidelockError `room/send-every` when set to anything else.
   */
  sendEvery: number;
  /** What the budget of this player's snapshots goes by at a time of `performance.now()`. */
  budget(nowMs: number): BudgetState;
  /** What the snapshots to this player are made of; undefined unless the room counts it, see `countBytes`. */
  readonly sentBytes: SentBytes | undefined;
  /** The player's team, 1 to 255, for the interest policy and for fields that only a team may have; 0, the default: none. */
  team: number;
}

/** One player of a room: the link, the inputs waiting for their tick, and the stream of snapshots. */
export class Player implements PlayerInfo {
  readonly number: PlayerNumber;
  readonly client: Client;
  readonly link: Link;
  readonly input: InputBuffer;
  readonly viewer: InterestViewer;
  /** What this player was shown; undefined in a game without lag compensation. */
  readonly shown: Viewer | undefined;
  /** Undefined until the client says that it is ready; anew after each reconnection. */
  encoder: SnapshotEncoder | undefined;
  readonly report: InputReport = { newestInput: 0, margin: NO_MARGIN };
  sentBytes: SentBytes | undefined;
  /** Once somebody has asked why this player was not told of something. */
  tellings: TellingLog | undefined;
  readonly #codec: InputCodec;
  readonly #limiter: TrafficLimiter;
  readonly #starts: TokenBucket;
  readonly #checks: StateChecks | undefined;
  readonly #checkRate: TokenBucket;
  readonly #roomSendEvery: number;
  readonly #pace: SendPace;
  #gate = new AckGate();
  #budget: PathBudget;
  #sendEvery: number;
  /** What had been written to the WebSocket when the budget was last charged, and what of it since were frames of this player. */
  #chargedBytes = 0;
  #ownBytes = 0;
  #sentBytes = 0;
  #nowMs = 0;
  /** Of the snapshot being sent. */
  #tick: Tick = 0;

  constructor(options: {
    number: PlayerNumber;
    client: Client;
    link: Link;
    game: Game;
    codec: InputCodec;
    nextTick: number;
    sendEvery: number;
    limits: BudgetLimits;
    nowMs: number;
    /** Left out: this room does not compare states. */
    checks?: StateChecks | undefined;
  }) {
    const { number, client, link, game, nextTick, sendEvery, limits, nowMs } = options;
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
    this.shown =
      game.lagCompensation &&
      new Viewer(game.tickRate, game.lagCompensation, (fault) => link.drops.add(fault));
    const framesPerSecond = game.tickRate * FRAMES_PER_TICK;
    this.#limiter = new TrafficLimiter(
      { framesPerSecond, bytesPerSecond: framesPerSecond * BYTES_PER_FRAME },
      nowMs,
    );
    this.#starts = new TokenBucket(READY_PER_SECOND, READY_BURST, nowMs);
    this.#checks = options.checks;
    this.#checkRate = new TokenBucket(CHECKS_PER_SECOND, CHECK_BURST, nowMs);
    this.#roomSendEvery = sendEvery;
    this.#sendEvery = sendEvery;
    this.#pace = new SendPace(game.tickRate, sendEvery, number);
    this.#budget = new PathBudget(limits);
    link.onTransportChange = () => {
      this.#gate = new AckGate();
      this.#budget = new PathBudget(limits);
    };
  }

  get sendEvery(): number {
    return this.#sendEvery;
  }

  set sendEvery(ticks: number) {
    const allowed = this.#pace.steps.map((turns) => turns * this.#roomSendEvery);
    if (!allowed.includes(ticks))
      throw new TidelockError(
        "room/send-every",
        `sendEvery of player ${this.number} is ${ticks}; allowed is ${allowed.join(", ")} ticks.`,
      );
    this.#sendEvery = ticks;
    this.#pace.atMostEvery(ticks / this.#roomSendEvery);
  }

  budget(nowMs: number): BudgetState {
    return this.#budget.state(nowMs);
  }

  get team(): number {
    return this.viewer.team;
  }

  set team(team: number) {
    this.viewer.team = team;
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
    this.#budget.restart();
    this.viewer.forget();
    this.input.reset(nextTick);
    this.shown?.reset();
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
    else if (frame[0] === FrameKind.check) this.#receiveCheck(frame, nowMs);
    else this.link.drops.add("unknown-kind");
  }

  /**
   * Bytes that a snapshot may have in this turn, the room's n-th send tick; 0: none is to be made, because it is not this player's
   * turn, or its path is taken for out, or it has no room now. What would only wait is never handed over.
   */
  allowance(turn: number, nowMs: number): number {
    this.#chargeReliable();
    if (this.encoder === undefined || !this.#gate.maySend(nowMs)) return 0;
    const pace = this.#pace;
    pace.adapt(this.#budget.bytesPerSecond);
    if (!pace.due(turn) || this.link.bufferedBytes > MAX_SNAPSHOT_BYTES) return 0;
    return this.#budget.allow(nowMs, pace.intervalMs, pace.slowed);
  }

  /** Sends this tick's snapshot, of as many bytes as `allowance` has allowed. */
  send(visible: VisibleSet, tick: number, turn: number, allowed: number, nowMs: number): void {
    if (this.encoder === undefined) return;
    const margin = this.input.takeMargin();
    this.report.newestInput = clampByte(margin.newestTick < 0 ? -127 : margin.newestTick - tick);
    this.report.margin =
      margin.arrivals === 0
        ? NO_MARGIN
        : Math.max(-127, clampByte(Math.floor(margin.smallestTicks * MARGIN_STEPS_PER_TICK)));
    this.#sentBytes = 0;
    this.#nowMs = nowMs;
    this.#tick = tick;
    this.encoder.encode(visible, this.report, this.#sendFrame, allowed);
    this.#gate.sent(tick, nowMs);
    this.#pace.sent(turn);
    this.#pace.filled(this.#sentBytes, allowed);
  }

  readonly #sendFrame = (frame: Uint8Array): void => {
    // The budget first: a loopback acknowledges before it returns.
    this.#sentBytes += frame.length;
    this.sentBytes?.sent(frame.length, this.#nowMs);
    const sequence = frame[1] | (frame[2] << 8);
    this.#budget.sent(sequence, frame.length, this.#nowMs);
    this.shown?.sent(sequence, this.#tick);
    this.#sendFrameNow(frame);
  };

  #sendFrameNow(frame: Uint8Array): void {
    if (this.link.transport === "websocket") this.#ownBytes += frame.length + DATAGRAM_OVERHEAD_BYTES;
    this.link.sendUnreliable(frame);
  }

  /** Charges the budget with what went over the WebSocket since the last time, except for what it has charged already. */
  #chargeReliable(): void {
    const written = this.link.reliableBytes;
    // Less than before: it is another connection.
    const fresh = written < this.#chargedBytes ? written : written - this.#chargedBytes;
    this.#chargedBytes = written;
    if (fresh > this.#ownBytes) this.#budget.sentReliably(fresh - this.#ownBytes);
    this.#ownBytes = Math.max(0, this.#ownBytes - fresh);
  }

  #receiveInput(frame: Uint8Array, serverTicks: number, nowMs: number): void {
    const packet = this.#codec.decode(frame);
    if (packet === undefined || this.encoder === undefined)
      return this.link.drops.add(packet === undefined ? "malformed-input" : "input-before-ready");
    if (packet.hasAck) {
      if (this.encoder.acknowledge(packet.ackNewest, packet.ackMask)) {
        this.#gate.acked(this.encoder.newestAckedTick, nowMs);
        this.#budget.acknowledged(packet.ackNewest, packet.ackMask, nowMs);
        this.shown?.acknowledge(packet.ackNewest, packet.ackMask);
      } else this.link.drops.add("ack-of-unsent");
    }
    const newest = unwrap16(packet.newestTick, Math.floor(serverTicks));
    const { width } = this.input;
    // Oldest first, so that a late row cannot be taken for the newest.
    for (let row = packet.count - 1; row >= 0; row--) {
      const arrival = this.input.receive(newest - row, packet.rows, row * width, serverTicks);
      // Duplicates are what redundancy is made of; the buffer counts them.
      if (arrival === "accepted") this.shown?.receive(newest - row, packet.views[row], serverTicks);
      else if (arrival === "late") this.link.drops.add("input-late");
      else if (arrival === "early") this.link.drops.add("input-early");
    }
  }

  #receiveCheck(frame: Uint8Array, nowMs: number): void {
    const { drops } = this.link;
    if (this.#checks === undefined || this.encoder === undefined) return drops.add("check-unasked");
    if (!this.#checkRate.take(1, nowMs)) return drops.add("check-rate");
    const drop = this.#checks.receive(frame, this.number, this.encoder, (answer) =>
      this.#sendFrameNow(answer),
    );
    if (drop !== undefined) drops.add(drop);
  }

  #answer(ping: Uint8Array): void {
    pong.set(ping);
    pong[0] = FrameKind.pong;
    this.#sendFrameNow(pong);
  }
}

/** A ping carries its kind and four bytes that come back unread. */
const PING_BYTES = 5;
const pong = new Uint8Array(PING_BYTES);

function clampByte(value: number): number {
  return Math.max(-128, Math.min(127, value));
}
