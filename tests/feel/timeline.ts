/** Runs callbacks in order of virtual time: the whole clock of a simulated match. */
export class Timeline {
  readonly #heap: { readonly atMs: number; readonly order: number; readonly run: () => void }[] = [];
  #scheduled = 0;
  nowMs = 0;

  at(atMs: number, run: () => void): void {
    const entry = { atMs: Math.max(atMs, this.nowMs), order: this.#scheduled++, run };
    const heap = this.#heap;
    let index = heap.push(entry) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!before(entry, heap[parent])) break;
      heap[index] = heap[parent];
      index = parent;
    }
    heap[index] = entry;
  }

  /** Calls `run` at `firstMs` and then every `everyMs`, computed from the start, without drift. */
  every(firstMs: number, everyMs: number, run: (count: number) => void): void {
    const call = (count: number): void => {
      this.at(firstMs + count * everyMs, () => {
        run(count);
        call(count + 1);
      });
    };
    call(0);
  }

  runUntil(endMs: number): void {
    while (this.#heap.length > 0 && this.#heap[0].atMs <= endMs) {
      const next = this.#heap[0];
      this.#removeFirst();
      this.nowMs = next.atMs;
      next.run();
    }
    this.nowMs = endMs;
  }

  #removeFirst(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let index = 0;
    for (;;) {
      let child = index * 2 + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1], heap[child])) child++;
      if (!before(heap[child], last)) break;
      heap[index] = heap[child];
      index = child;
    }
    heap[index] = last;
  }
}

function before(a: { atMs: number; order: number }, b: { atMs: number; order: number }): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);
}
