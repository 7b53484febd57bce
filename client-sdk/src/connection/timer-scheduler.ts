import type { Scheduler } from "@tidelock/shared";

/** Real time: the page's monotonic clock and its timers. */
export const timerScheduler: Scheduler = {
  nowMs: () => performance.now(),
  after: (delayMs, task) => {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
};
