/** Width of one bar of the histogram, in milliseconds. */
export const REWIND_BAR_MS = 25;
const BARS = 20;

/** How far back the hits of a room lay, ready for a histogram. */
export class RewindCounts {
  /** Hits by how far back they lay, in bars of 25 ms; the last one holds all beyond. */
  readonly byMs = new Uint32Array(BARS);
  hits = 0;
  /** Hits that lay further back than the weapon's limit, and were judged at the limit. */
  capped = 0;

  add(rewindMs: number, capped: boolean): void {
    this.byMs[Math.min(BARS - 1, Math.floor(rewindMs / REWIND_BAR_MS))]++;
    this.hits++;
    if (capped) this.capped++;
  }
}
