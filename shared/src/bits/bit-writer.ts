/**
 * Appends bits to a fixed buffer, least significant bit first. A write that does not fit sets `overflowed` and writes
 * nothing more; the caller truncates to the last mark it knows to be whole.
 */
export class BitWriter {
  readonly words: Uint32Array;
  readonly #bytes: Uint8Array;
  /** The views `bytes` has given out, by length: making one costs more than writing a small packet. */
  readonly #views: Uint8Array[] = [];
  readonly capacityBits: number;
  /** Bits written so far. */
  position = 0;
  overflowed = false;

  constructor(capacityBytes: number) {
    this.words = new Uint32Array(Math.ceil(capacityBytes / 4) + 1);
    this.#bytes = new Uint8Array(this.words.buffer);
    this.capacityBits = capacityBytes * 8;
  }

  reset(): void {
    this.position = 0;
    this.overflowed = false;
  }

  /** Drops everything written after `position`. */
  truncate(position: number): void {
    this.position = position;
    this.overflowed = false;
    const shift = position & 31;
    if (shift !== 0) this.words[position >>> 5] &= (1 << shift) - 1;
  }

  /** Overwrites `bits` (1 to 31, within one word) that were written at `position`. */
  patch(position: number, value: number, bits: number): void {
    const shift = position & 31;
    const mask = ((1 << bits) - 1) << shift;
    this.words[position >>> 5] = (this.words[position >>> 5] & ~mask) | ((value << shift) & mask);
  }

  /** Writes the low `bits` (0 to 32) of `value`. */
  write(value: number, bits: number): void {
    const position = this.position;
    if (position + bits > this.capacityBits) {
      this.overflowed = true;
      return;
    }
    if (bits === 0) return;
    const masked = bits === 32 ? value >>> 0 : value & ((1 << bits) - 1);
    const word = position >>> 5;
    const shift = position & 31;
    if (shift === 0) this.words[word] = masked;
    else {
      this.words[word] |= masked << shift;
      if (shift + bits > 32) this.words[word + 1] = masked >>> (32 - shift);
    }
    this.position = position + bits;
  }

  /**
   * Exponential Golomb code of order `k` (0 to 15) for a whole number from 0 to 2^30: short for small values, the order says how
   * many low bits are written plainly. Source: J. Teuhola, "A compression method for clustered bit-vectors" (1978).
   */
  writeVariable(value: number, k: number): void {
    const shifted = value + (1 << k);
    const width = 32 - Math.clz32(shifted);
    const zeros = width - 1 - k;
    if (width + zeros <= 32) {
      // The zeros, the one and the low bits in one piece, as nearly all codes fit.
      this.write((1 << zeros) | ((shifted & ((1 << (width - 1)) - 1)) << (zeros + 1)), width + zeros);
      return;
    }
    this.write(0, zeros);
    this.write(1, 1);
    this.write(shifted, width - 1);
  }

  /** `writeVariable` for signed numbers: 0, -1, 1, -2, 2 ... */
  writeSignedVariable(value: number, k: number): void {
    this.writeVariable(value < 0 ? -2 * value - 1 : 2 * value, k);
  }

  /** Appends `bitLength` bits of `source`, starting at bit `bitOffset`, a word at a time. */
  append(source: Uint32Array, bitOffset: number, bitLength: number): void {
    if (this.position + bitLength > this.capacityBits) {
      this.overflowed = true;
      return;
    }
    let offset = bitOffset;
    let left = bitLength;
    while (left > 0) {
      const shift = offset & 31;
      const count = Math.min(left, 32 - shift);
      this.write(source[offset >>> 5] >>> shift, count);
      offset += count;
      left -= count;
    }
  }

  /** The bytes written so far, the last one padded with zero bits; a view that the next write changes. */
  bytes(): Uint8Array {
    const length = (this.position + 7) >>> 3;
    return (this.#views[length] ??= this.#bytes.subarray(0, length));
  }
}
