import { TidelockError } from "../errors/tidelock-error.ts";

/** How far a game lets players hit what they saw in the past. */
export interface LagCompensationOptions {
  /**
   * The furthest back that any query may look, in milliseconds; single weapons may look less far. Beyond it a player has to aim ahead.
   * Default: 300, which covers a round trip of 150 ms and what play-out and early inputs add to it. At most 40 ticks.
   */
  readonly maxRewindMs?: number;
}

/** Lag compensation as a compiled game holds it. */
export interface LagCompensation {
  readonly maxRewindMs: number;
  readonly maxRewindTicks: number;
}

const DEFAULT_REWIND_MS = 300;
/** Of the 64 ticks that are kept, the others are for the gap between the snapshots on either side of the moment. */
export const MAX_REWIND_TICKS = 40;

/** @throws TidelockError `schema/bad-lag-compensation` for a span that is not positive or is longer than the history. */
export function compileLagCompensation(
  game: string,
  tickRate: number,
  { maxRewindMs = DEFAULT_REWIND_MS }: LagCompensationOptions,
): LagCompensation {
  const maxRewindTicks = (maxRewindMs * tickRate) / 1000;
  if (!(maxRewindTicks > 0 && maxRewindTicks <= MAX_REWIND_TICKS))
    throw new TidelockError(
      "schema/bad-lag-compensation",
      `game "${game}" has a maxRewindMs of ${maxRewindMs}; at ${tickRate} ticks per second allowed is more than 0 up to ${Math.floor((MAX_REWIND_TICKS * 1000) / tickRate)} ms`,
    );
  return { maxRewindMs, maxRewindTicks };
}
