import type { Condition } from "@tidelock/shared";
import { PlayoutClock, type PlayoutOptions } from "@tidelock/client/testing";
import { createPath } from "./path.ts";
import type { PathProfile } from "./simulated-path.ts";
import { Timeline } from "./timeline.ts";

export interface PlayoutMatch {
  readonly down: PathProfile | Condition;
  readonly seconds: number;
  readonly seed: number;
  readonly tickRate?: number;
  readonly snapshotRate?: number;
  readonly frameRate?: number;
  readonly options?: PlayoutOptions;
}

/** How others were shown from the third second on. */
export interface PlayoutFigures {
  /** Share of frames that had to go beyond the newest snapshot. */
  readonly extrapolatedShare: number;
  readonly frozenShare: number;
  readonly longestExtrapolationMs: number;
  readonly meanDelayMs: number;
  readonly minSpeed: number;
  readonly maxSpeed: number;
  readonly jumps: number;
  /** Mean change of speed from frame to frame: 0 is a perfectly even flow. */
  readonly unevenness: number;
}

const SETTLED_MS = 3000;

/** Sends snapshots down a path to a play-out clock that is asked every frame, in virtual time. */
export function playPlayoutMatch(match: PlayoutMatch): PlayoutFigures {
  const { tickRate = 60, snapshotRate = 30, frameRate = 60 } = match;
  const tickMs = 1000 / tickRate;
  const timeline = new Timeline();
  const down = createPath(match.down, match.seed);
  const playout = new PlayoutClock(tickRate, match.options);
  const step = Math.round(tickRate / snapshotRate);
  timeline.every(0, tickMs * step, (count) => {
    const arrivalMs = down.send(timeline.nowMs);
    if (arrivalMs !== undefined) timeline.at(arrivalMs, () => playout.observe(count * step, timeline.nowMs));
  });
  const sums = { frames: 0, extrapolated: 0, frozen: 0, delay: 0, change: 0 };
  const extremes = { extrapolation: 0, slow: Infinity, fast: 0 };
  let previousSpeed = 1;
  timeline.every(2.3, 1000 / frameRate, () => {
    playout.renderTick(timeline.nowMs);
    if (timeline.nowMs < SETTLED_MS) return;
    sums.frames++;
    if (playout.roomTicks < 0) sums.extrapolated++;
    if (playout.frozen) sums.frozen++;
    sums.delay += playout.delayMs;
    sums.change += Math.abs(playout.speed - previousSpeed);
    previousSpeed = playout.speed;
    extremes.extrapolation = Math.max(extremes.extrapolation, -playout.roomTicks * tickMs);
    extremes.slow = Math.min(extremes.slow, playout.speed);
    extremes.fast = Math.max(extremes.fast, playout.speed);
  });
  timeline.runUntil(match.seconds * 1000);
  return {
    extrapolatedShare: sums.extrapolated / sums.frames,
    frozenShare: sums.frozen / sums.frames,
    longestExtrapolationMs: extremes.extrapolation,
    meanDelayMs: sums.delay / sums.frames,
    minSpeed: extremes.slow,
    maxSpeed: extremes.fast,
    jumps: playout.jumps,
    unevenness: sums.change / sums.frames,
  };
}
