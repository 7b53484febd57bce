import type { StaticGrid } from "./static-grid.ts";

/** How deep a circle is in the obstacle it is deepest in, and the way out. One object is reused for many queries. */
export interface Penetration {
  /** World units; 0 when nothing overlaps. */
  depth: number;
  normalX: number;
  normalY: number;
}

/** Finds the obstacle that a circle at (x, y) is deepest in. Returns whether it overlaps any; touching is not overlap. */
export function deepestOverlap(
  grid: StaticGrid,
  x: number,
  y: number,
  radius: number,
  out: Penetration,
): boolean {
  out.depth = 0;
  out.normalX = 0;
  out.normalY = 0;
  if (grid.count === 0) return false;
  const lastColumn = grid.columnOf(x + radius);
  const lastRow = grid.rowOf(y + radius);
  for (let row = grid.rowOf(y - radius); row <= lastRow; row += 1) {
    for (let column = grid.columnOf(x - radius); column <= lastColumn; column += 1) {
      const cell = row * grid.columns + column;
      const last = grid.cellStart[cell + 1];
      for (let i = grid.cellStart[cell]; i < last; i += 1) deepen(grid, grid.items[i], x, y, radius, out);
    }
  }
  return out.depth > 0;
}

const scratch: Penetration = { depth: 0, normalX: 0, normalY: 0 };

/** Whether a circle at (x, y) overlaps an obstacle; touching does not count. For placing spawns, for example. */
export function overlapsCircle(grid: StaticGrid, x: number, y: number, radius: number): boolean {
  return deepestOverlap(grid, x, y, radius, scratch);
}

function deepen(
  grid: StaticGrid,
  index: number,
  x: number,
  y: number,
  radius: number,
  out: Penetration,
): void {
  const minX = grid.minX[index];
  const minY = grid.minY[index];
  const maxX = grid.maxX[index];
  const maxY = grid.maxY[index];
  const reach = radius + grid.round[index];
  const gapX = x < minX ? x - minX : x > maxX ? x - maxX : 0;
  const gapY = y < minY ? y - minY : y > maxY ? y - maxY : 0;
  const gapSquared = gapX * gapX + gapY * gapY;
  if (gapSquared >= reach * reach && gapSquared > 0) return;
  if (gapSquared > 0) {
    const gap = Math.sqrt(gapSquared);
    if (reach - gap <= out.depth) return;
    out.depth = reach - gap;
    out.normalX = gapX / gap;
    out.normalY = gapY / gap;
    return;
  }
  const toLeft = x - minX;
  const toRight = maxX - x;
  const toBottom = y - minY;
  const toTop = maxY - y;
  const least = Math.min(toLeft, toRight, toBottom, toTop);
  if (reach + least <= out.depth) return;
  out.depth = reach + least;
  out.normalX = least === toLeft ? -1 : least === toRight ? 1 : 0;
  out.normalY = out.normalX !== 0 ? 0 : least === toBottom ? -1 : 1;
}
