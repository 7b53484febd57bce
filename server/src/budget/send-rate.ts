import type { BudgetLimits } from "./budget-limits.ts";

/** Where a client begins, in bytes per second: 300 kbit/s, as GCC does; a full packet 30 times a second. */
const START_BYTES_PER_SECOND = 37_500;
/** Up to here the queue is taken for none: what is left of jitter after 120 ms. */
const NO_QUEUE_MS = 25;
/** So short a queue has been worked off. */
const DRAINED_MS = 10;
/** From here on, a queue that does not shrink is too long. */
const LONG_QUEUE_MS = 40;
/** From here on there is no waiting for a trend. */
const OVERLONG_QUEUE_MS = 80;
/** What remains after a step down. */
const STEP_DOWN = 0.85;
/** Growth per second on a path without a queue. */
const GROWTH = 0.05;
/** What growth gains per second since the last step down, while the rate is below what the path has carried before. */
const RECOVERY_GAIN = 0.25;
const FASTEST_RECOVERY = 1;
/** Losses up to this share are a bad radio link's; above it they are a path's that drops instead of queueing. */
const RANDOM_LOSS = 0.2;
/** Weight of one packet in the share that is lost: some sixty packets, so that bursts even out. */
const LOSS_WEIGHT = 1 / 64;
/** The least time between two steps down for loss: the share has to follow first. */
const LOSS_STEP_MS = 1000;
/** The least time between two steps down for a long queue, beside the round trip: the time over which the queue is measured. */
const QUEUE_STEP_MS = 200;
/** Growth counts at most so much time at once: nothing is learnt from a silence. */
const LONGEST_GROWTH_MS = 250;

/** What the acknowledgements say of the path. */
export interface PathSigns {
  /** For how long the queue has been at least, in milliseconds. */
  readonly standingMs: number;
  /** Whether it does not shrink. */
  readonly grows: boolean;
  /** Bytes per second that arrive. */
  readonly deliveredPerSecond: number;
  readonly smoothedRttMs: number;
  /** Packets acknowledged and lost since the last call. */
  readonly packets: number;
  readonly lost: number;
  /** Whether the rate is what kept packets from being larger. */
  readonly used: boolean;
}

/**
 * The rate at which a client may be sent to.
 *
 * Up and down by queueing delay, and in a step down to 0.85 of what arrives: the delay-based controller of GCC (Carlucci et al.,
 * "Analysis and Design of the Google Congestion Control for WebRTC", 2016; draft-ietf-rmcat-gcc). Random loss without delay is let
 * pass, as GCC's loss-based controller and BBR do, up to a share above which it must be the path's. After a step down the rate
 * rises the faster the longer no queue appears, as CUBIC's does (RFC 9438), until it is where it was; beyond what has been used
 * nothing is proven, so it does not rise (RFC 7661).
 */
export class SendRate {
  bytesPerSecond: number;
  /** Share of packets lost lately. */
  loss = 0;
  /** The rate stepped down for a queue that is still there: it has to go first, also for the shortest round trip to be seen again. */
  draining = false;
  readonly #limits: BudgetLimits;
  /** What the path carried before it narrowed; 0 once that is reached again. */
  #before = 0;
  #steppedMs = -Infinity;
  #lossStepMs = -Infinity;
  #lastMs = Number.NaN;

  constructor(limits: BudgetLimits) {
    this.#limits = limits;
    this.bytesPerSecond = this.#within(START_BYTES_PER_SECOND);
  }

  /** Takes in what an acknowledgement told. */
  update(signs: PathSigns, nowMs: number): void {
    const elapsedMs = Number.isNaN(this.#lastMs) ? 0 : Math.min(nowMs - this.#lastMs, LONGEST_GROWTH_MS);
    this.#lastMs = nowMs;
    for (let i = signs.lost; i > 0; i--) this.loss += (1 - this.loss) * LOSS_WEIGHT;
    for (let i = signs.packets; i > 0; i--) this.loss -= this.loss * LOSS_WEIGHT;
    const { bytesPerSecond } = this;
    if (signs.standingMs < DRAINED_MS) this.draining = false;
    if (signs.standingMs > OVERLONG_QUEUE_MS) {
      // Idempotent, so that it may be said with every acknowledgement until the queue is gone.
      if (signs.deliveredPerSecond < bytesPerSecond || this.#mayStep(signs, nowMs))
        this.#stepDown(Math.min(bytesPerSecond, signs.deliveredPerSecond), true, nowMs);
    } else if (signs.standingMs > LONG_QUEUE_MS) {
      if (signs.grows && this.#mayStep(signs, nowMs)) this.#stepDown(bytesPerSecond, true, nowMs);
    } else if (signs.lost > 0 && this.loss > RANDOM_LOSS) {
      if (nowMs - this.#lossStepMs > LOSS_STEP_MS) {
        this.#lossStepMs = nowMs;
        this.#stepDown(bytesPerSecond, false, nowMs);
      }
    } else if (signs.standingMs < NO_QUEUE_MS && signs.used) this.#grow(elapsedMs, nowMs);
  }

  #mayStep(signs: PathSigns, nowMs: number): boolean {
    return nowMs - this.#steppedMs > Math.max(signs.smoothedRttMs, QUEUE_STEP_MS);
  }

  #stepDown(from: number, queued: boolean, nowMs: number): void {
    this.#before = Math.max(this.#before, this.bytesPerSecond);
    this.bytesPerSecond = Math.min(this.bytesPerSecond, this.#within(from * STEP_DOWN));
    if (!queued) return;
    this.#steppedMs = nowMs;
    this.draining = true;
  }

  #grow(elapsedMs: number, nowMs: number): void {
    const recovering = this.bytesPerSecond < this.#before;
    if (!recovering) this.#before = 0;
    const freeSeconds = (nowMs - this.#steppedMs) / 1000;
    const growth = recovering ? Math.min(FASTEST_RECOVERY, GROWTH + RECOVERY_GAIN * freeSeconds) : GROWTH;
    this.bytesPerSecond = this.#within(this.bytesPerSecond * (1 + (growth * elapsedMs) / 1000));
  }

  #within(bytesPerSecond: number): number {
    const { minBytesPerSecond, maxBytesPerSecond } = this.#limits;
    return Math.max(minBytesPerSecond, Math.min(maxBytesPerSecond, bytesPerSecond));
  }
}
