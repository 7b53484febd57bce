import type { Shape } from "./shape.ts";
import type { StaticGrid } from "./static-grid.ts";
import type { SweepHit } from "./sweep-hit.ts";
import { sweepPath } from "./sweep-path.ts";

/**
 * Moves a circle from (x, y) by (dx, dy) and writes the first contact into `out`. Returns whether there is one; when
 * not, `out` holds the end of the motion. Touching or running along an obstacle is no contact. A circle that already
 * overlaps an obstacle hits it at time 0 if the motion leads deeper, and may leave freely. A motion that is not finite
 * is treated as none.
 */
export function sweepCircle(
  grid: StaticGrid,
  x: number,
  y: number,
  dx: number,
  dy: number,
  radius: number,
  out: SweepHit,
): boolean {
  return sweepPath(grid, x, y, dx, dy, undefined, radius, false, out);
}

/** Moves a shape that does not turn on the way, otherwise like `sweepCircle`. */
export function sweepShape(
  grid: StaticGrid,
  x: number,
  y: number,
  dx: number,
  dy: number,
  shape: Shape,
  out: SweepHit,
): boolean {
  return sweepPath(grid, x, y, dx, dy, shape, shape.radius, false, out);
}

/**
 * Casts a ray from (x, y) to (x + dx, y + dy) and writes the first hit into `out`. A ray that starts inside an obstacle
 * hits it at time 0.
 */
export function raycast(
  grid: StaticGrid,
  x: number,
  y: number,
  dx: number,
  dy: number,
  out: SweepHit,
): boolean {
  return sweepPath(grid, x, y, dx, dy, undefined, 0, true, out);
}
