import type { Tick } from "../tick/tick.ts";

/**
 * Steps per tick in which a client says which moment of the past it was looking at. What moves at 10 units a second in a room of 60
 * ticks covers 3 thousandths of a unit in one step. At 8 steps 8 in 1000 shots near the edge of a target were judged otherwise than
 * shown for this reason alone, at 32 steps 3, at 128 steps 1; each doubling costs a bit or two per input where frames and ticks differ.
 */
export const VIEW_STEPS_PER_TICK = 64;
export const VIEW_BITS = 13;
/** The distance of an input whose player was shown nothing yet, or nothing of the last 128 ticks. */
export const NO_VIEW = (1 << VIEW_BITS) - 1;

/** How far beyond the newest snapshot a client may have seen what it shot at, in milliseconds: a guess any longer is nothing to aim at. */
export const MAX_GUESS_MS = 150;

/** How far the moment that was shown lies before the tick that an input is for, in steps: 0 to NO_VIEW. */
export function viewDistance(tick: Tick, moment: number): number {
  const steps = (tick * VIEW_STEPS_PER_TICK - Math.floor(moment * VIEW_STEPS_PER_TICK)) | 0;
  return steps < 0 || steps > NO_VIEW || !(moment >= 0) ? NO_VIEW : steps;
}

/** The moment, in ticks with a fraction, that lies so far before a tick; NaN for NO_VIEW. */
export function viewMoment(tick: Tick, distance: number): number {
  return distance === NO_VIEW ? Number.NaN : tick - distance / VIEW_STEPS_PER_TICK;
}
