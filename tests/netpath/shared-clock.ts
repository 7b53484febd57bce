/** Milliseconds on a clock that all processes of this machine share, whatever their namespace. */
export const sharedClockMs = (): number => Number(process.hrtime.bigint()) / 1e6;

/** Two frames missed: the process, or the machine, did something else. */
export const STALL_MS = 50;
