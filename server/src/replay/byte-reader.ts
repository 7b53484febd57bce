/** Reads what a ByteWriter wrote. Reading beyond the end sets `failed` and gives zeros. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  position = 0;
  failed = false;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get remaining(): number {
    return this.#bytes.length - this.position;
  }

  u32(): number {
    return this.#has(4) ? this.#view.getUint32(this.position - 4, true) : 0;
  }

  f64(): number {
    return this.#has(8) ? this.#view.getFloat64(this.position - 8, true) : 0;
  }

  count(): number {
    let value = 0;
    for (let scale = 1; scale <= 2 ** 49; scale *= 0x80) {
      if (!this.#has(1)) return 0;
      const byte = this.#bytes[this.position - 1];
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
    this.failed = true;
    return 0;
  }

  signed(): number {
    const folded = this.count();
    return folded % 2 === 0 ? folded / 2 : -(folded + 1) / 2;
  }

  /** Of a list, how many items follow, each of at least one byte; 0 and failed when there cannot be so many. */
  items(): number {
    const count = this.count();
    if (count <= this.remaining) return count;
    this.failed = true;
    return 0;
  }

  take(length: number): Uint8Array {
    return this.#has(length)
      ? this.#bytes.subarray(this.position - length, this.position)
      : new Uint8Array(0);
  }

  #has(bytes: number): boolean {
    if (this.failed || bytes > this.remaining) {
      this.failed = true;
      return false;
    }
    this.position += bytes;
    return true;
  }
}
