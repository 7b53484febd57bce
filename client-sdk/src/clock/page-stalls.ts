import type { Tick } from "@tidelock/shared";

/** Longer than this between two frames is no frame rate but a page that was busy with something else. */
const STALL_MS = 100;
/** Stalls that follow each other sooner are how this page runs, and have to be allowed for. */
const SELDOM_MS = 2000;

/**
 * Tells which reports of margins speak of the page and not of the path. Inputs that are made up for after a stall of the page arrive late, and one such moment
 * is no reason to run further ahead for the next minute.
 */
export class PageStalls {
  #lastFrameMs = Number.NaN;
  #lastStallMs = -Infinity;
  #madeUpTo: Tick = -1;
  #reported: Tick = -1;

  /** A frame makes the inputs up to `newest`. */
  frame(nowMs: number, newest: Tick): void {
    const isStall = nowMs - this.#lastFrameMs > STALL_MS;
    this.#lastFrameMs = nowMs;
    if (!isStall) return;
    if (nowMs - this.#lastStallMs > SELDOM_MS) this.#madeUpTo = newest;
    this.#lastStallMs = nowMs;
  }

  /** Takes a report that covers the inputs up to `newestInput` since the report before; true when some of them were made up for. */
  explains(newestInput: Tick): boolean {
    const isMixed = this.#reported < this.#madeUpTo;
    this.#reported = newestInput;
    return isMixed;
  }
}
