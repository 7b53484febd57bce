/** The last values of one figure, newest first when read. */
export class SampleRing {
  readonly #values: Float32Array;
  #count = 0;

  constructor(capacity: number) {
    this.#values = new Float32Array(capacity);
  }

  get length(): number {
    return Math.min(this.#count, this.#values.length);
  }

  push(value: number): void {
    this.#values[this.#count++ % this.#values.length] = value;
  }

  /** The value `back` places before the newest, 0 when there is none. */
  at(back: number): number {
    if (back < 0 || back >= this.length) return 0;
    return this.#values[(this.#count - 1 - back) % this.#values.length];
  }
}
