import { TICK_RATE } from "../shared/rules.ts";

/** Share of an error that goes away with each picture. */
const CORRECTION = 0.1;
/** Ticks; a larger error is no jitter. */
const LARGEST_ERROR = 4;

/** The tick that is shown, with parts of one, from the whole ticks of a session: poses move between two ticks as well. */
export class SmoothTick {
  #tick = -Infinity;
  #atMs = 0;

  at(tick: number, nowMs: number): number {
    const guess = this.#tick + ((nowMs - this.#atMs) * TICK_RATE) / 1000;
    // Whole ticks are half a tick behind on average.
    const error = tick + 0.5 - guess;
    this.#tick = Math.abs(error) > LARGEST_ERROR ? tick + 0.5 : guess + error * CORRECTION;
    this.#atMs = nowMs;
    return this.#tick;
  }
}
