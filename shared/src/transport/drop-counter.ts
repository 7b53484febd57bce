/** More distinct reasons than this are a fault in the caller; they are counted together under "other". */
const MAX_REASONS = 48;

/**
 * Counts what was dropped, by reason. Reasons are short fixed names chosen by our own code
 * ("too-large", "backlog"), never text that came from a peer, so their number is bounded;
 * the bound is enforced all the same.
 */
export class DropCounter {
  readonly #counts = new Map<string, number>();
  readonly #parent: DropCounter | undefined;

  /** Counts are added to `parent` as well: one for a room or a process above one for each player. */
  constructor(parent?: DropCounter) {
    this.#parent = parent;
  }

  /** Adds `count` (1 unless told) to `reason`. */
  add(reason: string, count = 1): void {
    const known = this.#counts.get(reason);
    if (known === undefined && this.#counts.size >= MAX_REASONS) this.#bump("other", count);
    else this.#counts.set(reason, (known ?? 0) + count);
    this.#parent?.add(reason, count);
  }

  /** How often `reason` was counted. */
  get(reason: string): number {
    return this.#counts.get(reason) ?? 0;
  }

  /** The sum over all reasons. */
  get total(): number {
    let sum = 0;
    for (const count of this.#counts.values()) sum += count;
    return sum;
  }

  /** A copy, reason to count, for metrics and tests. */
  snapshot(): Record<string, number> {
    return Object.fromEntries(this.#counts);
  }

  #bump(reason: string, count: number): void {
    this.#counts.set(reason, (this.#counts.get(reason) ?? 0) + count);
  }
}
