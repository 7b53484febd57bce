/** Time of day in milliseconds, with fractions: what Node and Chromium on one machine agree on, whatever their namespace. */
export const sharedClockMs = (): number => performance.timeOrigin + performance.now();

/** Two frames missed: the process, or the machine, did something else. */
export const STALL_MS = 50;
