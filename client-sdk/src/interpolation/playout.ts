import { ServerClock } from "../clock/server-clock.ts";

export interface PlayoutOptions {
  /** The least delay behind the newest snapshot that could have arrived, in milliseconds. Default 0. */
  readonly minDelayMs?: number;
  /**
   * How far beyond the newest snapshot play may go, in milliseconds: half of it at full speed, then ever slower, so that it never gets
   * further. Default 400.
   */
  readonly maxExtrapolationMs?: number;
}

/**
 * The delay covers the mean gap and this many mean deviations of it. At 1.25, the usual figure, 5.4% of
 * frames extrapolate on bad wi-fi and 1.4% at 20 ms of jitter with 2% loss; at 2 it is half of that, for
 * 16 and 8 ms more delay.
 */
const DEVIATIONS = 2;
/** Weight of one gap in the mean and the deviation. */
const GAP_WEIGHT = 1 / 32;
/**
 * A gap further above the mean than this is an outage, and counts for no more: no delay bridges it, and what it did to the delay would be
 * seen for seconds. The first gaps count whole, for nothing is usual yet.
 */
const OUTAGE_DEVIATIONS = 4;
const OUTAGE_TICKS = 2;
const SETTLING_GAPS = 16;
/** The delay moves by no more than this, in ticks per tick: slower than eyes notice. */
const DELAY_SLEW = 0.1;
/** Bounds of the play-out speed. */
const SLOWEST = 0.85;
const FASTEST = 1.1;
/**
 * How far beyond the newest snapshot play goes: at 30 Hz with 5% lost in bursts of 3, a gap of half a second comes every few minutes. What
 * is shown there is a guess that no shot may refer to (MAX_GUESS_MS), but movement on the screen.
 */
export const MAX_EXTRAPOLATION_MS = 400;
/** The share of the way beyond the newest snapshot that is gone at full speed. */
const FULL_SPEED_SHARE = 0.5;
/** Slower than this, beyond the newest snapshot, it stands still for the eye. */
const FROZEN_SPEED = 0.1;
/** An error of one tick is worked off over about this many ticks. */
const CATCH_UP_TICKS = 10;
/** Beyond this error play jumps: catching up at 1.1 would take five seconds. */
const JUMP_MS = 500;
/** Longer than this between two frames or two snapshots is a silence, which says nothing about gaps. */
const SILENCE_MS = 1000;
/** A page that has drawn nothing for so long is hidden, or as good as. */
const HIDDEN_MS = 250;

/**
 * Decides which moment of the server's past is shown: late enough that a snapshot on either side of it has
 * usually arrived, early enough that the delay is no longer than the path demands.
 *
 * A "gap" is the age, in server time, that the newest snapshot had reached when the next one arrived: the
 * delay that would just have bridged it, whatever mixture of send interval, jitter and loss made it.
 */
export class PlayoutClock {
  readonly #tickMs: number;
  readonly #clock: ServerClock;
  readonly #minDelayTicks: number;
  readonly #maxExtrapolationTicks: number;
  readonly #fadeTicks: number;
  #gapTicks = 0;
  #deviationTicks = 0;
  #gaps = 0;
  #lastArrivalMs = -Infinity;
  #delayTicks = 0;
  #render = 0;
  #lastMs = 0;
  #running = false;
  /** The newest snapshot when play went on after a silence, until a newer one has come; else -1. */
  #resumedAfter = -1;
  #speed = 1;
  #jumps = 0;

  /** @param tickRate ticks per second of the room. */
  constructor(tickRate: number, options: PlayoutOptions = {}) {
    this.#tickMs = 1000 / tickRate;
    this.#clock = new ServerClock(tickRate);
    this.#minDelayTicks = (options.minDelayMs ?? 0) / this.#tickMs;
    this.#maxExtrapolationTicks = (options.maxExtrapolationMs ?? MAX_EXTRAPOLATION_MS) / this.#tickMs;
    this.#fadeTicks = this.#maxExtrapolationTicks * (1 - FULL_SPEED_SHARE);
  }

  /** Delay behind the newest snapshot that could have arrived, in ticks, as it is applied now. */
  get delayTicks(): number {
    return this.#delayTicks;
  }

  get delayMs(): number {
    return this.#delayTicks * this.#tickMs;
  }

  /** Speed aimed at in the last frame: 1 at rest, 0 while waiting to jump. */
  get speed(): number {
    return this.#speed;
  }

  /** Snapshots in hand ahead of what is shown, in ticks; negative while extrapolating. */
  get roomTicks(): number {
    return this.#running ? this.#clock.newestTick - this.#render : 0;
  }

  /** True while play stands still for want of snapshots. */
  get frozen(): boolean {
    return this.#running && (this.#speed === 0 || this.#guessSpeed(this.#render) < FROZEN_SPEED);
  }

  /** How often play jumped rather than sped up. */
  get jumps(): number {
    return this.#jumps;
  }

  /** A snapshot of a tick (unwrapped) arrived; any order, the late ones only inform the clock. */
  observe(tick: number, arrivalMs: number): void {
    const previous = this.#clock.newestTick;
    this.#clock.observe(tick, arrivalMs);
    if (tick <= previous) return;
    const quietMs = arrivalMs - this.#lastArrivalMs;
    const silent = quietMs > SILENCE_MS;
    this.#lastArrivalMs = arrivalMs;
    // To a page that draws nothing the server sends less and less, which says nothing of the path.
    const hidden = this.#running && (arrivalMs - this.#lastMs > HIDDEN_MS || this.#resumedAfter >= 0);
    if (previous < 0 || silent || hidden) return;
    const gap = Math.max(0, this.#clock.serverTickAt(arrivalMs) - previous);
    const most =
      this.#gaps < SETTLING_GAPS
        ? Infinity
        : Math.max(OUTAGE_TICKS, OUTAGE_DEVIATIONS * this.#deviationTicks);
    const outage = gap - this.#gapTicks > most;
    // What was held up together comes together: one gap, and not one for each.
    if (outage && quietMs < this.#gapTicks * this.#tickMs) return;
    // The first gaps make the mean, later ones move it.
    const weight = Math.max(GAP_WEIGHT, 1 / ++this.#gaps);
    const error = outage ? most : gap - this.#gapTicks;
    this.#gapTicks += error * weight;
    if (this.#gaps > 1) this.#deviationTicks += (Math.abs(error) - this.#deviationTicks) * weight;
  }

  /**
   * The tick to show at `nowMs`, as a float that never decreases. Beyond the newest snapshot it goes on for
   * a bounded time, then stands still.
   */
  renderTick(nowMs: number): number {
    if (!this.#clock.synchronised) return 0;
    const elapsed = Math.max(0, nowMs - this.#lastMs) / this.#tickMs;
    const silent = nowMs - this.#lastMs > SILENCE_MS;
    this.#lastMs = Math.max(this.#lastMs, nowMs);
    if (!this.#running) {
      this.#running = true;
      this.#delayTicks = this.#wantedDelay();
      this.#render = Math.max(0, this.#bounded(this.#clock.serverTickAt(nowMs) - this.#delayTicks));
      return this.#render;
    }
    const reach = DELAY_SLEW * elapsed;
    const change = this.#wantedDelay() - this.#delayTicks;
    this.#delayTicks += Math.max(-reach, Math.min(reach, change));
    const target = this.#clock.serverTickAt(nowMs) - this.#delayTicks;
    const before = this.#render;
    const error = target - (before + elapsed);
    if (silent) this.#resumedAfter = this.#clock.newestTick;
    // Snapshots were few during the silence: the first fresh one tells better where play belongs.
    const fresh = this.#resumedAfter >= 0 && this.#clock.newestTick > this.#resumedAfter;
    if (fresh) this.#resumedAfter = -1;
    if (silent || (fresh && error > 1) || error * this.#tickMs > JUMP_MS) {
      return this.#jump(target);
    }
    this.#speed = Math.max(SLOWEST, Math.min(FASTEST, 1 + error / CATCH_UP_TICKS));
    this.#render = Math.max(before, this.#bounded(this.#moved(before, elapsed * this.#speed)));
    return this.#render;
  }

  /** Where `ticks` of play lead to: well beyond the newest snapshot, speed falls in proportion to the way that is left. */
  #moved(from: number, ticks: number): number {
    const start = Math.max(from, this.#clock.newestTick + this.#maxExtrapolationTicks - this.#fadeTicks);
    const slowed = from + ticks - start;
    if (slowed <= 0 || this.#fadeTicks === 0) return from + ticks;
    return start + this.#fadeTicks * this.#guessSpeed(start) * (1 - Math.exp(-slowed / this.#fadeTicks));
  }

  /** The share of its speed at which play goes on from a tick: 1 until well beyond the newest snapshot, 0 at the bound. */
  #guessSpeed(tick: number): number {
    const left = this.#clock.newestTick + this.#maxExtrapolationTicks - tick;
    return Math.max(0, Math.min(1, this.#fadeTicks === 0 ? Math.sign(left) : left / this.#fadeTicks));
  }

  /** Once, to where play belongs: while the snapshots for that are still to come, it stands and waits for them. */
  #jump(target: number): number {
    const ready = target <= this.#clock.newestTick + this.#maxExtrapolationTicks;
    if (ready && target > this.#render) this.#jumps++;
    this.#speed = ready ? 1 : 0;
    if (ready) this.#render = Math.max(this.#render, target);
    return this.#render;
  }

  #wantedDelay(): number {
    return Math.max(this.#minDelayTicks, this.#gapTicks + DEVIATIONS * this.#deviationTicks);
  }

  #bounded(tick: number): number {
    return Math.min(tick, this.#clock.newestTick + this.#maxExtrapolationTicks);
  }
}
