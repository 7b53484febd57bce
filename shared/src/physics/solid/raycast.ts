import { Shape3 } from "./shape.ts";
import type { StaticGrid3 } from "./static-grid.ts";
import { createSweepHit3, type SweepHit3 } from "./sweep-hit.ts";
import { sweepSolid } from "./sweep-solid.ts";
import { sweepPath3 } from "./sweep.ts";

const point = new Shape3(0, 0, 0, 0);

/**
 * Casts a ray from (x, y, z) to (x + dx, y + dy, z + dz) and writes the first hit into `out`. A ray that starts inside a
 * solid hits it at time 0.
 */
export function raycast3(
  grid: StaticGrid3,
  x: number,
  y: number,
  z: number,
  dx: number,
  dy: number,
  dz: number,
  out: SweepHit3,
): boolean {
  return sweepPath3(grid, x, y, z, dx, dy, dz, point, 0, true, out);
}

const single = createSweepHit3();

/**
 * Casts a ray through everything and writes the hits into `out`, nearest first: where the ray enters each solid, once per
 * solid. Returns how many there are; of more than `out` has room for, the nearest are kept.
 */
export function raycastAll3(
  grid: StaticGrid3,
  x: number,
  y: number,
  z: number,
  dx: number,
  dy: number,
  dz: number,
  out: readonly SweepHit3[],
): number {
  let count = 0;
  if (!(dx * dx + dy * dy + dz * dz < Infinity) || out.length === 0) return count;
  // Every solid is looked at: what one ray passes lies all over the grid, and a look at the bounds is cheap.
  for (let index = 0; index < grid.count; index += 1) {
    if (!passes(grid, index, x, dx, 0) || !passes(grid, index, y, dy, 1) || !passes(grid, index, z, dz, 2))
      continue;
    single.obstacle = -1;
    sweepSolid(grid, index, x, y, z, dx, dy, dz, point, 0, true, single);
    if (single.obstacle < 0) continue;
    single.x = x + dx * single.time;
    single.y = y + dy * single.time;
    single.z = z + dz * single.time;
    count = insert(out, count);
  }
  return count;
}

/** Whether the ray's own bounds and the solid's meet along an axis. */
function passes(grid: StaticGrid3, index: number, from: number, by: number, axis: number): boolean {
  const low = by < 0 ? from + by : from;
  const high = by < 0 ? from : from + by;
  return high >= grid.min[index * 3 + axis] && low <= grid.max[index * 3 + axis];
}

function insert(out: readonly SweepHit3[], count: number): number {
  let place = count;
  // Solids come by index: of two at one distance the earlier stays in front.
  while (place > 0 && single.time < out[place - 1].time) place -= 1;
  if (place === out.length) return count;
  const end = Math.min(count, out.length - 1);
  for (let i = end; i > place; i -= 1) Object.assign(out[i], out[i - 1]);
  Object.assign(out[place], single);
  return end + 1;
}
