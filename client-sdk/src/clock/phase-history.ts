const CAPACITY = 512;

/**
 * The phase (predicted tick minus elapsed time in ticks) as it was at recent moments: how much of what was
 * adjusted had been adjusted when a given input left. 512 frames are 2 s at 240 frames a second.
 */
export class PhaseHistory {
  readonly #times = new Float64Array(CAPACITY);
  readonly #ticks = new Float64Array(CAPACITY);
  readonly #phases = new Float64Array(CAPACITY);
  #count = 0;

  clear(): void {
    this.#count = 0;
  }

  /** Records one frame; times and ticks never decrease. */
  push(nowMs: number, predictedTick: number, phase: number): void {
    const slot = this.#count++ % CAPACITY;
    this.#times[slot] = nowMs;
    this.#ticks[slot] = predictedTick;
    this.#phases[slot] = phase;
  }

  /** The phase in force at a local time (the oldest one kept when it is older than that). */
  atTime(timeMs: number): number {
    let found = 0;
    for (let index = this.#count - 1; index >= this.#oldest(); index--) {
      found = this.#phases[index % CAPACITY];
      if (this.#times[index % CAPACITY] <= timeMs) break;
    }
    return found;
  }

  /** The phase in the frame that first reached a tick, which is the frame that sent its input. */
  atTick(tick: number): number {
    let found = this.#count > 0 ? this.#phases[(this.#count - 1) % CAPACITY] : 0;
    for (let index = this.#count - 1; index >= this.#oldest(); index--) {
      if (this.#ticks[index % CAPACITY] < tick) break;
      found = this.#phases[index % CAPACITY];
    }
    return found;
  }

  #oldest(): number {
    return Math.max(0, this.#count - CAPACITY);
  }
}
