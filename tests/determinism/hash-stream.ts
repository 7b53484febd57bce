import { finishHash, mixHash } from "@tidelock/shared";

const scratch = new Float64Array(1);
const words = new Int32Array(scratch.buffer);

/** Folds the exact bits of numbers into a hash, and notes the hash now and then, so that a difference can be located. */
export class HashStream {
  readonly checkpoints: number[] = [];
  #hash = 0;

  add(...values: readonly number[]): void {
    for (const value of values) {
      scratch[0] = value;
      // NaN has many bit patterns, among which engines may choose.
      if (Number.isNaN(value)) this.#hash = mixHash(this.#hash, 0x7ff80000);
      else this.#hash = mixHash(mixHash(this.#hash, words[0]), words[1]);
    }
  }

  checkpoint(): void {
    this.checkpoints.push(finishHash(this.#hash));
  }
}
