/** Counts by reason kept elsewhere, such as a `DropCounter`; only ever grow. */
export interface CountSource {
  snapshot(): Readonly<Record<string, number>>;
}

/** All counts: name to reason to count. What is counted without a reason stands under "". */
export type CountersSnapshot = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** Names and reasons are fixed words of our own code; more than this is a fault, and bounded all the same. */
const MAX_NAMES = 128;
const MAX_REASONS = 48;
const OTHER = "other";

/**
 * The counts of a process, by name and reason ("input_dropped", "late"), shared by rooms, transports and
 * limits. Never pass text that came from a peer: beyond 128 names, or 48 reasons of one name, everything
 * new is counted under "other", so a fault there loses detail and not memory.
 */
export class Counters {
  readonly #families = new Map<string, Map<string, number>>();
  readonly #sources = new Map<string, CountSource[]>();

  /** Adds `count` (1 unless told) to `reason` of `name`. Counts only grow: others than above 0 are ignored. */
  add(name: string, reason = "", count = 1): void {
    if (!(count > 0)) return;
    bump(this.#family(name), reason, count);
  }

  /** How often `reason` of `name` was counted, attached sources included. */
  get(name: string, reason = ""): number {
    let count = this.#families.get(name)?.get(reason) ?? 0;
    for (const source of this.#sources.get(name) ?? []) count += source.snapshot()[reason] ?? 0;
    return count;
  }

  /**
   * Shows the counts of `source` under `name`, added to what is counted here. For sources that live as long
   * as the process; those of a room or player report to one of these.
   */
  attach(name: string, source: CountSource): void {
    const sources = this.#sources.get(name);
    if (sources === undefined) this.#sources.set(name, [source]);
    else if (!sources.includes(source)) sources.push(source);
  }

  /** A copy of all counts, for metrics and tests. */
  snapshot(): CountersSnapshot {
    const copy: Record<string, Record<string, number>> = {};
    for (const [name, family] of this.#families) copy[name] = Object.fromEntries(family);
    for (const [name, sources] of this.#sources) {
      const counts = (copy[name] ??= {});
      for (const source of sources) {
        for (const [reason, count] of Object.entries(source.snapshot()))
          counts[reason] = (counts[reason] ?? 0) + count;
      }
    }
    return copy;
  }

  #family(name: string): Map<string, number> {
    const known = this.#families.get(name);
    if (known !== undefined) return known;
    if (this.#families.size >= MAX_NAMES && name !== OTHER) return this.#family(OTHER);
    const family = new Map<string, number>();
    this.#families.set(name, family);
    return family;
  }
}

function bump(family: Map<string, number>, reason: string, count: number): void {
  const known = family.get(reason);
  if (known === undefined && family.size >= MAX_REASONS && reason !== OTHER) bump(family, OTHER, count);
  else family.set(reason, (known ?? 0) + count);
}
