/** Samples remembered: more than arrive within the window at 60 Hz. */
const CAPACITY = 32;
/** A queue that stands is there for the whole of this; what is shorter is jitter, and the client's wait for its next tick. */
const STANDING_MS = 120;
/** Samples closer together tell of one moment: all that waits for a server that was busy comes at once, and late. */
const APART_MS = 40;
/** A queue is what round trips have above the shortest of the last 5 to 10 s: routes change, and clients move. */
const SHORTEST_WINDOW_MS = 5000;
/** The way itself is as short as any round trip of the last 30 to 60 s, which is longer than a queue of many packets lasts. */
const WAY_WINDOW_MS = 30_000;
/** What a path is taken for before it has answered. */
const UNKNOWN_RTT_MS = 100;
/** Weight of a sample in the smoothed round trip (RFC 6298). */
const SMOOTHING = 1 / 8;
/** Weight of a sample in the mean deviation: slow, since the least of many is taken. */
const DEVIATION_SMOOTHING = 1 / 32;

/** The least of what was added lately: within one to two windows. */
class WindowedMinimum {
  readonly #windowMs: number;
  #present = Infinity;
  #former = Infinity;
  #begunMs = -Infinity;
  readonly #unknown: number;

  /** `unknown`: its value while nothing was added. */
  constructor(windowMs: number, unknown = UNKNOWN_RTT_MS) {
    this.#windowMs = windowMs;
    this.#unknown = unknown;
  }

  get value(): number {
    const least = Math.min(this.#present, this.#former);
    return least === Infinity ? this.#unknown : least;
  }

  add(value: number, nowMs: number): void {
    if (nowMs - this.#begunMs >= this.#windowMs) {
      this.#former = this.#present;
      this.#present = value;
      this.#begunMs = nowMs;
    } else this.#present = Math.min(this.#present, value);
  }
}

/**
 * How long packets wait in queues on the way, from round trips.
 *
 * The shortest round trip is kept over a moving window, as BBR does (Cardwell et al., "BBR: Congestion-Based Congestion Control",
 * 2016). What round trips have above it is a queue only where all of them have it: the least excess of the last 120 ms, as CoDel
 * measures a standing queue (RFC 8289). A packet's own way through a narrow place is no queue, so it is taken off.
 */
export class QueueDelay {
  /** Smoothed round trip in milliseconds, the wait for the client's next input packet included. */
  smoothedRttMs = UNKNOWN_RTT_MS;
  readonly #atMs = new Float64Array(CAPACITY).fill(-Infinity);
  readonly #excessMs = new Float64Array(CAPACITY);
  #count = 0;
  readonly #shortest = new WindowedMinimum(SHORTEST_WINDOW_MS);
  readonly #way = new WindowedMinimum(WAY_WINDOW_MS);
  #deviationMs = 0;
  readonly #calmest = new WindowedMinimum(SHORTEST_WINDOW_MS, 0);

  /** Whether any round trip has been measured. */
  get known(): boolean {
    return this.#count > 0;
  }

  /** The shortest round trip of the last seconds, in milliseconds. */
  get shortestRttMs(): number {
    return this.#shortest.value;
  }

  /** What the way there and back takes at least, in milliseconds. */
  get wayMs(): number {
    return this.#way.value;
  }

  /**
   * How much round trips vary by themselves, in milliseconds: their mean deviation when it was least in the last 5 to 10 s, so that a
   * queue that has just begun does not count as jitter.
   */
  get jitterMs(): number {
    return this.#calmest.value;
  }

  /** A packet that takes `transmissionMs` by itself came back after `rttMs`. */
  sample(rttMs: number, transmissionMs: number, nowMs: number): void {
    this.#shortest.add(rttMs, nowMs);
    this.#way.add(rttMs, nowMs);
    const weight = this.#count === 0 ? 1 : SMOOTHING;
    if (this.#count > 0) {
      this.#deviationMs += (Math.abs(rttMs - this.smoothedRttMs) - this.#deviationMs) * DEVIATION_SMOOTHING;
      this.#calmest.add(this.#deviationMs, nowMs);
    }
    this.smoothedRttMs += (rttMs - this.smoothedRttMs) * weight;
    const slot = this.#count++ % CAPACITY;
    this.#atMs[slot] = nowMs;
    this.#excessMs[slot] = Math.max(0, rttMs - this.shortestRttMs - transmissionMs);
  }

  /** The queue that stood for all of the time before `untilMs`, in milliseconds. */
  standingMs(untilMs: number): number {
    let least = Infinity;
    let latestMs = Number.NaN;
    let earliestMs = Number.NaN;
    const last = Math.max(0, this.#count - CAPACITY);
    for (let i = this.#count - 1; i >= last; i--) {
      const atMs = this.#atMs[i % CAPACITY];
      if (atMs > untilMs) continue;
      if (latestMs - earliestMs >= APART_MS && atMs <= untilMs - STANDING_MS) break;
      if (Number.isNaN(latestMs)) latestMs = atMs;
      earliestMs = atMs;
      least = Math.min(least, this.#excessMs[i % CAPACITY]);
    }
    return latestMs - earliestMs >= APART_MS ? least : 0;
  }

  /** Whether the queue is as long as it was 120 ms before, or longer. */
  grows(nowMs: number): boolean {
    return this.standingMs(nowMs) >= this.standingMs(nowMs - STANDING_MS);
  }
}
