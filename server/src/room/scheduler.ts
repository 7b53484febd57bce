import { createHistogram } from "node:perf_hooks";
import { TidelockError } from "@tidelock/shared";

/**
 * The clock and the two ways of waiting a scheduler needs. Passed in, so that tests run in virtual time.
 * A stopped scheduler lets its last pending wake-up run empty, so no way to cancel one is needed.
 */
export interface Timers {
  /** Monotonic milliseconds with a fraction; its zero does not matter. */
  now(): number;
  /** Runs `wake` once after about `delayMs` whole milliseconds; may be early or late. */
  setTimeout(wake: () => void, delayMs: number): unknown;
  /** Runs `wake` once, as soon as pending input and output has been looked at. */
  setImmediate(wake: () => void): unknown;
}

/** The process' own monotonic clock and timers. */
export const systemTimers: Timers = {
  now: () => performance.now(),
  setTimeout: (wake, delayMs) => setTimeout(wake, delayMs),
  setImmediate: (wake) => setImmediate(wake),
};

export interface SchedulerOptions {
  /** Ticks per second, 1 to 1000. */
  readonly tickRate: number;
  /**
   * Runs one tick. `tick` counts up by exactly one each time. `behind` is how many further ticks this
   * same wake-up is about to run to catch up; work worth doing only once per wake-up waits for 0.
   */
  readonly onTick: (tick: number, behind: number) => void;
  /** Receives what `onTick` threw. The scheduler has already stopped; nothing reaches the process. */
  readonly onError: (error: unknown) => void;
  /** Number of the first tick; default 0. */
  readonly firstTick?: number;
  /** Most ticks run in one wake-up; what is due beyond them is skipped. Default 5. */
  readonly maxTicksPerWake?: number;
  /** Default: the process' own clock and timers. */
  readonly timers?: Timers;
}

/** Milliseconds, resolution 0.001, relative error below 1%; values above 10 s read as 10 s. */
export interface Timing {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

export interface SchedulerStats {
  /** Ticks run since the start. */
  readonly ticksRun: number;
  /** Tick periods given up since the start because the process was too far behind. */
  readonly ticksSkipped: number;
  /** How late ticks began, since the last `resetTimings`. */
  readonly latenessMs: Timing;
  /** How long `onTick` took, since the last `resetTimings`. */
  readonly durationMs: Timing;
}

/** Five ticks hide a pause of 80 ms at 60 Hz and still let input and output in between bursts. */
const DEFAULT_MAX_TICKS_PER_WAKE = 5;
/** Histograms count whole microseconds; 10 s bounds their memory (about 14 kB each) and is past any tick. */
const HIGHEST_US = 10_000_000;
const US_PER_MS = 1000;

const newHistogram = () => createHistogram({ lowest: 1, highest: HIGHEST_US, figures: 2 });
type Histogram = ReturnType<typeof newHistogram>;

/**
 * Drives a room at a fixed rate without drift: the deadline of tick n is computed from the start
 * (`origin + n * period`), never from the previous run, so lateness of one tick does not move the next.
 *
 * When the process was held up, at most `maxTicksPerWake` ticks run at once. What is due beyond them is
 * skipped in time, not in numbering: the origin moves later by whole periods (`ticksSkipped`) and tick
 * numbers stay consecutive, so the simulation and its input numbers never see a gap.
 */
export class TickScheduler {
  /** Milliseconds between two ticks. */
  readonly periodMs: number;
  readonly #timers: Timers;
  readonly #onTick: (tick: number, behind: number) => void;
  readonly #onError: (error: unknown) => void;
  readonly #firstTick: number;
  readonly #maxTicksPerWake: number;
  readonly #lateness = newHistogram();
  readonly #duration = newHistogram();
  #state: "new" | "running" | "stopped" = "new";
  #originMs = 0;
  #ticksRun = 0;
  #ticksSkipped = 0;

  /** @throws TidelockError `room/scheduler-options` when a number is out of its range. */
  constructor(options: SchedulerOptions) {
    const { tickRate, firstTick = 0, maxTicksPerWake = DEFAULT_MAX_TICKS_PER_WAKE } = options;
    if (!(tickRate >= 1 && tickRate <= 1000)) refuse("tickRate", tickRate, "1 to 1000 ticks per second");
    if (!Number.isSafeInteger(firstTick) || firstTick < 0)
      refuse("firstTick", firstTick, "an integer from 0");
    if (!Number.isInteger(maxTicksPerWake) || maxTicksPerWake < 1) {
      refuse("maxTicksPerWake", maxTicksPerWake, "an integer from 1");
    }
    this.periodMs = 1000 / tickRate;
    this.#timers = options.timers ?? systemTimers;
    this.#onTick = options.onTick;
    this.#onError = options.onError;
    this.#firstTick = firstTick;
    this.#maxTicksPerWake = maxTicksPerWake;
  }

  get running(): boolean {
    return this.#state === "running";
  }

  /** Number the next tick will have. */
  get nextTick(): number {
    return this.#firstTick + this.#ticksRun;
  }

  /** Tick periods given up since the start because the process was too far behind. */
  get ticksSkipped(): number {
    return this.#ticksSkipped;
  }

  /**
   * Server time in ticks with a fraction: equals n exactly when tick n is due. What arrives at 6.25 for
   * tick 8 came 1.75 ticks early.
   */
  ticksAt(nowMs: number): number {
    return this.#firstTick + (nowMs - this.#originMs) / this.periodMs;
  }

  /** `ticksAt` of this moment. */
  ticksNow(): number {
    return this.ticksAt(this.#timers.now());
  }

  /**
   * Begins: the first tick is due one period from now, and runs from a timer, never inside this call.
   * @throws TidelockError `room/scheduler-started` the second time; a scheduler starts once.
   */
  start(): void {
    if (this.#state !== "new") {
      throw new TidelockError(
        "room/scheduler-started",
        `A tick scheduler starts once, and this one is already ${this.#state}. Create a new one with firstTick: ${this.nextTick}.`,
      );
    }
    this.#state = "running";
    this.#originMs = this.#timers.now() + this.periodMs;
    this.#arm();
  }

  /** Runs no further tick, not even one due in the current wake-up. Harmless when already stopped. */
  stop(): void {
    this.#state = "stopped";
  }

  stats(): SchedulerStats {
    return {
      ticksRun: this.#ticksRun,
      ticksSkipped: this.#ticksSkipped,
      latenessMs: timing(this.#lateness),
      durationMs: timing(this.#duration),
    };
  }

  /** Begins a new measuring interval for lateness and duration. */
  resetTimings(): void {
    this.#lateness.reset();
    this.#duration.reset();
  }

  /** One function for the life of the scheduler: arming a timer must not make a closure per tick. */
  readonly #wake = (): void => {
    if (this.#state !== "running") return;
    const now = this.#timers.now();
    const late = now - this.#deadlineMs();
    // Due is judged once per wake-up: ticks that are slow themselves must not extend their own burst.
    if (late >= 0) this.#runDue(Math.floor(late / this.periodMs) + 1, late);
    if (this.#state === "running") this.#arm();
  };

  #runDue(due: number, lateMs: number): void {
    const run = Math.min(due, this.#maxTicksPerWake);
    record(this.#lateness, lateMs);
    if (due > run) {
      this.#ticksSkipped += due - run;
      this.#originMs += (due - run) * this.periodMs;
    }
    for (let behind = run - 1; behind >= 0 && this.#state === "running"; behind--) {
      const begin = this.#timers.now();
      // The first was recorded against the deadline it had before any skip.
      if (behind < run - 1) record(this.#lateness, begin - this.#deadlineMs());
      const tick = this.nextTick;
      this.#ticksRun++;
      try {
        this.#onTick(tick, behind);
      } catch (error) {
        this.#state = "stopped";
        this.#report(error);
        return;
      }
      record(this.#duration, this.#timers.now() - begin);
    }
  }

  #report(error: unknown): void {
    try {
      this.#onError(error);
    } catch {
      // The handler closes one room. Thrown from a timer, its own failure would end every other room too.
    }
  }

  #deadlineMs(): number {
    return this.#originMs + this.#ticksRun * this.periodMs;
  }

  /**
   * Timers have whole milliseconds: sleep the whole ones, then take turns with pending input and output
   * for the last fraction. That costs below one millisecond of polling per tick and keeps ticks exact.
   */
  #arm(): void {
    const remaining = this.#deadlineMs() - this.#timers.now();
    if (remaining >= 1) this.#timers.setTimeout(this.#wake, Math.floor(remaining));
    else this.#timers.setImmediate(this.#wake);
  }
}

function refuse(name: string, found: number, allowed: string): never {
  throw new TidelockError(
    "room/scheduler-options",
    `${name} of a tick scheduler is ${found}; allowed is ${allowed}.`,
  );
}

function record(histogram: Histogram, ms: number): void {
  histogram.record(Math.min(HIGHEST_US, Math.max(1, Math.round(ms * US_PER_MS))));
}

function timing(histogram: Histogram): Timing {
  if (histogram.count === 0) return { p50: 0, p99: 0, max: 0 };
  return {
    p50: histogram.percentile(50) / US_PER_MS,
    p99: histogram.percentile(99) / US_PER_MS,
    max: histogram.max / US_PER_MS,
  };
}
