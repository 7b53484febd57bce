/**
 * The rows of a source in ascending id, worked out once per tick for all clients: rank 0 is the smallest id.
 * Merges the ascending runs it finds, so sorted columns cost one look and one table after another little more.
 */
export class RankOrder {
  count = 0;
  /** Id of each rank. */
  ids = new Float64Array(0);
  /** Row of each rank. */
  rows = new Int32Array(0);
  #otherIds = new Float64Array(0);
  #otherRows = new Int32Array(0);
  /** Where each run begins, and the end. */
  #runs = new Int32Array(1);

  /** Returns whether any rank changed its id or row since the last call. */
  build(id: ArrayLike<number>, count: number): boolean {
    let changed = count !== this.count;
    this.#reserve(count);
    this.count = count;
    let ascending = true;
    for (let row = 1; row < count && ascending; row++) ascending = id[row - 1] <= id[row];
    if (ascending) {
      for (let rank = 0; rank < count; rank++) {
        if (this.ids[rank] !== id[rank] || this.rows[rank] !== rank) changed = true;
        this.ids[rank] = id[rank];
        this.rows[rank] = rank;
      }
      return changed;
    }
    this.#sort(id, count);
    return true;
  }

  /** Rank of an id, looked for at `hint` first; -1 when it is not there. */
  find(id: number, hint: number): number {
    if (hint >= 0 && hint < this.count && this.ids[hint] === id) return hint;
    let low = 0;
    let high = this.count - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const found = this.ids[middle];
      if (found === id) return middle;
      if (found < id) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }

  #sort(id: ArrayLike<number>, count: number): void {
    let runs = 0;
    for (let row = 0; row < count; row++) {
      if (row === 0 || id[row] < id[row - 1]) this.#runs[runs++] = row;
      this.ids[row] = id[row];
      this.rows[row] = row;
    }
    this.#runs[runs] = count;
    while (runs > 1) {
      let merged = 0;
      for (let run = 0; run < runs; run += 2) {
        const start = this.#runs[run];
        const middle = this.#runs[run + 1];
        this.#merge(start, middle, run + 2 <= runs ? this.#runs[run + 2] : middle);
        this.#runs[merged++] = start;
      }
      this.#runs[merged] = count;
      runs = merged;
      this.#swap();
    }
  }

  /** Merges two neighbouring runs into the other pair of arrays. */
  #merge(start: number, middle: number, end: number): void {
    let left = start;
    let right = middle;
    for (let at = start; at < end; at++) {
      const fromLeft = left < middle && (right >= end || this.ids[left] <= this.ids[right]);
      const from = fromLeft ? left++ : right++;
      this.#otherIds[at] = this.ids[from];
      this.#otherRows[at] = this.rows[from];
    }
  }

  #swap(): void {
    const { ids, rows } = this;
    this.ids = this.#otherIds;
    this.rows = this.#otherRows;
    this.#otherIds = ids;
    this.#otherRows = rows;
  }

  #reserve(count: number): void {
    if (count <= this.ids.length) return;
    const capacity = Math.max(count, this.ids.length * 2, 64);
    this.ids = new Float64Array(capacity);
    this.rows = new Int32Array(capacity);
    this.#otherIds = new Float64Array(capacity);
    this.#otherRows = new Int32Array(capacity);
    this.#runs = new Int32Array(capacity + 1);
  }
}
