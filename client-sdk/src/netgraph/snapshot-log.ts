const CAPACITY = 256;

/** What became of one snapshot. */
export type SnapshotFate = "on-time" | "late" | "lost";

const FATES: readonly SnapshotFate[] = ["on-time", "late", "lost"];

/** The fate of the last 256 snapshots, one entry for each that the server sent: what a lagometer draws. */
export class SnapshotLog {
  readonly #fates = new Uint8Array(CAPACITY);
  readonly #delays = new Float32Array(CAPACITY);
  readonly #bytes = new Uint16Array(CAPACITY);
  #total = 0;

  /** Entries ever made. */
  get total(): number {
    return this.#total;
  }

  /** Entries still kept. */
  get length(): number {
    return Math.min(this.#total, CAPACITY);
  }

  /**
   * A snapshot arrived.
   * @param delayMs its delay beyond the fastest ones.
   * @param late whether what it says should have been shown already.
   */
  arrived(delayMs: number, bytes: number, late: boolean): void {
    this.#push(late ? 1 : 0, delayMs, bytes);
  }

  /** So many snapshots before the one that arrives now are missing. */
  lost(count: number): void {
    for (let index = 0; index < Math.min(count, CAPACITY); index++) this.#push(2, 0, 0);
  }

  /** One taken for lost arrived after all: the most recent loss becomes a late arrival. */
  recovered(delayMs: number, bytes: number): void {
    for (let back = 0; back < this.length; back++) {
      const slot = this.#slot(back);
      if (this.#fates[slot] !== 2) continue;
      this.#fates[slot] = 1;
      this.#delays[slot] = delayMs;
      this.#bytes[slot] = bytes;
      return;
    }
  }

  /** Fate of the entry `back` places before the newest (0 is the newest; below `length`). */
  fate(back: number): SnapshotFate {
    return FATES[this.#fates[this.#slot(back)]];
  }

  /** Its delay beyond the fastest snapshots in milliseconds. */
  delayMs(back: number): number {
    return this.#delays[this.#slot(back)];
  }

  /** Its size in bytes. */
  bytes(back: number): number {
    return this.#bytes[this.#slot(back)];
  }

  #push(fate: number, delayMs: number, bytes: number): void {
    const slot = this.#total++ % CAPACITY;
    this.#fates[slot] = fate;
    this.#delays[slot] = delayMs;
    this.#bytes[slot] = bytes;
  }

  #slot(back: number): number {
    return (this.#total - 1 - back + CAPACITY) % CAPACITY;
  }
}
