/** Snapshots refused in a row, and for how long beyond the life of a baseline, until no later one can be expected to fit. */
const LOST_SNAPSHOTS = 8;
const LOST_GRACE_MS = 500;

/**
 * Notices when snapshots keep coming and none fits: the machine slept until the 16 bits of a tick no longer told, or a broken packet was
 * taken for a good one. The server sends whole entities once a baseline is too old; what lasts longer takes a new Welcome.
 */
export class LostThread {
  readonly #lostAfterMs: number;
  #refused = 0;
  #sinceMs = 0;
  #forMs = 0;

  /** `baselineMs`: how long a baseline is kept. */
  constructor(baselineMs: number) {
    this.#lostAfterMs = baselineMs + LOST_GRACE_MS;
  }

  get lost(): boolean {
    return this.#refused >= LOST_SNAPSHOTS && this.#forMs > this.#lostAfterMs;
  }

  /** A snapshot was refused. */
  refused(nowMs: number): void {
    if (this.#refused++ === 0) this.#sinceMs = nowMs;
    this.#forMs = nowMs - this.#sinceMs;
  }

  /** A snapshot was taken. */
  taken(): void {
    this.#refused = 0;
  }
}
