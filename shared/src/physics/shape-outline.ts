import type { Shape } from "./shape.ts";
import type { StaticGrid } from "./static-grid.ts";

/** The four directions that edges of a box and of a turned box can face, and their opposites. */
export const FACES = 4;

/** Edges nearer to parallel than this are one edge: of two that differ by rounding only, each would be half. */
const PARALLEL = 1e-9;

/**
 * What the centre of a shape may not enter because of one obstacle: the obstacle's box with the shape's core swept
 * round it (their Minkowski sum, see Ericson, Real-Time Collision Detection, 5.5). A box and a turned box give an
 * octagon about the box's centre, which is the common part of four slabs. The rounding of both comes on top.
 */
export interface ShapeOutline {
  centreX: number;
  centreY: number;
  /** By face: the unit normal, and how far the outline reaches along it to either side. */
  readonly normalX: Float64Array;
  readonly normalY: Float64Array;
  readonly reach: Float64Array;
  /** By face: where the middle of the edge on the normal's side lies along (-normalY, normalX), and half its length. */
  readonly middle: Float64Array;
  readonly half: Float64Array;
}

/** A smaller distance has a square that is rounded to nothing; who is that near is inside. */
const TINY = 1e-150;

/** Half the edges of the box, then of the core: the sum of all, with either sign, are the corners. */
const edgeX = new Float64Array(FACES);
const edgeY = new Float64Array(FACES);

/** The outline of the pair asked for last; one object, because a query looks at many and allocates none. */
export const outline: ShapeOutline = {
  centreX: 0.5,
  centreY: 0.5,
  normalX: new Float64Array(FACES),
  normalY: new Float64Array(FACES),
  reach: new Float64Array(FACES),
  middle: new Float64Array(FACES),
  half: new Float64Array(FACES),
};

/** Makes `outline` that of a shape against an obstacle. */
export function outlineOf(grid: StaticGrid, index: number, shape: Shape): void {
  const { normalX, normalY, reach, middle, half } = outline;
  const { axisX, axisY } = shape;
  outline.centreX = (grid.minX[index] + grid.maxX[index]) / 2;
  outline.centreY = (grid.minY[index] + grid.maxY[index]) / 2;
  edgeX[0] = (grid.maxX[index] - grid.minX[index]) / 2;
  edgeY[0] = 0;
  edgeX[1] = 0;
  edgeY[1] = (grid.maxY[index] - grid.minY[index]) / 2;
  edgeX[2] = axisX * shape.halfLength;
  edgeY[2] = axisY * shape.halfLength;
  edgeX[3] = -axisY * shape.halfWidth;
  edgeY[3] = axisX * shape.halfWidth;
  normalX[0] = 1;
  normalY[0] = 0;
  normalX[1] = 0;
  normalY[1] = 1;
  normalX[2] = axisX;
  normalY[2] = axisY;
  normalX[3] = -axisY;
  normalY[3] = axisX;
  for (let face = 0; face < FACES; face += 1) {
    const nx = normalX[face];
    const ny = normalY[face];
    reach[face] = 0;
    middle[face] = 0;
    half[face] = 0;
    for (let edge = 0; edge < FACES; edge += 1) {
      const across = nx * edgeX[edge] + ny * edgeY[edge];
      const along = nx * edgeY[edge] - ny * edgeX[edge];
      const outwards = Math.abs(across);
      const sideways = Math.abs(along);
      reach[face] += outwards;
      if (outwards <= sideways * PARALLEL) half[face] += sideways;
      else middle[face] += across > 0 ? along : -along;
    }
  }
}

/** The way from the outline to a point: zero inside. */
export interface Gap {
  x: number;
  y: number;
}

/** Writes the way from the nearest point of `outline` to (x, y), relative to its centre, and returns its square. */
export function gapToOutline(x: number, y: number, out: Gap): number {
  const { normalX, normalY, reach, middle, half } = outline;
  let least = Infinity;
  out.x = 0;
  out.y = 0;
  for (let face = 0; face < FACES; face += 1) {
    const across = normalX[face] * x + normalY[face] * y;
    const outwards = Math.abs(across) - reach[face];
    if (outwards <= TINY) continue;
    const side = across > 0 ? 1 : -1;
    const along = normalX[face] * y - normalY[face] * x - side * middle[face];
    const sideways = along > half[face] ? along - half[face] : along < -half[face] ? along + half[face] : 0;
    const squared = outwards * outwards + sideways * sideways;
    if (squared >= least) continue;
    least = squared;
    out.x = normalX[face] * side * outwards - normalY[face] * sideways;
    out.y = normalY[face] * side * outwards + normalX[face] * sideways;
  }
  return least === Infinity ? 0 : least;
}

/** Writes the normal of the face that is nearest to a point inside `outline`, and returns its distance. */
export function nearestFace(x: number, y: number, out: Gap): number {
  let least = Infinity;
  for (let face = 0; face < FACES; face += 1) {
    const across = outline.normalX[face] * x + outline.normalY[face] * y;
    const inwards = outline.reach[face] - Math.abs(across);
    if (inwards >= least) continue;
    least = inwards;
    const side = across < 0 ? -1 : 1;
    // Adding 0 turns -0, which equals 0 but has other bits, into 0.
    out.x = outline.normalX[face] * side + 0;
    out.y = outline.normalY[face] * side + 0;
  }
  return least;
}
