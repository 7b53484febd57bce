const SLOTS = 10;
const SLOT_MS = 100;

/** Makes a rate per second, over the last second, of a total that is looked at now and then. */
export class RateMeter {
  readonly #totals = new Float64Array(SLOTS);
  readonly #times = new Float64Array(SLOTS);
  #marks = 0;
  #total = 0;
  #timeMs = 0;

  /** Takes note of the total at a time. */
  observe(total: number, nowMs: number): void {
    this.#total = total;
    this.#timeMs = nowMs;
    const newest = (this.#marks - 1 + SLOTS) % SLOTS;
    if (this.#marks > 0 && nowMs - this.#times[newest] < SLOT_MS) return;
    const slot = this.#marks++ % SLOTS;
    this.#totals[slot] = total;
    this.#times[slot] = nowMs;
  }

  /** Per second; 0 until a tenth of a second was seen. */
  get perSecond(): number {
    if (this.#marks === 0) return 0;
    const oldest = this.#marks > SLOTS ? this.#marks % SLOTS : 0;
    const elapsedMs = this.#timeMs - this.#times[oldest];
    // A total that began anew (a reconnection) is no negative rate.
    const grown = Math.max(0, this.#total - this.#totals[oldest]);
    return elapsedMs < SLOT_MS ? 0 : (grown * 1000) / elapsedMs;
  }
}
