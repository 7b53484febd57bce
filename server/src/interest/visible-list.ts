/** Rows of an `InterestSource`, filled by a policy and reused from tick to tick; grows, never shrinks. */
export class VisibleList {
  /** Valid up to `count`; a new array when it had to grow, so read it anew after each query. */
  rows = new Int32Array(64);
  count = 0;

  /** Makes room for `count` rows; what was in the list is lost. */
  reserve(count: number): void {
    if (count > this.rows.length) this.rows = new Int32Array(Math.max(count, this.rows.length * 2));
  }
}
