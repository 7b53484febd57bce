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
  const isOrdered = x < toX || (x === toX && y <= toY);
  line.x = isOrdered ? x : toX;
  line.y = isOrdered ? y : toY;
  line.dx = isOrdered ? toX - x : x - toX;
  line.dy = isOrdered ? toY - y : y - toY;
  return find(grid, likely);
}

/** The line being looked along, in ascending x. One object: fractions passed by value are allocated on every call. */
const line = { x: 0.5, y: 0.5, dx: 0.5, dy: 0.5 };

function find(grid: StaticGrid, likely: number): number {
  const { x, y, dx, dy } = line;
  const toX = x + dx;
  const toY = y + dy;
  if (toX < grid.left || x > grid.right || grid.count === 0) return NOTHING;
  if ((y < toY ? toY : y) < grid.bottom || (y < toY ? y : toY) > grid.top) return NOTHING;
  if (likely >= 0 && likely < grid.count && blocks(grid, likely)) return likely;
  const { cellSize, left, bottom, columns, rows, cellStart, items } = grid;
  const beside = cellSize * BESIDE;
  const slope = dx === 0 ? 0 : dy / dx;
  const firstColumn = cellIndex((x - left) / cellSize, columns);
  const lastColumn = cellIndex((toX - left) / cellSize, columns);
  for (let column = firstColumn; column <= lastColumn; column += 1) {
    // The part of the line in this column of cells, and the rows of cells that it passes.
    const columnX = left + column * cellSize;
    let fromY = y;
    let endY = toY;
    if (columnX - beside > x) fromY = y + slope * (columnX - beside - x);
    if (columnX + cellSize + beside < toX) endY = y + slope * (columnX + cellSize + beside - x);
    const firstRow = cellIndex(((fromY < endY ? fromY : endY) - beside - bottom) / cellSize, rows);
    const lastRow = cellIndex(((fromY < endY ? endY : fromY) + beside - bottom) / cellSize, rows);
    for (let row = firstRow; row <= lastRow; row += 1) {
      const cell = row * columns + column;
      const end = cellStart[cell + 1];
      for (let i = cellStart[cell]; i < end; i += 1) if (blocks(grid, items[i])) return items[i];
    }
  }
  return NOTHING;
}

/** A place in cells as the index of one, held inside the grid. */
function cellIndex(place: number, count: number): number {
  return place <= 0 ? 0 : place >= count ? count - 1 : Math.floor(place);
}

/** Whether the line passes through the inside of an obstacle: a box with round corners. */
function blocks(grid: StaticGrid, index: number): boolean {
  const round = grid.round[index];
  if (!crosses(grid, index, round, round)) return false;
  if (round === 0) return true;
  // A box with round corners is two boxes that cross, and four circles.
  return (
    crosses(grid, index, round, 0) ||
    crosses(grid, index, 0, round) ||
    comesNear(grid.minX, grid.minY, grid.round, index) ||
    comesNear(grid.minX, grid.maxY, grid.round, index) ||
    comesNear(grid.maxX, grid.minY, grid.round, index) ||
    comesNear(grid.maxX, grid.maxY, grid.round, index)
  );
}

/** Whether the line has a part inside the box of an obstacle, grown by so much in x and in y. */
function crosses(grid: StaticGrid, index: number, growX: number, growY: number): boolean {
  const { x, y, dx, dy } = line;
  const minX = grid.minX[index] - growX;
  const minY = grid.minY[index] - growY;
  const maxX = grid.maxX[index] + growX;
  const maxY = grid.maxY[index] + growY;
  let enter = 0;
  let leave = 1;
  if (dx !== 0) {
    // The line is in ascending x, so that it enters on the left.
    const toMin = (minX - x) / dx;
    const toMax = (maxX - x) / dx;
    if (toMin > enter) enter = toMin;
    if (toMax < leave) leave = toMax;
  } else if (x <= minX || x >= maxX) return false;
  if (dy !== 0) {
    const toMin = ((dy > 0 ? minY : maxY) - y) / dy;
    const toMax = ((dy > 0 ? maxY : minY) - y) / dy;
    if (toMin > enter) enter = toMin;
    if (toMax < leave) leave = toMax;
  } else if (y <= minY || y >= maxY) return false;
  return enter < leave;
}

/** Whether the line comes nearer to a corner of an obstacle than its rounding reaches. */
function comesNear(
  cornerX: Float64Array,
  cornerY: Float64Array,
  rounding: Float64Array,
  index: number,
): boolean {
  const { x, y, dx, dy } = line;
  const toX = cornerX[index] - x;
  const toY = cornerY[index] - y;
  const lengthSquared = dx * dx + dy * dy;
  const along = lengthSquared > 0 ? (toX * dx + toY * dy) / lengthSquared : 0;
  const time = along <= 0 ? 0 : along >= 1 ? 1 : along;
  const gapX = dx * time - toX;
  const gapY = dy * time - toY;
  return gapX * gapX + gapY * gapY < rounding[index] * rounding[index];
}
