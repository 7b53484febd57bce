import { lineOfSight } from "../physics/line-of-sight.ts";
import type { StaticGrid } from "../physics/static-grid.ts";
import { createSweepHit } from "../physics/sweep-hit.ts";
import { sweepCircle } from "../physics/sweep.ts";

/** A place, in the units of the game; `z` is left out, or 0, on a plane. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly z?: number;
}

/** What stands still and stops shots, as it is now. A game in three dimensions gives its own. */
export interface Walls {
  /** The share of the way, 0 to 1, that something of a radius gets before it meets a wall; 1 when it meets none. */
  reach(from: Place, to: Place, radius: number): number;
  /** Whether no wall lies between two places. */
  sees(from: Place, to: Place): boolean;
}

/** The obstacles of a grid as walls. */
export function gridWalls(grid: StaticGrid): Walls {
  const hit = createSweepHit();
  return {
    reach(from, to, radius) {
      return sweepCircle(grid, from.x, from.y, to.x - from.x, to.y - from.y, radius, hit) ? hit.time : 1;
    },
    sees: (from, to) => lineOfSight(grid, from.x, from.y, to.x, to.y),
  };
}
