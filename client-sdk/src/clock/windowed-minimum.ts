/**
 * The smallest value seen in the last `windowMs`, in constant memory: the window is cut into buckets that
 * keep one minimum each, so a value is forgotten between `windowMs` and `windowMs - bucket` after it came.
 */
export class WindowedMinimum {
  readonly #bucketMs: number;
  readonly #minima: Float64Array;
  readonly #epochs: Float64Array;

  /** @param windowMs how long a value counts; @param buckets resolution of forgetting (memory, cost per read). */
  constructor(windowMs: number, buckets = 16) {
    this.#bucketMs = windowMs / buckets;
    this.#minima = new Float64Array(buckets).fill(Infinity);
    this.#epochs = new Float64Array(buckets).fill(-Infinity);
  }

  push(value: number, nowMs: number): void {
    const epoch = Math.floor(nowMs / this.#bucketMs);
    const slot = this.#slot(epoch);
    if (this.#epochs[slot] > epoch) return; // a whole window older than what the slot holds
    if (this.#epochs[slot] < epoch) {
      this.#epochs[slot] = epoch;
      this.#minima[slot] = value;
    } else if (value < this.#minima[slot]) {
      this.#minima[slot] = value;
    }
  }

  /** `Infinity` when nothing was pushed within the window. */
  minimum(nowMs: number): number {
    const oldest = Math.floor(nowMs / this.#bucketMs) - this.#minima.length;
    let smallest = Infinity;
    for (let slot = 0; slot < this.#minima.length; slot++) {
      if (this.#epochs[slot] > oldest && this.#minima[slot] < smallest) smallest = this.#minima[slot];
    }
    return smallest;
  }

  clear(): void {
    this.#minima.fill(Infinity);
    this.#epochs.fill(-Infinity);
  }

  #slot(epoch: number): number {
    const length = this.#minima.length;
    return ((epoch % length) + length) % length;
  }
}
