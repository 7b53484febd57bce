import type { StaticGrid } from "./static-grid.ts";
import type { SweepHit } from "./sweep-hit.ts";

/**
 * A motion whose inward part is below this fraction of its length runs along the surface. Clipping a motion against a
 * wall leaves rounding errors of about 1e-16; without the tolerance they would count as running into that wall again.
 */
export const GRAZING = 1e-9;

/**
 * Sweeps a circle against one obstacle: the same as a ray against the obstacle grown by the radius, which is a box with
 * round corners. Writes into `hit` when this contact is earlier than the one already there (the lower index wins ties).
 *
 * @param solidStart a start inside the obstacle is a hit at time 0 whatever the direction; otherwise only when the
 * motion leads deeper, so that what overlaps can leave.
 */
export function sweepObstacle(
  grid: StaticGrid,
  index: number,
  x: number,
  y: number,
  dx: number,
  dy: number,
  radius: number,
  solidStart: boolean,
  hit: SweepHit,
): void {
  const minX = grid.minX[index];
  const minY = grid.minY[index];
  const maxX = grid.maxX[index];
  const maxY = grid.maxY[index];
  const reach = radius + grid.round[index];

  const nearX = x < minX ? minX : x > maxX ? maxX : x;
  const nearY = y < minY ? minY : y > maxY ? maxY : y;
  const gapX = x - nearX;
  const gapY = y - nearY;
  const gapSquared = gapX * gapX + gapY * gapY;
  if (gapSquared <= reach * reach) {
    startTouching(grid, index, x, y, dx, dy, reach, gapX, gapY, gapSquared, solidStart, hit);
    return;
  }

  // Slabs of the box grown by `reach`: when the path is between the left and right, bottom and top edges.
  let enterX = -Infinity;
  let leaveX = Infinity;
  if (dx !== 0) {
    const toMin = (minX - reach - x) / dx;
    const toMax = (maxX + reach - x) / dx;
    enterX = dx > 0 ? toMin : toMax;
    leaveX = dx > 0 ? toMax : toMin;
  } else if (x <= minX - reach || x >= maxX + reach) {
    return;
  }
  let enterY = -Infinity;
  let leaveY = Infinity;
  if (dy !== 0) {
    const toMin = (minY - reach - y) / dy;
    const toMax = (maxY + reach - y) / dy;
    enterY = dy > 0 ? toMin : toMax;
    leaveY = dy > 0 ? toMax : toMin;
  } else if (y <= minY - reach || y >= maxY + reach) {
    return;
  }
  const enter = enterX > enterY ? enterX : enterY;
  const leave = leaveX < leaveY ? leaveX : leaveY;
  if (enter >= leave || leave <= 0 || enter > 1) return;

  let cornerX = nearX;
  let cornerY = nearY;
  if (enter >= 0) {
    if (enterX > enterY) {
      const atY = y + dy * enter;
      if (reach === 0 || (atY >= minY && atY <= maxY)) {
        accept(hit, index, enter, dx > 0 ? -1 : 1, 0);
        return;
      }
      cornerX = dx > 0 ? minX : maxX;
      cornerY = atY < minY ? minY : maxY;
    } else {
      const atX = x + dx * enter;
      if (reach === 0 || (atX >= minX && atX <= maxX)) {
        accept(hit, index, enter, 0, dy > 0 ? -1 : 1);
        return;
      }
      cornerX = atX < minX ? minX : maxX;
      cornerY = dy > 0 ? minY : maxY;
    }
  }
  // A path that enters the grown box beside a round corner and misses that corner's circle leaves without contact.
  sweepCorner(index, x - cornerX, y - cornerY, dx, dy, reach, hit);
}

/** A ray from (fx, fy) against the circle of radius `reach` about the origin. */
export function sweepCorner(
  index: number,
  fx: number,
  fy: number,
  dx: number,
  dy: number,
  reach: number,
  hit: SweepHit,
): void {
  const approach = fx * dx + fy * dy;
  if (approach >= 0) return;
  const excess = fx * fx + fy * fy - reach * reach;
  const discriminant = approach * approach - (dx * dx + dy * dy) * excess;
  if (discriminant <= 0) return;
  // The smaller root in the form that does not subtract nearly equal numbers.
  const time = excess / (Math.sqrt(discriminant) - approach);
  if (!(time >= 0 && time <= 1)) return;
  const atX = fx + dx * time;
  const atY = fy + dy * time;
  const length = Math.sqrt(atX * atX + atY * atY);
  accept(hit, index, time, atX / length, atY / length);
}

function startTouching(
  grid: StaticGrid,
  index: number,
  x: number,
  y: number,
  dx: number,
  dy: number,
  reach: number,
  gapX: number,
  gapY: number,
  gapSquared: number,
  solidStart: boolean,
  hit: SweepHit,
): void {
  let normalX: number;
  let normalY: number;
  let inside: boolean;
  if (gapSquared > 0) {
    const gap = Math.sqrt(gapSquared);
    normalX = gapX / gap;
    normalY = gapY / gap;
    inside = gapSquared < reach * reach;
  } else {
    // The centre is in the box itself: the way out is through the nearest face.
    const toLeft = x - grid.minX[index];
    const toRight = grid.maxX[index] - x;
    const toBottom = y - grid.minY[index];
    const toTop = grid.maxY[index] - y;
    const least = Math.min(toLeft, toRight, toBottom, toTop);
    normalX = least === toLeft ? -1 : least === toRight ? 1 : 0;
    normalY = normalX !== 0 ? 0 : least === toBottom ? -1 : 1;
    inside = least > 0 || reach > 0;
  }
  const inward = dx * normalX + dy * normalY;
  const isGrazing = inward >= 0 || inward * inward <= GRAZING * GRAZING * (dx * dx + dy * dy);
  if (isGrazing && !(solidStart && inside)) return;
  accept(hit, index, 0, normalX, normalY);
}

/** Takes a contact that is earlier than the one already there; the lower index wins ties. */
export function accept(hit: SweepHit, index: number, time: number, normalX: number, normalY: number): void {
  if (hit.obstacle >= 0 && (time > hit.time || (time === hit.time && index >= hit.obstacle))) return;
  hit.time = time;
  hit.normalX = normalX;
  hit.normalY = normalY;
  hit.obstacle = index;
}
