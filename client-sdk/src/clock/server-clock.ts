import { WindowedMinimum } from "./windowed-minimum.ts";

/**
 * How long a fast packet vouches for the path. Long enough that a window holds an undelayed packet on a
 * path with 50 ms of jitter at 20 snapshots a second, short enough that a slower route is believed soon.
 */
const WINDOW_MS = 1000;
/** Time constant with which the floor follows a path that became slower; becoming faster counts at once. */
const RELEASE_MS = 300;
/** Weight of one packet in the means, as in RTP's jitter: about the last 16 packets speak. */
const WEIGHT = 1 / 16;
/** Delays kept for quantiles. */
const DELAYS = 128;

/**
 * Estimates the server's tick at any local time from the arrival of snapshots alone.
 *
 * Every packet says "tick t had arrived by local time a"; the least delayed packets of the last second
 * form the lower envelope of `a - t * tickMs`, and the estimate rests on that envelope. Jitter and loss
 * only ever make packets later, so they cannot pull it; drift of either clock moves the envelope slowly
 * and is followed.
 */
export class ServerClock {
  readonly #tickMs: number;
  readonly #window = new WindowedMinimum(WINDOW_MS);
  readonly #delays = new Float64Array(DELAYS);
  readonly #sorted = new Float64Array(DELAYS);
  #delayCount = 0;
  #floorMs = 0;
  #newestTick = -1;
  #lastArrivalMs = -Infinity;
  #coveredSinceMs = 0;
  #meanDelayMs = 0;
  #deviationMs = 0;

  /** @param tickRate ticks per second of the room. */
  constructor(tickRate: number) {
    this.#tickMs = 1000 / tickRate;
  }

  /** False until the first snapshot; until then `serverTickAt` has no meaning. */
  get synchronised(): boolean {
    return this.#newestTick >= 0;
  }

  /** The newest tick of which a snapshot has arrived, -1 before the first. */
  get newestTick(): number {
    return this.#newestTick;
  }

  /** Mean delay of a packet beyond the least delayed ones, in milliseconds. */
  get meanDelayMs(): number {
    return this.#meanDelayMs;
  }

  /** Mean absolute deviation of the delay: the usual "jitter" figure, in milliseconds. */
  get jitterMs(): number {
    return this.#deviationMs;
  }

  /** Takes one snapshot into account: its tick (unwrapped) and the local time it arrived at. Any order. */
  observe(tick: number, arrivalMs: number): void {
    const offsetMs = arrivalMs - tick * this.#tickMs;
    const silenceMs = arrivalMs - this.#lastArrivalMs;
    // After a silence the first packets may be ones that waited in a queue: only an unbroken window of
    // slow packets proves that the path itself became slower.
    if (silenceMs > WINDOW_MS / 2) this.#coveredSinceMs = arrivalMs;
    this.#window.push(offsetMs, arrivalMs);
    if (!this.synchronised || offsetMs < this.#floorMs) {
      this.#floorMs = offsetMs;
    } else if (arrivalMs - this.#coveredSinceMs >= WINDOW_MS) {
      const slowerByMs = this.#window.minimum(arrivalMs) - this.#floorMs;
      if (slowerByMs > 0) this.#floorMs += slowerByMs * Math.min(1, Math.max(0, silenceMs) / RELEASE_MS);
    }
    this.#lastArrivalMs = Math.max(this.#lastArrivalMs, arrivalMs);
    if (tick > this.#newestTick) this.#newestTick = tick;
    this.#observeDelay(offsetMs - this.#floorMs);
  }

  /**
   * The newest tick of which a snapshot could have arrived by `nowMs`, as a float: the server itself is
   * further by the one-way delay.
   */
  serverTickAt(nowMs: number): number {
    return (nowMs - this.#floorMs) / this.#tickMs;
  }

  /** The delay beyond the least one, in milliseconds, that a share `q` (0..1) of recent packets kept below. */
  delayQuantileMs(q: number): number {
    const count = Math.min(this.#delayCount, DELAYS);
    if (count === 0) return 0;
    const sorted = this.#sorted.subarray(0, count);
    sorted.set(this.#delays.subarray(0, count));
    sorted.sort();
    return sorted[Math.min(count - 1, Math.max(0, Math.ceil(q * count) - 1))];
  }

  #observeDelay(delayMs: number): void {
    if (this.#delayCount === 0) this.#meanDelayMs = delayMs;
    this.#delays[this.#delayCount++ % DELAYS] = delayMs;
    this.#meanDelayMs += (delayMs - this.#meanDelayMs) * WEIGHT;
    this.#deviationMs += (Math.abs(delayMs - this.#meanDelayMs) - this.#deviationMs) * WEIGHT;
  }
}
