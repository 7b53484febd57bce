import { condition, type Condition } from "@tidelock/shared";
import { shownAt, walkers } from "./walkers.ts";
import { WALK_SPEED } from "./walkers-game.ts";

export const DISPLAYS_HZ = [30, 60, 120, 144, 165] as const;
export const TICK_RATES = [20, 30, 60] as const;
/** 100 ms there and back, 20 ms of jitter, every fiftieth frame lost. */
const PATH = condition({ latencyMs: 50, jitterMs: 20, lossPercent: 2 });
const SETTLED_MS = 8000;
const SECONDS = 12;
/** Walks so long one way, and then the other: turns are left out, for nobody can show them before they are known. */
const LEG_MS = 4000;
const TURN_MARGIN_MS = 1500;

/** How evenly steady motion is shown: largest and mean difference of a frame's motion from speed times frame time, in units. */
export interface MotionFigures {
  readonly ownMax: number;
  readonly ownMean: number;
  readonly remoteMax: number;
  readonly remoteMean: number;
}

/** Two walkers go to and fro at full speed; what their screens show from frame to frame is compared with how they move. */
export function measureMotion(
  displayHz: number,
  tickRate: number,
  seeds: readonly number[],
  path: Condition = PATH,
): MotionFigures {
  const errors = { own: { max: 0, sum: 0 }, remote: { max: 0, sum: 0 } };
  let frames = 0;
  for (const seed of seeds) {
    const { stepper, clients } = walkers({ seed, path, tickRate, framesPerSecond: displayHz });
    const last = new Map<(typeof clients)[number], { nowMs: number; places: ReturnType<typeof shownAt>[] }>();
    stepper.onFrame = (client, nowMs) => {
      const leg = Math.floor(nowMs / LEG_MS);
      client.input.moveX = leg % 2 === 0 ? 1 : -1;
      const before = last.get(client);
      const places = [true, false].map((mine) => shownAt(client, mine));
      last.set(client, { nowMs, places });
      if (nowMs < SETTLED_MS || nowMs - leg * LEG_MS < TURN_MARGIN_MS || before === undefined) return;
      frames++;
      for (const [i, error] of [errors.own, errors.remote].entries()) {
        const [from, to] = [before.places[i], places[i]];
        const moved = from && to ? Math.abs(to.x - from.x) : 0;
        const off = Math.abs(moved - (WALK_SPEED * (nowMs - before.nowMs)) / 1000);
        error.sum += off;
        error.max = Math.max(error.max, off);
      }
    };
    stepper.run(SETTLED_MS + SECONDS * 1000);
  }
  return {
    ownMax: errors.own.max,
    ownMean: errors.own.sum / frames,
    remoteMax: errors.remote.max,
    remoteMean: errors.remote.sum / frames,
  };
}
