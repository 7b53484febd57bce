import type { Scheduler } from "@tidelock/shared";

/** The timers of one process of a test: they stop with it, and wait while it is paused. Its clock goes on, as a machine's does. */
export class ProcessScheduler implements Scheduler {
  readonly #clock: Scheduler;
  readonly #waiting: (() => void)[] = [];
  #state: "running" | "paused" | "dead" = "running";

  constructor(clock: Scheduler) {
    this.#clock = clock;
  }

  get running(): boolean {
    return this.#state === "running";
  }

  get dead(): boolean {
    return this.#state === "dead";
  }

  nowMs(): number {
    return this.#clock.nowMs();
  }

  after(delayMs: number, task: () => void): () => void {
    let cancelled = false;
    const run = (): void => {
      if (cancelled || this.#state === "dead") return;
      if (this.#state === "paused") this.#waiting.push(run);
      else task();
    };
    const cancel = this.#clock.after(delayMs, run);
    return () => {
      cancelled = true;
      cancel();
    };
  }

  pause(): void {
    if (this.#state === "running") this.#state = "paused";
  }

  resume(): void {
    if (this.#state !== "paused") return;
    this.#state = "running";
    for (const task of this.#waiting.splice(0)) this.after(0, task);
  }

  kill(): void {
    this.#state = "dead";
  }
}
