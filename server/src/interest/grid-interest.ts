import { checkDistance } from "./check-distance.ts";
import { GridCandidates } from "./grid-candidates.ts";
import type { ComposableInterest } from "./interest-policy.ts";
import { StagedInterest, type TeamInterest } from "./staged-interest.ts";

export interface GridInterestOptions {
  /** Entities this near to the viewer come into view; world units, above 0. */
  readonly radius: number;
  /**
   * Those in view leave it beyond this distance; from `radius`, default 1.15 times it. The gap keeps an
   * entity on the edge from coming and going every tick, each time paying for its full state.
   */
  readonly leaveRadius?: number;
  /** Side of a grid cell; between a 32nd of the radius and the radius, default a quarter of it. */
  readonly cell?: number;
  /** Names of entity types everyone sees wherever they are, such as a flag. Conditions hide them all the same. */
  readonly always?: readonly string[];
  /**
   * What is further away than this, in world units, is sent coarser and at a lower rate; above 0. Default: nothing
   * is. What is near becomes far only at 1.15 times the distance. A player's own entities are never far.
   */
  readonly far?: number;
  /**
   * What a player knows through its team. "members": what the members own, wherever it is. "share": all that any of
   * them sees, too. Default: nothing; players without a team never do.
   */
  readonly teams?: TeamInterest;
}

/** Wide enough that an entity at 1.0 radius and jittering stays; narrow enough to cost a third more area. */
const LEAVE_FACTOR = 1.15;
/** Small cells fit the circle better, large ones are fewer; the cost is flat from a half to a sixth. */
const CELLS_PER_RADIUS = 4;
const MOST_CELLS_PER_RADIUS = 32;

/**
 * Each client is told about what is near it: everything within `radius`, and what it saw before up to
 * `leaveRadius`, as far as conditions added by `and` allow. Its own entities are always in view. A query costs
 * what is near, not what exists.
 *
 * @example interest = gridInterest({ radius: 60, always: ["flag"] }).and(lineOfSight({ grid: walls }));
 * @throws TidelockError `room/interest-options` when a distance is out of its range, and `room/interest-type` at
 * the first tick when `always` names what is no entity type.
 */
export function gridInterest(options: GridInterestOptions): ComposableInterest {
  const { radius, leaveRadius = radius * LEAVE_FACTOR, cell = radius / CELLS_PER_RADIUS, far } = options;
  const check = (name: string, found: number, isAllowed: boolean, allowed: string): void =>
    checkDistance("gridInterest", name, found, isAllowed, allowed);
  const finest = radius / MOST_CELLS_PER_RADIUS;
  check("radius", radius, radius > 0 && radius < Infinity, "above 0");
  check(
    "leaveRadius",
    leaveRadius,
    leaveRadius >= radius && leaveRadius < Infinity,
    `from the radius, ${radius}`,
  );
  check("cell", cell, cell >= finest && cell <= radius, `${finest} to ${radius}`);
  if (far !== undefined) check("far", far, far > 0, "above 0");
  return new StagedInterest(new GridCandidates(radius, leaveRadius, cell, options.always ?? []), options);
}
