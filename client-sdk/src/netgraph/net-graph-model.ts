import { AccountMeter } from "./account-meter.ts";
import type { NetStats } from "./net-stats.ts";
import { RateMeter } from "./rate-meter.ts";
import { SampleRing } from "./sample-ring.ts";

/** Frames of history: wider than any graph is drawn. */
const FRAMES = 512;
/** A correction of no size (a flag, a counter) still leaves a mark. */
const SMALLEST_CORRECTION = 1e-6;
/** More types than this are not told apart: peers cannot make the graph grow. */
const MAX_TYPES = 16;

/** A share of the traffic. */
export interface Traffic {
  readonly type: string;
  readonly bytesPerSecond: number;
}

/** Remembers what the net graph draws: one sample of each figure per frame, and rates of the totals. */
export class NetGraphModel {
  /** Per frame: ticks in hand ahead of what is shown, negative while extrapolating. */
  readonly playoutRoom = new SampleRing(FRAMES);
  /** Per frame: margin of inputs in ticks, negative when late. */
  readonly inputMargin = new SampleRing(FRAMES);
  /** Per frame: size of the correction that came in it, 0 for none. */
  readonly correction = new SampleRing(FRAMES);
  readonly rtt = new SampleRing(FRAMES);
  /** Where the bytes of snapshots go, while the session counts them. */
  readonly account = new AccountMeter();
  readonly #corrections = new RateMeter();
  readonly #resimulated = new RateMeter();
  readonly #in = new Map<string, RateMeter>();
  readonly #out = new Map<string, RateMeter>();
  #lastCorrections = -1;

  /** Takes one sample; call once per frame. */
  sample(stats: NetStats, nowMs: number): void {
    this.playoutRoom.push(stats.playoutRoomTicks);
    this.inputMargin.push(stats.inputMarginTicks);
    this.rtt.push(stats.rttMs);
    const corrected = this.#lastCorrections >= 0 && stats.corrections > this.#lastCorrections;
    this.correction.push(corrected ? Math.max(SMALLEST_CORRECTION, stats.correctionSize) : 0);
    this.#lastCorrections = stats.corrections;
    this.#corrections.observe(stats.corrections, nowMs);
    this.#resimulated.observe(stats.resimulatedTicks, nowMs);
    observeEach(this.#in, stats.bytesIn, nowMs);
    observeEach(this.#out, stats.bytesOut, nowMs);
    if (stats.account !== undefined) this.account.observe(stats.account, nowMs);
  }

  get correctionsPerSecond(): number {
    return this.#corrections.perSecond;
  }

  get resimulatedPerSecond(): number {
    return this.#resimulated.perSecond;
  }

  /** Bytes received per second by type, in the order the types were first seen. */
  get trafficIn(): Traffic[] {
    return rates(this.#in);
  }

  /** Bytes sent per second by type, in the order the types were first seen. */
  get trafficOut(): Traffic[] {
    return rates(this.#out);
  }
}

function observeEach(
  meters: Map<string, RateMeter>,
  totals: Readonly<Record<string, number>>,
  nowMs: number,
): void {
  for (const type of Object.keys(totals)) {
    let meter = meters.get(type);
    if (!meter) {
      if (meters.size >= MAX_TYPES) continue;
      meter = new RateMeter();
      meters.set(type, meter);
    }
    meter.observe(totals[type], nowMs);
  }
}

function rates(meters: Map<string, RateMeter>): Traffic[] {
  return [...meters].map(([type, meter]) => ({ type, bytesPerSecond: meter.perSecond }));
}
