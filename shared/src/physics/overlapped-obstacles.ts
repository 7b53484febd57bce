import { deepenShape, type Penetration } from "./overlap.ts";
import type { Shape } from "./shape.ts";
import type { StaticGrid } from "./static-grid.ts";

const scratch: Penetration = { depth: 0, normalX: 0, normalY: 0 };

/**
 * Writes the indexes of the obstacles that a shape at (x, y) overlaps into `out`, as many as it has room for, and returns
 * how many it wrote. Their order follows from the grid, the same on both sides; touching is not overlap.
 */
export function overlappedObstacles(
  grid: StaticGrid,
  x: number,
  y: number,
  shape: Shape,
  out: Int32Array,
): number {
  if (grid.count === 0) return 0;
  let count = 0;
  const firstColumn = grid.columnOf(x - shape.extentX - shape.radius);
  const lastColumn = grid.columnOf(x + shape.extentX + shape.radius);
  const firstRow = grid.rowOf(y - shape.extentY - shape.radius);
  const lastRow = grid.rowOf(y + shape.extentY + shape.radius);
  for (let row = firstRow; row <= lastRow; row += 1) {
    for (let column = firstColumn; column <= lastColumn; column += 1) {
      const cell = row * grid.columns + column;
      const last = grid.cellStart[cell + 1];
      for (let i = grid.cellStart[cell]; i < last && count < out.length; i += 1) {
        const index = grid.items[i];
        // An obstacle is in several cells; the first of them within the search is the one that counts.
        if (Math.max(firstColumn, grid.columnOf(grid.minX[index] - grid.round[index])) !== column) continue;
        if (Math.max(firstRow, grid.rowOf(grid.minY[index] - grid.round[index])) !== row) continue;
        scratch.depth = 0;
        deepenShape(grid, index, x, y, shape, shape.radius, scratch);
        if (scratch.depth <= 0) continue;
        out[count] = index;
        count += 1;
      }
    }
  }
  return count;
}
