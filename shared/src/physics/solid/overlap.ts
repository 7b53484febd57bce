import { gapAt, setRoundPair, worldGap } from "./round-pair.ts";
import type { Shape3 } from "./shape.ts";
import { findWayOut, slabs, slabsOf, wayOut } from "./slabs.ts";
import type { StaticGrid3 } from "./static-grid.ts";

/** How deep a shape is in the solid it is deepest in, and the way out. One object is reused for many queries. */
export interface Penetration3 {
  /** World units; 0 when nothing overlaps. */
  depth: number;
  normalX: number;
  normalY: number;
  normalZ: number;
}

export function createPenetration3(): Penetration3 {
  return { depth: 0, normalX: 0, normalY: 0, normalZ: 0 };
}

/** As in the sweep: cores that are nearer than this meet. */
const TOUCH = 1e-9;

/** Finds the solid that a shape at (x, y, z) is deepest in. Returns whether it overlaps any; touching is not overlap. */
export function deepestShapeOverlap3(
  grid: StaticGrid3,
  x: number,
  y: number,
  z: number,
  shape: Shape3,
  out: Penetration3,
): boolean {
  return deepestInGrid3(grid, x, y, z, shape, 0, out);
}

const scratch = createPenetration3();

/** Whether a shape at (x, y, z) overlaps a solid; touching does not count. For placing spawns, for example. */
export function overlapsShape3(grid: StaticGrid3, x: number, y: number, z: number, shape: Shape3): boolean {
  return deepestInGrid3(grid, x, y, z, shape, 0, scratch);
}

const first = new Int32Array(3);
const last = new Int32Array(3);

function findCells(grid: StaticGrid3, place: number, shape: Shape3, margin: number, axis: number): void {
  const reach = shape.extent[axis] + shape.radius + margin;
  first[axis] = grid.cellOf(place - reach, axis);
  last[axis] = grid.cellOf(place + reach, axis);
}

/** For a shape grown by `margin`. */
export function deepestInGrid3(
  grid: StaticGrid3,
  x: number,
  y: number,
  z: number,
  shape: Shape3,
  margin: number,
  out: Penetration3,
): boolean {
  clear(out);
  if (grid.count === 0) return false;
  findCells(grid, x, shape, margin, 0);
  findCells(grid, y, shape, margin, 1);
  findCells(grid, z, shape, margin, 2);
  for (let k = first[2]; k <= last[2]; k += 1)
    for (let j = first[1]; j <= last[1]; j += 1)
      for (let i = first[0]; i <= last[0]; i += 1) {
        const cell = (k * grid.cells[1] + j) * grid.cells[0] + i;
        const end = grid.cellStart[cell + 1];
        for (let item = grid.cellStart[cell]; item < end; item += 1)
          deepen(grid, grid.items[item], x, y, z, shape, margin, out);
      }
  return out.depth > 0;
}

/**
 * Writes the indexes of the solids that a shape at (x, y, z) overlaps into `out`, as many as it has room for, and returns
 * how many it wrote. Their order follows from the grid, the same on both sides; touching is not overlap.
 */
export function overlappedObstacles3(
  grid: StaticGrid3,
  x: number,
  y: number,
  z: number,
  shape: Shape3,
  out: Int32Array,
): number {
  if (grid.count === 0) return 0;
  let count = 0;
  findCells(grid, x, shape, 0, 0);
  findCells(grid, y, shape, 0, 1);
  findCells(grid, z, shape, 0, 2);
  for (let k = first[2]; k <= last[2]; k += 1)
    for (let j = first[1]; j <= last[1]; j += 1)
      for (let i = first[0]; i <= last[0]; i += 1) {
        const cell = (k * grid.cells[1] + j) * grid.cells[0] + i;
        const end = grid.cellStart[cell + 1];
        for (let item = grid.cellStart[cell]; item < end && count < out.length; item += 1) {
          const index = grid.items[item];
          if (!isFirstCell(grid, index, 0, i) || !isFirstCell(grid, index, 1, j)) continue;
          if (!isFirstCell(grid, index, 2, k)) continue;
          clear(scratch);
          deepen(grid, index, x, y, z, shape, 0, scratch);
          if (scratch.depth <= 0) continue;
          out[count] = index;
          count += 1;
        }
      }
  return count;
}

/** A solid is in several cells; the first of them within the search is the one that counts. */
function isFirstCell(grid: StaticGrid3, index: number, axis: number, cell: number): boolean {
  return Math.max(first[axis], grid.cellOf(grid.min[index * 3 + axis], axis)) === cell;
}

function clear(out: Penetration3): void {
  out.depth = 0;
  out.normalX = 0;
  out.normalY = 0;
  out.normalZ = 0;
}

/** Takes one solid into account for a shape grown by `margin`. */
function deepen(
  grid: StaticGrid3,
  index: number,
  x: number,
  y: number,
  z: number,
  shape: Shape3,
  margin: number,
  out: Penetration3,
): void {
  const at = index * 3;
  const { min, max, centre } = grid;
  const { extent, radius } = shape;
  const reach = radius + margin;
  if (x + extent[0] + reach < min[at] || x - extent[0] - reach > max[at]) return;
  if (y + extent[1] + reach < min[at + 1] || y - extent[1] - reach > max[at + 1]) return;
  if (z + extent[2] + reach < min[at + 2] || z - extent[2] - reach > max[at + 2]) return;
  const fromX = x - centre[at];
  const fromY = y - centre[at + 1];
  const fromZ = z - centre[at + 2];
  const round = radius + grid.round[index];
  if (round > 0) {
    setRoundPair(grid, index, shape, fromX, fromY, fromZ, 0, 0, 0);
    const distance = gapAt(0);
    if (distance >= TOUCH) {
      const depth = round + margin - distance;
      if (depth <= out.depth) return;
      out.depth = depth;
      out.normalX = worldGap(0) / distance + 0;
      out.normalY = worldGap(1) / distance + 0;
      out.normalZ = worldGap(2) / distance + 0;
      return;
    }
  }
  slabsOf(grid, index, shape);
  findWayOut(fromX, fromY, fromZ, round + margin);
  const { distance: depth, slab, side } = wayOut;
  if (depth <= out.depth) return;
  out.depth = depth;
  out.normalX = slabs.normals[slab * 3] * side + 0;
  out.normalY = slabs.normals[slab * 3 + 1] * side + 0;
  out.normalZ = slabs.normals[slab * 3 + 2] * side + 0;
}
