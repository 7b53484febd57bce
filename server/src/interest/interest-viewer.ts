/**
 * One client as interest management sees it: whose it is, where it looks from, and what it saw last time.
 * Its memory is one id and one hint per entity it saw, and goes when the viewer goes.
 */
export class InterestViewer {
  /** Player number, from 1. Entities with this owner are always visible. */
  readonly player: number;
  /** Where the player looks from; set before each query. */
  x = 0;
  y = 0;
  /** Ids visible at the last query, ascending. @internal */
  seenIds = new Float64Array(64);
  /** Rank each of them had then: where to look first now. @internal */
  seenRanks = new Int32Array(64);
  /** @internal */
  seenCount = 0;

  constructor(player: number) {
    this.player = player;
  }

  /** Makes everything in view enter anew, as after a jump of the camera. */
  forget(): void {
    this.seenCount = 0;
  }

  /** @internal */
  remember(id: number, rank: number): void {
    if (this.seenCount === this.seenIds.length) this.#grow();
    this.seenIds[this.seenCount] = id;
    this.seenRanks[this.seenCount++] = rank;
  }

  #grow(): void {
    const ids = new Float64Array(this.seenIds.length * 2);
    const ranks = new Int32Array(ids.length);
    ids.set(this.seenIds);
    ranks.set(this.seenRanks);
    this.seenIds = ids;
    this.seenRanks = ranks;
  }
}
