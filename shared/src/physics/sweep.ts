import type { StaticGrid } from "./static-grid.ts";
import type { SweepHit } from "./sweep-hit.ts";
import { sweepObstacle } from "./sweep-obstacle.ts";

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
  return sweep(grid, x, y, dx, dy, radius, false, out);
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
  return sweep(grid, x, y, dx, dy, 0, true, out);
}

function sweep(
  grid: StaticGrid,
  x: number,
  y: number,
  wantedX: number,
  wantedY: number,
  radius: number,
  solidStart: boolean,
  out: SweepHit,
): boolean {
  const lengthSquared = wantedX * wantedX + wantedY * wantedY;
  const isFinite = lengthSquared < Infinity;
  const dx = isFinite ? wantedX : 0;
  const dy = isFinite ? wantedY : 0;
  out.time = 1;
  out.normalX = 0;
  out.normalY = 0;
  out.obstacle = -1;

  // Only the part of the path that is near any obstacle is walked, in pieces of about one cell, so that the cost is
  // bounded by the size of the grid. The pieces only choose candidates; contact times come from the whole path, so
  // the result does not depend on the cells.
  let from = 0;
  let to = 1;
  if (dx !== 0) {
    const a = (grid.left - radius - x) / dx;
    const b = (grid.right + radius - x) / dx;
    from = Math.max(from, Math.min(a, b));
    to = Math.min(to, Math.max(a, b));
  } else if (x < grid.left - radius || x > grid.right + radius) {
    to = -1;
  }
  if (dy !== 0) {
    const a = (grid.bottom - radius - y) / dy;
    const b = (grid.top + radius - y) / dy;
    from = Math.max(from, Math.min(a, b));
    to = Math.min(to, Math.max(a, b));
  } else if (y < grid.bottom - radius || y > grid.top + radius) {
    to = -1;
  }
  if (from <= to && grid.count > 0) {
    const length = isFinite ? Math.sqrt(lengthSquared) * (to - from) : 0;
    // A straight path crosses no more cells than this; the bound also holds where rounding makes a tiny cell look far.
    const most = grid.columns + grid.rows;
    const pieces = Math.min(most, Math.max(1, Math.ceil(length / grid.cellSize)));
    const step = (to - from) / pieces;
    for (let piece = 0; piece < pieces; piece += 1) {
      const start = from + step * piece;
      const end = piece + 1 === pieces ? to : start + step;
      sweepPiece(grid, x, y, dx, dy, start, end, radius, solidStart, out);
      if (out.obstacle >= 0 && out.time <= end) break;
    }
  }
  out.x = x + dx * out.time;
  out.y = y + dy * out.time;
  return out.obstacle >= 0;
}

function sweepPiece(
  grid: StaticGrid,
  x: number,
  y: number,
  dx: number,
  dy: number,
  start: number,
  end: number,
  radius: number,
  solidStart: boolean,
  out: SweepHit,
): void {
  const startX = x + dx * start;
  const startY = y + dy * start;
  const endX = x + dx * end;
  const endY = y + dy * end;
  const firstColumn = grid.columnOf((startX < endX ? startX : endX) - radius);
  const lastColumn = grid.columnOf((startX < endX ? endX : startX) + radius);
  const firstRow = grid.rowOf((startY < endY ? startY : endY) - radius);
  const lastRow = grid.rowOf((startY < endY ? endY : startY) + radius);
  for (let row = firstRow; row <= lastRow; row += 1) {
    for (let column = firstColumn; column <= lastColumn; column += 1) {
      const cell = row * grid.columns + column;
      const last = grid.cellStart[cell + 1];
      for (let i = grid.cellStart[cell]; i < last; i += 1) {
        sweepObstacle(grid, grid.items[i], x, y, dx, dy, radius, solidStart, out);
      }
    }
  }
}
