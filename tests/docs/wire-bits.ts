/** A bit stream as section 1 of docs/wire-format.md has it, one array element per bit. */
export class WireBits {
  at: number;
  readonly #bits: readonly number[];

  constructor(bytes: Iterable<number>, at = 0) {
    this.#bits = [...bytes].flatMap((byte) => Array.from({ length: 8 }, (_, i) => (byte >> i) & 1));
    this.at = at;
  }

  u(bits: number): number {
    let value = 0;
    for (let i = 0; i < bits; i++) value += this.#next() * 2 ** i;
    return value;
  }

  eg(k: number): number {
    let zeros = 0;
    while (this.#next() === 0) zeros++;
    return 2 ** (zeros + k) + this.u(zeros + k) - 2 ** k;
  }

  /** A symbol of a prefix code, which is given as its symbols by their bits. */
  symbol(code: ReadonlyMap<string, number>): number {
    let bits = "";
    for (;;) {
      bits += this.#next();
      const symbol = code.get(bits);
      if (symbol !== undefined) return symbol;
    }
  }

  #next(): number {
    const bit = this.#bits[this.at++];
    if (bit === undefined) throw new Error("read past the end");
    return bit;
  }
}
