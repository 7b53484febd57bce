import type { HitReport } from "@tidelock/shared";

/** Hits of one kind, as totals from the start of the session. */
export interface RewindTotals {
  hits: number;
  /** Those that lay further back than the weapon allows and were judged at its limit. */
  capped: number;
  /** How far back the last one lay, in milliseconds; NaN before the first. */
  lastMs: number;
  /** The furthest back, in milliseconds. */
  mostMs: number;
}

/** How far back the hits were judged that this player made and took, as the server tells it. */
export class RewindLog {
  readonly made = noHits();
  readonly taken = noHits();

  add({ wasHit, rewindMs, capped }: HitReport): void {
    const totals = wasHit ? this.taken : this.made;
    totals.hits++;
    if (capped) totals.capped++;
    totals.lastMs = rewindMs;
    totals.mostMs = Math.max(totals.mostMs, rewindMs);
  }
}

function noHits(): RewindTotals {
  return { hits: 0, capped: 0, lastMs: Number.NaN, mostMs: 0 };
}
