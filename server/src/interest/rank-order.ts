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
  /** Ids by row as they were given last, to notice in one pass that nothing changed. */
  #given = new Float64Array(0);
  #otherIds = new Float64Array(0);
  #otherRows = new Int32Array(0);
  /** Where each run begins, and the end. */
  #runs = new Int32Array(1);

  /** Returns whether any rank stands for another id or row than after the last call. */
  build(id: Uint32Array | Float64Array, count: number): boolean {
    this.#reserve(count);
    const given = this.#given;
    let changed = count !== this.count;
    let ascending = true;
    let before = -Infinity;
    for (let row = 0; row < count; row++) {
      const current = id[row];
      if (current < before) ascending = false;
      before = current;
      if (given[row] === current) continue;
      given[row] = current;
      changed = true;
    }
    if (!changed) return false;
    this.count = count;
    const { ids, rows } = this;
    for (let row = 0; row < count; row++) {
      ids[row] = given[row];
      rows[row] = row;
    }
    if (!ascending) this.#sort();
    return true;
  }

  /** Rank of an id; -1 when it is not there. */
  find(id: number): number {
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

  #sort(): void {
    const { count, ids } = this;
    let runs = 0;
    for (let row = 0; row < count; row++) {
      if (row === 0 || ids[row] < ids[row - 1]) this.#runs[runs++] = row;
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
    this.#given = new Float64Array(capacity);
    this.ids = new Float64Array(capacity);
    this.rows = new Int32Array(capacity);
    this.#otherIds = new Float64Array(capacity);
    this.#otherRows = new Int32Array(capacity);
    this.#runs = new Int32Array(capacity + 1);
  }
}
