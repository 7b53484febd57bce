import { gapToOutline, nearestFace, outline, outlineOf } from "./shape-outline.ts";
import type { Shape } from "./shape.ts";
import type { StaticGrid } from "./static-grid.ts";

/** How deep a circle or a shape is in the obstacle it is deepest in, and the way out. One object is reused for many queries. */
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
  return deepestInGrid(grid, x, y, undefined, radius, out);
}

/** Finds the obstacle that a shape at (x, y) is deepest in, otherwise like `deepestOverlap`. */
export function deepestShapeOverlap(
  grid: StaticGrid,
  x: number,
  y: number,
  shape: Shape,
  out: Penetration,
): boolean {
  return deepestInGrid(grid, x, y, shape, shape.radius, out);
}

const scratch: Penetration = { depth: 0, normalX: 0, normalY: 0 };

/** Whether a circle at (x, y) overlaps an obstacle; touching does not count. For placing spawns, for example. */
export function overlapsCircle(grid: StaticGrid, x: number, y: number, radius: number): boolean {
  return deepestOverlap(grid, x, y, radius, scratch);
}

/** Whether a shape at (x, y) overlaps an obstacle; touching does not count. */
export function overlapsShape(grid: StaticGrid, x: number, y: number, shape: Shape): boolean {
  return deepestShapeOverlap(grid, x, y, shape, scratch);
}

/** For the core of a shape, or a point when there is none, grown by `radius`. */
export function deepestInGrid(
  grid: StaticGrid,
  x: number,
  y: number,
  shape: Shape | undefined,
  radius: number,
  out: Penetration,
): boolean {
  out.depth = 0;
  out.normalX = 0;
  out.normalY = 0;
  if (grid.count === 0) return false;
  const reachX = shape === undefined ? radius : shape.extentX + radius;
  const reachY = shape === undefined ? radius : shape.extentY + radius;
  const lastColumn = grid.columnOf(x + reachX);
  const lastRow = grid.rowOf(y + reachY);
  for (let row = grid.rowOf(y - reachY); row <= lastRow; row += 1) {
    for (let column = grid.columnOf(x - reachX); column <= lastColumn; column += 1) {
      const cell = row * grid.columns + column;
      const last = grid.cellStart[cell + 1];
      for (let i = grid.cellStart[cell]; i < last; i += 1) {
        if (shape === undefined) deepen(grid, grid.items[i], x, y, radius, out);
        else deepenShape(grid, grid.items[i], x, y, shape, radius, out);
      }
    }
  }
  return out.depth > 0;
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

const gap = { x: 0, y: 0 };

/** Takes one obstacle into account for the core of a shape grown by `radius`. */
export function deepenShape(
  grid: StaticGrid,
  index: number,
  x: number,
  y: number,
  shape: Shape,
  radius: number,
  out: Penetration,
): void {
  outlineOf(grid, index, shape);
  const fromX = x - outline.centreX;
  const fromY = y - outline.centreY;
  const round = radius + grid.round[index];
  const gapSquared = gapToOutline(fromX, fromY, gap);
  if (gapSquared > 0) {
    const distance = Math.sqrt(gapSquared);
    if (round - distance <= out.depth) return;
    out.depth = round - distance;
    out.normalX = gap.x / distance;
    out.normalY = gap.y / distance;
    return;
  }
  const depth = round + nearestFace(fromX, fromY, gap);
  if (depth <= out.depth) return;
  out.depth = depth;
  out.normalX = gap.x;
  out.normalY = gap.y;
}
