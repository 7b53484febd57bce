import type { Shape } from "./shape.ts";
import type { StaticGrid } from "./static-grid.ts";
import type { SweepHit } from "./sweep-hit.ts";
import { sweepObstacle } from "./sweep-obstacle.ts";
import { sweepShapeObstacle } from "./sweep-shape-obstacle.ts";

/**
 * Sweeps the core of a shape, or a point when there is none, grown by `radius`, past the obstacles near its path.
 *
 * @param solidStart for a point: a start inside an obstacle is a hit at time 0 whatever the direction.
 */
export function sweepPath(
  grid: StaticGrid,
  x: number,
  y: number,
  wantedX: number,
  wantedY: number,
  shape: Shape | undefined,
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
  const reachX = shape === undefined ? radius : shape.extentX + radius;
  const reachY = shape === undefined ? radius : shape.extentY + radius;

  // Only the part of the path that is near any obstacle is walked, in pieces of about one cell, so that the cost is
  // bounded by the size of the grid. The pieces only choose candidates; contact times come from the whole path, so
  // the result does not depend on the cells.
  let from = 0;
  let to = 1;
  if (dx !== 0) {
    const a = (grid.left - reachX - x) / dx;
    const b = (grid.right + reachX - x) / dx;
    from = Math.max(from, Math.min(a, b));
    to = Math.min(to, Math.max(a, b));
  } else if (x < grid.left - reachX || x > grid.right + reachX) {
    to = -1;
  }
  if (dy !== 0) {
    const a = (grid.bottom - reachY - y) / dy;
    const b = (grid.top + reachY - y) / dy;
    from = Math.max(from, Math.min(a, b));
    to = Math.min(to, Math.max(a, b));
  } else if (y < grid.bottom - reachY || y > grid.top + reachY) {
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
      sweepPiece(grid, x, y, dx, dy, start, end, shape, radius, solidStart, out);
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
  shape: Shape | undefined,
  radius: number,
  solidStart: boolean,
  out: SweepHit,
): void {
  const reachX = shape === undefined ? radius : shape.extentX + radius;
  const reachY = shape === undefined ? radius : shape.extentY + radius;
  const startX = x + dx * start;
  const startY = y + dy * start;
  const endX = x + dx * end;
  const endY = y + dy * end;
  const firstColumn = grid.columnOf((startX < endX ? startX : endX) - reachX);
  const lastColumn = grid.columnOf((startX < endX ? endX : startX) + reachX);
  const firstRow = grid.rowOf((startY < endY ? startY : endY) - reachY);
  const lastRow = grid.rowOf((startY < endY ? endY : startY) + reachY);
  for (let row = firstRow; row <= lastRow; row += 1) {
    for (let column = firstColumn; column <= lastColumn; column += 1) {
      const cell = row * grid.columns + column;
      const last = grid.cellStart[cell + 1];
      for (let i = grid.cellStart[cell]; i < last; i += 1) {
        if (shape === undefined) sweepObstacle(grid, grid.items[i], x, y, dx, dy, radius, solidStart, out);
        else sweepShapeObstacle(grid, grid.items[i], x, y, dx, dy, shape, radius, out);
      }
    }
  }
}
