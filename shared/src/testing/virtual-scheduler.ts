import type { Scheduler } from "../transport/scheduler.ts";

/** Tasks run in one `advance` before it is taken for an endless loop. */
const MAX_TASKS = 1_000_000;

/** Time that moves only when a test says so. Tasks due at the same moment run in the order they were made. */
export class VirtualScheduler implements Scheduler {
  #nowMs = 0;
  #order = 0;
  #tasks: { dueMs: number; order: number; task: () => void }[] = [];

  nowMs(): number {
    return this.#nowMs;
  }

  /** Tasks that wait. */
  get pending(): number {
    return this.#tasks.length;
  }

  after(delayMs: number, task: () => void): () => void {
    const entry = { dueMs: this.#nowMs + Math.max(0, delayMs), order: (this.#order += 1), task };
    let at = this.#tasks.length;
    while (at > 0 && this.#tasks[at - 1].dueMs > entry.dueMs) at -= 1;
    this.#tasks.splice(at, 0, entry);
    return () => {
      const index = this.#tasks.indexOf(entry);
      if (index >= 0) this.#tasks.splice(index, 1);
    };
  }

  /** Moves time on by `ms`, running what falls due on the way, what those tasks add included. */
  advance(ms: number): void {
    const untilMs = this.#nowMs + ms;
    for (let count = 0; this.#tasks.length > 0 && this.#tasks[0].dueMs <= untilMs; count++) {
      if (count >= MAX_TASKS) throw new Error(`More than ${MAX_TASKS} tasks ran while time moved ${ms} ms.`);
      const next = this.#tasks.shift();
      if (next === undefined) break;
      this.#nowMs = Math.max(this.#nowMs, next.dueMs);
      next.task();
    }
    this.#nowMs = untilMs;
  }
}
