const FIRST_MS = 250;
const LONGEST_MS = 5000;

/** Waits that double from attempt to attempt, up to five seconds, and begin anew after a success. */
export class RetryDelay {
  #nextMs = FIRST_MS;

  /** How long to wait before the next attempt. */
  next(): number {
    const ms = this.#nextMs;
    this.#nextMs = Math.min(LONGEST_MS, ms * 2);
    return ms;
  }

  succeeded(): void {
    this.#nextMs = FIRST_MS;
  }
}
