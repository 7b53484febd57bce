/**
 * One client as interest management sees it: whose it is, where it looks from, and what it saw last time.
 * Its memory is one id and one hint per entity it saw, and goes when the viewer goes.
 */
export class InterestViewer {
  /** Player number, from 1. Entities with this owner are always visible. */
  readonly player: number;
  /**
   * Where the player looks from; set before each query. NaN is nowhere: nothing is near. (A fraction from the
   * start also keeps the engine from allocating one at each assignment.)
   */
  x = Number.NaN;
  y = Number.NaN;
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

  /** Makes room for `count` entities; what was seen is lost when it has to grow. @internal */
  reserve(count: number): void {
    if (count <= this.seenIds.length) return;
    this.seenIds = new Float64Array(Math.max(count, this.seenIds.length * 2));
    this.seenRanks = new Int32Array(this.seenIds.length);
  }
}
