/**
 * Rows in ascending id, merged from runs that are ascending already, one per entity type: cheap however many there
 * are, and all that is needed since every table keeps its own order.
 */
export class RankOrder {
  count = 0;
  /** Row of each rank; valid up to `count` after `finish`. */
  rows = new Int32Array(0);
  #other = new Int32Array(0);
  /** Where each run begins, and the end. */
  readonly #runs: number[] = [];

  /** Starts anew, with room for `count` rows. */
  begin(count: number): void {
    this.count = 0;
    this.#runs.length = 0;
    if (count <= this.rows.length) return;
    const capacity = Math.max(count, this.rows.length * 2, 64);
    this.rows = new Int32Array(capacity);
    this.#other = new Int32Array(capacity);
  }

  /** Says that a new ascending run begins. */
  beginRun(): void {
    this.#runs.push(this.count);
  }

  add(row: number): void {
    this.rows[this.count++] = row;
  }

  /** Merges the runs by the ids of their rows. */
  finish(id: Uint32Array): void {
    const runs = this.#runs;
    let count = runs.length;
    runs.push(this.count);
    while (count > 1) {
      let merged = 0;
      for (let run = 0; run < count; run += 2) {
        const middle = runs[run + 1];
        this.#merge(id, runs[run], middle, run + 2 <= count ? runs[run + 2] : middle);
        runs[merged++] = runs[run];
      }
      runs[merged] = this.count;
      count = merged;
      const { rows } = this;
      this.rows = this.#other;
      this.#other = rows;
    }
  }

  /** Merges two neighbouring runs into the other array. */
  #merge(id: Uint32Array, start: number, middle: number, end: number): void {
    const { rows } = this;
    let left = start;
    let right = middle;
    for (let at = start; at < end; at++) {
      const fromLeft = left < middle && (right >= end || id[rows[left]] <= id[rows[right]]);
      this.#other[at] = rows[fromLeft ? left++ : right++];
    }
  }
}
