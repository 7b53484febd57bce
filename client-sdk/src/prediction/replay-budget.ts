/** Of a frame of 16 ms, what replaying the past may take. */
export const REPLAY_BUDGET_MS = 8;
/** Weight of the newest replay in the estimate of what a tick costs. */
const GAIN = 1 / 8;

/** Bounds what a correction may cost: learns what a replayed tick takes, and says how many a replay may have. */
export class ReplayBudget {
  readonly #now: () => number;
  readonly #budgetMs: number;
  #msPerTick = 0;
  #startedMs = 0;

  /** `now` in milliseconds; without a clock only the number of ticks is bounded. */
  constructor(now: () => number = () => 0, budgetMs: number = REPLAY_BUDGET_MS) {
    this.#now = now;
    this.#budgetMs = budgetMs;
  }

  /** Begins a replay of `ticks`; returns how many of them fit into the budget, at least one. */
  begin(ticks: number): number {
    this.#startedMs = this.#now();
    if (ticks * this.#msPerTick <= this.#budgetMs) return ticks;
    return Math.max(1, Math.floor(this.#budgetMs / this.#msPerTick));
  }

  /** Ends a replay of `ticks`. */
  end(ticks: number): void {
    if (ticks === 0) return;
    const msPerTick = (this.#now() - this.#startedMs) / ticks;
    // The first replay runs code that is not compiled yet: it says too much rather than too little, and is soon forgotten.
    this.#msPerTick += (msPerTick - this.#msPerTick) * GAIN;
  }
}
