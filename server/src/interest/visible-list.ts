/** Rows of an `InterestSource`, filled by a policy and reused from tick to tick; grows, never shrinks. */
export class VisibleList {
  /** Valid up to `count`; a new array when it had to grow, so read it anew after each query. */
  rows = new Int32Array(64);
  count = 0;

  clear(): void {
    this.count = 0;
  }

  push(row: number): void {
    if (this.count === this.rows.length) {
      const grown = new Int32Array(this.rows.length * 2);
      grown.set(this.rows);
      this.rows = grown;
    }
    this.rows[this.count++] = row;
  }
}
