const CAPACITY = 32;
/** Long enough for several packets at any send rate, short enough to follow a path within two round trips. */
const WINDOW_MS = 200;

/** At which rate bytes arrive at a client, from its acknowledgements of the last 200 ms; the R of GCC's delay-based controller. */
export class DeliveryRate {
  readonly #atMs = new Float64Array(CAPACITY).fill(Number.NaN);
  readonly #total = new Float64Array(CAPACITY);
  #count = 0;

  /** `bytes` more were acknowledged. */
  add(bytes: number, nowMs: number): void {
    const before = this.#count === 0 ? 0 : this.#total[(this.#count - 1) % CAPACITY];
    const slot = this.#count++ % CAPACITY;
    this.#atMs[slot] = nowMs;
    this.#total[slot] = before + bytes;
  }

  /** Bytes per second; Infinity while too little has come to tell. */
  get bytesPerSecond(): number {
    const newest = this.#count - 1;
    if (newest < 1) return Infinity;
    const nowMs = this.#atMs[newest % CAPACITY];
    let from = newest - 1;
    const last = Math.max(0, this.#count - CAPACITY);
    while (from > last && this.#atMs[from % CAPACITY] > nowMs - WINDOW_MS) from--;
    const elapsedMs = nowMs - this.#atMs[from % CAPACITY];
    if (!(elapsedMs > 0)) return Infinity;
    return ((this.#total[newest % CAPACITY] - this.#total[from % CAPACITY]) * 1000) / elapsedMs;
  }
}
