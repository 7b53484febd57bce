import type { StaticGrid } from "./static-grid.ts";
import { deepestInGrid, type Penetration } from "./overlap.ts";
import type { Shape } from "./shape.ts";
import { createSweepHit } from "./sweep-hit.ts";
import { sweepPath } from "./sweep-path.ts";

/** Where a slide ended. One object is reused for many moves. */
export interface SlideResult {
  x: number;
  y: number;
  /** How many obstacle surfaces stopped a part of the motion. */
  contacts: number;
  /** The unit vector away from the first surface met; (0, 0) when the way was free. */
  normalX: number;
  normalY: number;
}

export function createSlideResult(): SlideResult {
  return { x: 0, y: 0, contacts: 0, normalX: 0, normalY: 0 };
}

/** A corner ends the motion at the second surface; the others are for round corners and rounding. */
const MAX_SLIDES = 5;
/** Enough to leave a corner of several boxes that a mover was put into. */
const MAX_PUSHES = 8;
/** As in the sweep: smaller inward parts are rounding errors. */
const GRAZING = 1e-9;

const hit = createSweepHit();
const penetration: Penetration = { depth: 0, normalX: 0, normalY: 0 };
const pastNormals = new Float64Array(MAX_SLIDES * 2);

/**
 * Moves a circle from (x, y) by (dx, dy); where it meets an obstacle it slides along the surface with what is left of
 * the motion (the slide move of Quake). It stops in corners and never turns back against the wanted direction.
 *
 * A mover that starts outside the obstacles ends outside them: it keeps `grid.skin` from surfaces, which also covers
 * the rounding of its position to the state grid afterwards. A mover that starts inside an obstacle (a bad spawn, a
 * teleport) is first pushed out the shortest way.
 */
export function moveAndSlide(
  grid: StaticGrid,
  x: number,
  y: number,
  dx: number,
  dy: number,
  radius: number,
  out: SlideResult,
): void {
  slide(grid, x, y, dx, dy, undefined, radius, out);
}

/** Moves a shape that does not turn on the way, otherwise like `moveAndSlide`. */
export function slideShape(
  grid: StaticGrid,
  x: number,
  y: number,
  dx: number,
  dy: number,
  shape: Shape,
  out: SlideResult,
): void {
  slide(grid, x, y, dx, dy, shape, shape.radius, out);
}

function slide(
  grid: StaticGrid,
  x: number,
  y: number,
  dx: number,
  dy: number,
  shape: Shape | undefined,
  radius: number,
  out: SlideResult,
): void {
  const reach = radius + grid.skin;
  out.x = x;
  out.y = y;
  out.contacts = 0;
  out.normalX = 0;
  out.normalY = 0;
  pushOut(grid, shape, radius, out);

  let restX = dx;
  let restY = dy;
  for (let leg = 0; leg < MAX_SLIDES; leg += 1) {
    if (restX === 0 && restY === 0) return;
    const isHit = sweepPath(grid, out.x, out.y, restX, restY, shape, reach, false, hit);
    out.x = hit.x;
    out.y = hit.y;
    if (!isHit) return;

    if (out.contacts === 0) {
      out.normalX = hit.normalX;
      out.normalY = hit.normalY;
    }
    pastNormals[out.contacts * 2] = hit.normalX;
    pastNormals[out.contacts * 2 + 1] = hit.normalY;
    out.contacts += 1;

    const left = 1 - hit.time;
    const inward = (restX * hit.normalX + restY * hit.normalY) * left;
    restX = restX * left - hit.normalX * inward;
    restY = restY * left - hit.normalY * inward;
    // Backwards or into a surface met earlier in this move: it is a corner, and the motion ends there.
    if (restX * dx + restY * dy <= 0) return;
    const tolerance = -GRAZING * Math.sqrt(restX * restX + restY * restY);
    for (let i = 0; i < out.contacts - 1; i += 1) {
      if (restX * pastNormals[i * 2] + restY * pastNormals[i * 2 + 1] < tolerance) return;
    }
  }
}

/** Leaves obstacles that the mover is deeper in than rounding explains. */
function pushOut(grid: StaticGrid, shape: Shape | undefined, radius: number, mover: SlideResult): void {
  const { x, y } = mover;
  const margin = grid.skin / 2;
  if (!deepestInGrid(grid, x, y, shape, radius + margin, penetration)) return;
  const startsInside = penetration.depth > margin;
  for (let push = 0; push < MAX_PUSHES && penetration.depth > 0; push += 1) {
    const distance = penetration.depth + margin;
    mover.x += penetration.normalX * distance;
    mover.y += penetration.normalY * distance;
    deepestInGrid(grid, mover.x, mover.y, shape, radius + margin, penetration);
  }
  // In a gap hardly wider than the mover, leaving one wall would mean entering the other.
  if (!startsInside && penetration.depth > margin) {
    mover.x = x;
    mover.y = y;
  }
}
