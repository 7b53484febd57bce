import type { Shape3 } from "./shape.ts";
import type { StaticGrid3 } from "./static-grid.ts";

/** Three faces of each box, and a direction for each pair of their edges. */
const MAX_SLABS = 15;
/** Edges nearer to parallel than this (the sine, squared) give no direction of their own. */
const PARALLEL = 1e-12;

/**
 * What the centre of a turned box may not enter because of another turned box, as slabs about the other's centre: the
 * directions of the separating axis test (Gottschalk; Ericson, Real-Time Collision Detection, 4.4.1). Their common part
 * is the Minkowski sum of the two exactly, so that a moving box becomes a ray.
 */
export interface Slabs {
  count: number;
  /** Unit vectors, three numbers each. */
  readonly normals: Float64Array;
  /** How far the slab reaches along its normal to either side. */
  readonly reaches: Float64Array;
}

/** The slabs of the pair asked for last; one object, because a query looks at many and allocates none. */
export const slabs: Slabs = {
  count: 0,
  normals: new Float64Array(MAX_SLABS * 3),
  reaches: new Float64Array(MAX_SLABS),
};

/** Makes `slabs` those of a shape's core against that of a solid, both without their rounding. */
export function slabsOf(grid: StaticGrid3, index: number, shape: Shape3): void {
  slabs.count = 0;
  for (let i = 0; i < 3; i += 1) addAxis(grid, index, shape, grid.axes, index * 9 + i * 3);
  if (shape.isAligned && grid.isAligned[index] === 1) return;
  const { half, axes } = shape;
  // A face lies between two edges: a segment has none, and a point has not even directions.
  if (half[1] > 0 && half[2] > 0) addAxis(grid, index, shape, axes, 0);
  if (half[2] > 0 && half[0] > 0) addAxis(grid, index, shape, axes, 3);
  if (half[0] > 0 && half[1] > 0) addAxis(grid, index, shape, axes, 6);
  for (let j = 0; j < 3; j += 1) {
    if (half[j] === 0) continue;
    for (let i = 0; i < 3; i += 1)
      if (grid.half[index * 3 + i] > 0) addCross(grid, index, shape, index * 9 + i * 3, j * 3);
  }
}

const cross = new Float64Array(3);

function addCross(grid: StaticGrid3, index: number, shape: Shape3, a: number, b: number): void {
  const { axes: mine } = grid;
  const { axes: theirs } = shape;
  const x = mine[a + 1] * theirs[b + 2] - mine[a + 2] * theirs[b + 1];
  const y = mine[a + 2] * theirs[b] - mine[a] * theirs[b + 2];
  const z = mine[a] * theirs[b + 1] - mine[a + 1] * theirs[b];
  const squared = x * x + y * y + z * z;
  if (squared < PARALLEL) return;
  const length = Math.sqrt(squared);
  cross[0] = x / length;
  cross[1] = y / length;
  cross[2] = z / length;
  addAxis(grid, index, shape, cross, 0);
}

function addAxis(grid: StaticGrid3, index: number, shape: Shape3, from: Float64Array, at: number): void {
  const { count, normals, reaches } = slabs;
  const x = from[at];
  const y = from[at + 1];
  const z = from[at + 2];
  normals[count * 3] = x;
  normals[count * 3 + 1] = y;
  normals[count * 3 + 2] = z;
  let reach = 0;
  for (let i = 0; i < 3; i += 1) {
    const a = index * 9 + i * 3;
    const b = i * 3;
    const { axes } = grid;
    reach += grid.half[index * 3 + i] * Math.abs(x * axes[a] + y * axes[a + 1] + z * axes[a + 2]);
    reach += shape.half[i] * Math.abs(x * shape.axes[b] + y * shape.axes[b + 1] + z * shape.axes[b + 2]);
  }
  reaches[count] = reach;
  slabs.count = count + 1;
}

/** The slab that is left soonest, and how far that is: less than 0 outside. `side` is the sign of its normal. */
export const wayOut = { slab: 0, side: 1, distance: 0.5 };

/** Makes `wayOut` that of a place relative to the solid's centre, from slabs grown by `margin`. */
export function findWayOut(x: number, y: number, z: number, margin: number): void {
  const { count, normals, reaches } = slabs;
  wayOut.distance = Infinity;
  for (let i = 0; i < count; i += 1) {
    const across = normals[i * 3] * x + normals[i * 3 + 1] * y + normals[i * 3 + 2] * z;
    const distance = reaches[i] + margin - Math.abs(across);
    if (distance >= wayOut.distance) continue;
    wayOut.distance = distance;
    wayOut.slab = i;
    wayOut.side = across < 0 ? -1 : 1;
  }
}
