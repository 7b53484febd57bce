import type { InspectedFrame } from "./inspect-recording.ts";

/** What one kind of part took in all packets that were taken. */
export interface PartTotal {
  /** Type of entity, or "packet". */
  readonly type: string;
  /** Field, or kind of part in brackets. */
  readonly field: string;
  bits: number;
  count: number;
}

/** Adds up parts by type and field. */
export class PartTotals {
  readonly #totals = new Map<string, PartTotal>();
  /** Snapshots taken and refused, and bits of those taken. */
  taken = 0;
  refused = 0;
  bits = 0;

  add({ parts, dropped, bytes }: InspectedFrame): void {
    if (parts === undefined) return;
    if (dropped !== undefined) {
      this.refused++;
      return;
    }
    this.taken++;
    this.bits += bytes * 8;
    for (const { type = "packet", field, part, bits } of parts) {
      const name = field ?? `(${part})`;
      const key = `${type}.${name}`;
      const total = this.#totals.get(key) ?? { type, field: name, bits: 0, count: 0 };
      total.bits += bits;
      total.count++;
      this.#totals.set(key, total);
    }
  }

  /** The largest first. */
  get rows(): PartTotal[] {
    return [...this.#totals.values()].toSorted((a, b) => b.bits - a.bits);
  }
}
