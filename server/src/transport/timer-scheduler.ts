import type { Scheduler } from "@tidelock/shared";

/** Real time. Its timers never keep the process alive. */
export const timerScheduler: Scheduler = {
  nowMs: () => performance.now(),
  after: (delayMs, task) => {
    const timer = setTimeout(task, delayMs);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
