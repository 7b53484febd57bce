import { TidelockError } from "../errors/tidelock-error.ts";
import type { BitReader } from "./bit-reader.ts";
import type { BitWriter } from "./bit-writer.ts";

/** The longest code of a symbol, in bits. */
export const LONGEST_CODE = 20;
/** Codes up to this long are read with one look into a table. */
const TABLE_BITS = 8;

/**
 * A canonical prefix code over the symbols 0 to n-1, given by the length of each symbol's code alone. It is complete, so
 * that every string of bits decodes to something. Source of the form: E. Schwartz and B. Kallick, "Generating a canonical
 * prefix encoding" (1964).
 */
export class PrefixCode {
  /** Length of each symbol's code, in bits. */
  readonly lengths: readonly number[];
  /** Each symbol's code, its first bit lowest as the writer puts bits. */
  readonly #codes: Uint32Array;
  /** Symbols by ascending code. */
  readonly #ordered: Uint16Array;
  /** By length: the lowest code, how many there are, and the place of the first in `#ordered`. */
  readonly #first = new Int32Array(LONGEST_CODE + 1);
  readonly #count = new Int32Array(LONGEST_CODE + 1);
  readonly #place = new Int32Array(LONGEST_CODE + 1);
  /** By the next 8 bits: symbol * 16 + length, or 0 where the code is longer. */
  readonly #table = new Uint32Array(1 << TABLE_BITS);

  /**
   * @param lengths length of each symbol's code, 1 to 20 bits, of at least two symbols. Throws `snapshot/bad-code` unless
   * the codes use up all strings of bits: the sum of 2^-length must be 1.
   */
  constructor(lengths: readonly number[]) {
    const fault = codeFault(lengths);
    if (fault !== undefined)
      throw new TidelockError("snapshot/bad-code", `a prefix code ${fault}; see optimalLengths`);
    this.lengths = [...lengths];
    this.#codes = new Uint32Array(lengths.length);
    this.#ordered = new Uint16Array(lengths.length);
    let code = 0;
    let placed = 0;
    for (let length = 1; length <= LONGEST_CODE; length++) {
      code <<= 1;
      this.#first[length] = code;
      this.#place[length] = placed;
      for (let symbol = 0; symbol < lengths.length; symbol++) {
        if (lengths[symbol] !== length) continue;
        this.#ordered[placed++] = symbol;
        this.#assign(symbol, reversed(code++, length), length);
      }
      this.#count[length] = placed - this.#place[length];
    }
  }

  #assign(symbol: number, code: number, length: number): void {
    this.#codes[symbol] = code;
    if (length > TABLE_BITS) return;
    for (let bits = code; bits < this.#table.length; bits += 1 << length)
      this.#table[bits] = symbol * 16 + length;
  }

  /** Writes one symbol, 0 to n-1. */
  write(writer: BitWriter, symbol: number): void {
    writer.write(this.#codes[symbol], this.lengths[symbol]);
  }

  /** Reads one symbol. At the end of the bits the reader fails as always, and some symbol comes back. */
  read(reader: BitReader): number {
    const start = reader.position;
    const ahead = Math.max(0, Math.min(TABLE_BITS, reader.remainingBits));
    const entry = this.#table[reader.read(ahead)];
    const length = entry & 15;
    if (length !== 0 && length <= ahead) {
      reader.position = start + length;
      return entry >>> 4;
    }
    reader.position = start;
    return this.#readBitwise(reader);
  }

  #readBitwise(reader: BitReader): number {
    let code = 0;
    for (let length = 1; length <= LONGEST_CODE; length++) {
      code = (code << 1) | reader.read(1);
      const behind = code - this.#first[length];
      if (behind < this.#count[length]) return this.#ordered[this.#place[length] + behind];
    }
    return 0;
  }

  /** Bits that `write` takes for a symbol. */
  cost(symbol: number): number {
    return this.lengths[symbol];
  }
}

/** What is wrong with code lengths, as the end of a sentence; undefined if nothing is. */
export function codeFault(lengths: readonly number[]): string | undefined {
  if (lengths.length < 2 || lengths.length > 65536)
    return `has ${lengths.length} symbols; 2 to 65536 are possible`;
  let used = 0;
  for (const length of lengths) {
    if (!Number.isInteger(length) || length < 1 || length > LONGEST_CODE)
      return `has a code of ${length} bits; whole numbers from 1 to ${LONGEST_CODE} are possible`;
    used += 2 ** (LONGEST_CODE - length);
  }
  const all = 2 ** LONGEST_CODE;
  if (used === all) return undefined;
  return `has lengths whose sum of 2^-length is ${used / all}; it must be exactly 1`;
}

function reversed(code: number, length: number): number {
  let result = 0;
  for (let i = 0; i < length; i++) result |= ((code >>> i) & 1) << (length - 1 - i);
  return result;
}
