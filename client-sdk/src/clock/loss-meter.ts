/** Sequence numbers the figures are taken over: 4 to 13 seconds of packets at 60 to 20 a second. */
const WINDOW = 256;
/** A missing number is called lost only when this many newer ones arrived: reordering is not loss. */
const REORDER_GRACE = 3;

/** Measures loss, bursts, reordering and duplication from the gaps in 16-bit sequence numbers. */
export class LossMeter {
  readonly #received = new Uint8Array(WINDOW);
  #newest = -1;
  #seen = 0;
  /** Packets that arrived after a newer one. */
  reordered = 0;
  /** Packets that arrived more than once, or too late to tell. */
  duplicates = 0;

  /**
   * Takes one packet into account.
   * @param sequence counts packets by one, wrapping at 65536 (unwrapped numbers do as well).
   * @returns how many numbers before it are now missing: 0 for the next in order, -1 for an old or doubled one.
   */
  observe(sequence: number): number {
    if (this.#newest < 0) {
      this.#newest = sequence & 0xffff;
      this.#received[this.#newest % WINDOW] = 1;
      this.#seen = 1;
      return 0;
    }
    const ahead = ((sequence - this.#newest) << 16) >> 16;
    if (ahead <= 0) {
      this.#observeOld(sequence, -ahead);
      return -1;
    }
    for (let step = 1; step < Math.min(ahead, WINDOW); step++) {
      this.#received[(this.#newest + step) % WINDOW] = 0;
    }
    // A jump beyond the window leaves nothing of what was known.
    if (ahead >= WINDOW) this.#received.fill(0);
    this.#newest = (this.#newest + ahead) & 0xffff;
    this.#received[this.#newest % WINDOW] = 1;
    this.#seen = Math.min(WINDOW, this.#seen + ahead);
    return ahead - 1;
  }

  /** Share of packets lost (0..1) among the last 256 sent. */
  get lossShare(): number {
    let lost = 0;
    let judged = 0;
    for (let back = REORDER_GRACE; back < this.#seen; back++) {
      judged++;
      if (!this.#arrived(back)) lost++;
    }
    return judged === 0 ? 0 : lost / judged;
  }

  /** The longest run of consecutive losses among the last 256 packets sent. */
  get longestBurst(): number {
    let longest = 0;
    let run = 0;
    for (let back = REORDER_GRACE; back < this.#seen; back++) {
      run = this.#arrived(back) ? 0 : run + 1;
      if (run > longest) longest = run;
    }
    return longest;
  }

  #observeOld(sequence: number, back: number): void {
    const slot = (sequence & 0xffff) % WINDOW;
    if (back >= this.#seen || this.#received[slot] === 1) {
      this.duplicates++;
      return;
    }
    this.#received[slot] = 1;
    this.reordered++;
  }

  #arrived(back: number): boolean {
    return this.#received[(this.#newest - back + 0x10000) % WINDOW] === 1;
  }
}
