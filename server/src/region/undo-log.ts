/**
 * Remembers how to take back the newest writes, so that a store in memory can lose them as a database that restarts does. Off unless
 * `keepMs` is given: then each write costs a closure.
 */
export class UndoLog {
  readonly #keepMs: number;
  #steps: { readonly atMs: number; readonly undo: () => void }[] = [];
  #nowMs = 0;

  constructor(keepMs: number) {
    this.#keepMs = keepMs;
  }

  /** What follows happens at this time. */
  at(nowMs: number): void {
    this.#nowMs = nowMs;
    const first = this.#steps.findIndex(({ atMs }) => atMs >= nowMs - this.#keepMs);
    if (first > 0) this.#steps = this.#steps.slice(first);
  }

  push(undo: () => void): void {
    if (this.#keepMs > 0) this.#steps.push({ atMs: this.#nowMs, undo });
  }

  /** Takes back what was written since, newest first. */
  loseSince(sinceMs: number): void {
    for (
      let step = this.#steps.at(-1);
      step !== undefined && step.atMs >= sinceMs;
      step = this.#steps.at(-1)
    ) {
      this.#steps.pop();
      step.undo();
    }
  }
}

/** A map whose writes an undo log can take back. Values are never changed in place. */
export class UndoableMap<K, V> {
  readonly #map = new Map<K, V>();
  readonly #log: UndoLog;

  constructor(log: UndoLog) {
    this.#log = log;
  }

  get(key: K): V | undefined {
    return this.#map.get(key);
  }

  set(key: K, value: V): void {
    this.#remember(key);
    this.#map.set(key, value);
  }

  delete(key: K): void {
    if (!this.#map.has(key)) return;
    this.#remember(key);
    this.#map.delete(key);
  }

  entries(): IterableIterator<[K, V]> {
    return this.#map.entries();
  }

  get size(): number {
    return this.#map.size;
  }

  #remember(key: K): void {
    const had = this.#map.has(key);
    const before = this.#map.get(key);
    this.#log.push(() => {
      if (had) this.#map.set(key, before as V);
      else this.#map.delete(key);
    });
  }
}
