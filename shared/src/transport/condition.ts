import { TidelockError } from "../errors/tidelock-error.ts";

/** What one direction of a path does to the frames on it. All of it is per direction: a round trip suffers twice. */
export interface Condition {
  /** One-way delay, milliseconds, 0 to 5000. */
  readonly latencyMs: number;
  /** Each frame waits up to this much longer, milliseconds, uniformly; order is kept, as routers' queues keep it. */
  readonly jitterMs: number;
  /** Frames lost independently of each other, percent, 0 to 100. */
  readonly lossPercent: number;
  /** Frames lost in bursts (Gilbert-Elliott), percent of all frames on average, 0 to 90. */
  readonly burstLossPercent: number;
  /** Mean length of a burst, frames, at least 1. */
  readonly burstFrames: number;
  /** Frames overtaken by those sent up to 30 ms later, percent. */
  readonly reorderPercent: number;
  /** Frames delivered twice, percent. */
  readonly duplicatePercent: number;
  /** Bytes the path carries in a second; 0: no limit. What would wait above 250 ms is lost. */
  readonly bytesPerSecond: number;
  /** Now and then the path holds everything, for 30% to 100% of this time, and lets it go together, milliseconds; 0: never. */
  readonly stallMs: number;
  /** From the end of one such stall to the next: 30% to 100% of this time, milliseconds. */
  readonly stallEveryMs: number;
}

/** A path that does nothing to its frames. */
export const NO_CONDITION: Condition = {
  latencyMs: 0,
  jitterMs: 0,
  lossPercent: 0,
  burstLossPercent: 0,
  burstFrames: 4,
  reorderPercent: 0,
  duplicatePercent: 0,
  bytesPerSecond: 0,
  stallMs: 0,
  stallEveryMs: 10_000,
};

/** The inclusive range of each number of a condition. */
const RANGES: Readonly<Record<keyof Condition, readonly [min: number, max: number]>> = {
  latencyMs: [0, 5000],
  jitterMs: [0, 5000],
  lossPercent: [0, 100],
  burstLossPercent: [0, 90],
  burstFrames: [1, 1000],
  reorderPercent: [0, 100],
  duplicatePercent: [0, 100],
  bytesPerSecond: [0, 1e9],
  stallMs: [0, 5000],
  stallEveryMs: [100, 600_000],
};

/** Fills in what `parts` leaves out; throws `config/condition` for a number outside its range. */
export function condition(parts: Partial<Condition>): Condition {
  const result = { ...NO_CONDITION, ...parts };
  for (const key of Object.keys(RANGES) as (keyof Condition)[]) {
    const [min, max] = RANGES[key];
    const value = result[key];
    if (!(value >= min && value <= max)) {
      throw new TidelockError(
        "config/condition",
        `Network condition: ${key} is ${value}, allowed is ${min} to ${max}.`,
      );
    }
  }
  return result;
}

/** Whether frames pass untouched. */
export function isOff(c: Condition): boolean {
  return (
    c.latencyMs === 0 &&
    c.jitterMs === 0 &&
    c.lossPercent === 0 &&
    c.burstLossPercent === 0 &&
    c.reorderPercent === 0 &&
    c.duplicatePercent === 0 &&
    c.bytesPerSecond === 0 &&
    c.stallMs === 0
  );
}
