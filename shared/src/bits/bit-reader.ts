/**
 * Reads what BitWriter wrote. Reading past the end yields zeros and sets `failed`: the input may come from anyone, so it
 * never throws, and a caller checks `failed` where a decision depends on it.
 */
export class BitReader {
  readonly #words: Uint32Array;
  readonly #bytes: Uint8Array;
  #lengthBits = 0;
  position = 0;
  failed = false;

  /** @param maxBytes longest frame that `load` takes */
  constructor(maxBytes: number) {
    this.#words = new Uint32Array(Math.ceil(maxBytes / 4) + 1);
    this.#bytes = new Uint8Array(this.#words.buffer);
  }

  /** Copies a frame in and starts at its bit `position`. False, and nothing to read, when it is too long. */
  load(frame: Uint8Array, position = 0): boolean {
    this.failed = frame.length > this.#bytes.length - 4;
    this.#lengthBits = this.failed ? 0 : frame.length * 8;
    this.position = position;
    if (this.failed) return false;
    this.#bytes.set(frame);
    this.#bytes.fill(0, frame.length, Math.min(this.#bytes.length, frame.length + 8));
    return true;
  }

  get remainingBits(): number {
    return this.#lengthBits - this.position;
  }

  /** Reads `bits` (0 to 32) as an unsigned number. */
  read(bits: number): number {
    const position = this.position;
    if (position + bits > this.#lengthBits) {
      this.failed = true;
      return 0;
    }
    if (bits === 0) return 0;
    const word = position >>> 5;
    const shift = position & 31;
    let value = this.#words[word] >>> shift;
    if (shift + bits > 32) value |= this.#words[word + 1] << (32 - shift);
    this.position = position + bits;
    return bits === 32 ? value >>> 0 : value & ((1 << bits) - 1);
  }

  readVariable(k: number): number {
    let zeros = 0;
    while (this.read(1) === 0) {
      zeros++;
      if (this.failed || zeros + k > 30) {
        this.failed = true;
        return 0;
      }
    }
    const width = zeros + k;
    return ((1 << width) | this.read(width)) - (1 << k);
  }

  readSignedVariable(k: number): number {
    const value = this.readVariable(k);
    return value & 1 ? -((value + 1) >>> 1) : value >>> 1;
  }
}
