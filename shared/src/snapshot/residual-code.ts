import type { BitReader } from "../bits/bit-reader.ts";
import type { BitWriter } from "../bits/bit-writer.ts";
import { optimalLengths } from "../bits/optimal-lengths.ts";
import { PrefixCode } from "../bits/prefix-code.ts";
import {
  bucketBits,
  bucketCount,
  bucketOf,
  bucketStart,
  foldResidual,
  unfoldResidual,
} from "../bits/residual-buckets.ts";

/** Puts the likelihoods of the built-in code far above what is added for the unseen. */
const SCALE = 2 ** 40;

/** Writes by how much a column differs from what was predicted, where it does. */
export class ResidualCode {
  readonly #code: PrefixCode;
  readonly #starts: readonly number[];
  readonly #bits: readonly number[];

  /**
   * @param width bits of the column, 1 to 30: residuals reach 2^width either way
   * @param buckets code length of each of the `bucketCount(width)` buckets, from trained tables; without it a code like that
   * of Golomb for a column of that width. Throws `snapshot/bad-code` if these are no complete code.
   */
  constructor(width: number, buckets: readonly number[] = usualLengths(width, width >> 2)) {
    this.#code = new PrefixCode(buckets);
    this.#starts = buckets.map((_, bucket) => bucketStart(bucket));
    this.#bits = buckets.map((_, bucket) => bucketBits(bucket));
  }

  /** Writes a whole number other than 0 that a column of this width can be off by. */
  write(writer: BitWriter, residual: number): void {
    const folded = foldResidual(residual);
    const bucket = bucketOf(folded);
    this.#code.write(writer, bucket);
    writer.write(folded - this.#starts[bucket], this.#bits[bucket]);
  }

  /** Reads a residual; whatever the bits, a whole number other than 0 and at most 2^width either way. */
  read(reader: BitReader): number {
    const bucket = this.#code.read(reader);
    return unfoldResidual(this.#starts[bucket] + reader.read(this.#bits[bucket]));
  }

  /** Bits that `write` takes for a residual. */
  cost(residual: number): number {
    const bucket = bucketOf(foldResidual(residual));
    return this.#code.cost(bucket) + this.#bits[bucket];
  }
}

/** Code lengths of buckets as an exponential Golomb code of that order would have them. */
export function usualLengths(width: number, order: number): number[] {
  const likelihood = Array.from({ length: bucketCount(width) }, (_, bucket) => {
    const quotient = Math.floor(bucketStart(bucket) / 2 ** order) + 1;
    const golomb = 2 * (31 - Math.clz32(quotient)) + 1 + order;
    return SCALE * 2 ** (bucketBits(bucket) - golomb);
  });
  return optimalLengths(likelihood);
}
