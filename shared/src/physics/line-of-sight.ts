import type { StaticGrid } from "./static-grid.ts";

/** Share of a cell by which the walk looks beside the line, so that rounding at the edge of a cell loses nobody. */
const BESIDE = 1e-9;

const NOTHING = -1;

/**
 * Whether no obstacle lies between two points, the same in both directions. Touching an edge or running along it does
 * not block. From inside an obstacle nothing is seen, and nothing sees in; nothing is seen from or at a point that is
 * not finite.
 *
 * Unlike a raycast it does not ask which obstacle comes first, and ends at any: several times cheaper.
 */
export function lineOfSight(grid: StaticGrid, x: number, y: number, toX: number, toY: number): boolean {
  return Number.isFinite(x + y + toX + toY) && obstacleBetween(grid, x, y, toX, toY) === NOTHING;
}

/**
 * The index of any obstacle that lies between two points, or -1; see `lineOfSight`. Lines that are drawn again and
 * again, or beside each other, are mostly blocked by the same one: try the last as `likely` first.
 */
export function obstacleBetween(
  grid: StaticGrid,
  x: number,
  y: number,
  toX: number,
  toY: number,
  likely: number = NOTHING,
): number {
  // One order of the two points for both questions: rounding cannot make A see B while B does not see A.
  return x < toX || (x === toX && y <= toY)
    ? find(grid, x, y, toX, toY, likely)
    : find(grid, toX, toY, x, y, likely);
}

/** The same for points in ascending x. */
function find(grid: StaticGrid, x: number, y: number, toX: number, toY: number, likely: number): number {
  const dx = toX - x;
  const dy = toY - y;
  if (toX < grid.left || x > grid.right || grid.count === 0) return NOTHING;
  if ((y < toY ? toY : y) < grid.bottom || (y < toY ? y : toY) > grid.top) return NOTHING;
  if (likely >= 0 && likely < grid.count && blocks(grid, likely, x, y, dx, dy)) return likely;
  const { cellSize, left, columns, cellStart, items } = grid;
  const beside = cellSize * BESIDE;
  const slope = dx === 0 ? 0 : dy / dx;
  const lastColumn = grid.columnOf(toX);
  for (let column = grid.columnOf(x); column <= lastColumn; column += 1) {
    // The part of the line in this column of cells, and the rows of cells that it passes.
    const columnX = left + column * cellSize;
    let fromY = y;
    let endY = toY;
    if (columnX - beside > x) fromY = y + slope * (columnX - beside - x);
    if (columnX + cellSize + beside < toX) endY = y + slope * (columnX + cellSize + beside - x);
    const lastRow = grid.rowOf((fromY < endY ? endY : fromY) + beside);
    for (let row = grid.rowOf((fromY < endY ? fromY : endY) - beside); row <= lastRow; row += 1) {
      const cell = row * columns + column;
      const end = cellStart[cell + 1];
      for (let i = cellStart[cell]; i < end; i += 1)
        if (blocks(grid, items[i], x, y, dx, dy)) return items[i];
    }
  }
  return NOTHING;
}

/** Whether a line passes through the inside of an obstacle: a box with round corners. */
function blocks(grid: StaticGrid, index: number, x: number, y: number, dx: number, dy: number): boolean {
  const minX = grid.minX[index];
  const minY = grid.minY[index];
  const maxX = grid.maxX[index];
  const maxY = grid.maxY[index];
  const round = grid.round[index];
  if (!crosses(minX - round, minY - round, maxX + round, maxY + round, x, y, dx, dy)) return false;
  if (round === 0) return true;
  // A box with round corners is two boxes that cross, and four circles.
  return (
    crosses(minX - round, minY, maxX + round, maxY, x, y, dx, dy) ||
    crosses(minX, minY - round, maxX, maxY + round, x, y, dx, dy) ||
    comesNear(minX, minY, round, x, y, dx, dy) ||
    comesNear(minX, maxY, round, x, y, dx, dy) ||
    comesNear(maxX, minY, round, x, y, dx, dy) ||
    comesNear(maxX, maxY, round, x, y, dx, dy)
  );
}

/** Whether a line has a part inside a box. */
function crosses(
  minX: number,
  minY: number,
  maxX: number,
  maxY: number,
  x: number,
  y: number,
  dx: number,
  dy: number,
): boolean {
  let enter = 0;
  let leave = 1;
  if (dx !== 0) {
    // Points are in ascending x, so that it enters on the left.
    enter = Math.max(enter, (minX - x) / dx);
    leave = Math.min(leave, (maxX - x) / dx);
  } else if (x <= minX || x >= maxX) return false;
  if (dy !== 0) {
    const toMin = (minY - y) / dy;
    const toMax = (maxY - y) / dy;
    enter = Math.max(enter, dy > 0 ? toMin : toMax);
    leave = Math.min(leave, dy > 0 ? toMax : toMin);
  } else if (y <= minY || y >= maxY) return false;
  return enter < leave;
}

/** Whether a line comes nearer to a point than `distance`. */
function comesNear(
  pointX: number,
  pointY: number,
  distance: number,
  x: number,
  y: number,
  dx: number,
  dy: number,
): boolean {
  const alongLine = (pointX - x) * dx + (pointY - y) * dy;
  const lengthSquared = dx * dx + dy * dy;
  const time = lengthSquared > 0 ? Math.max(0, Math.min(1, alongLine / lengthSquared)) : 0;
  const gapX = x + dx * time - pointX;
  const gapY = y + dy * time - pointY;
  return gapX * gapX + gapY * gapY < distance * distance;
}
