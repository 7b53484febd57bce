/** Weights of RFC 6298: the mean over about 8 samples, the deviation over about 4. */
const MEAN_WEIGHT = 1 / 8;
const DEVIATION_WEIGHT = 1 / 4;

/** Smoothed round-trip time and its deviation, as TCP keeps them. */
export class RttEstimator {
  #smoothedMs = 0;
  #deviationMs = 0;
  #samples = 0;

  /** Takes one measured round trip, in milliseconds; values that cannot be one are ignored. */
  observe(rttMs: number): void {
    if (!(rttMs >= 0) || rttMs === Infinity) return;
    if (this.#samples++ === 0) {
      this.#smoothedMs = rttMs;
      this.#deviationMs = rttMs / 8;
      return;
    }
    const error = rttMs - this.#smoothedMs;
    this.#smoothedMs += error * MEAN_WEIGHT;
    this.#deviationMs += (Math.abs(error) - this.#deviationMs) * DEVIATION_WEIGHT;
  }

  /** False until the first sample. */
  get known(): boolean {
    return this.#samples > 0;
  }

  /** Mean round trip in milliseconds, 0 while unknown. */
  get smoothedMs(): number {
    return this.#smoothedMs;
  }

  /** Mean deviation of the round trip in milliseconds. */
  get deviationMs(): number {
    return this.#deviationMs;
  }
}
