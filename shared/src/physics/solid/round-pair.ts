import type { Shape3 } from "./shape.ts";
import type { StaticGrid3 } from "./static-grid.ts";

/**
 * A segment and a box, seen from the box: one of them is the core of the shape, the other that of the solid, and their
 * rounding is left to the caller. All in arrays that are used again, because a query looks at many pairs.
 */
export const roundPair = {
  /** From the box's centre to the segment's, in the box's axes. */
  from: new Float64Array(3),
  /** The motion of the segment relative to the box, in the box's axes. */
  motion: new Float64Array(3),
  /** Half the segment, in the box's axes. */
  segment: new Float64Array(3),
  /** Half the sizes of the box. */
  box: new Float64Array(3),
  /** The box's axes in the world. */
  axes: new Float64Array(9),
  /** From the nearest place of the box to that of the segment, as `gapAt` found it, in the box's axes. */
  gap: new Float64Array(3),
  /** 1 where the segment is the shape's core, -1 where it is the solid's: the gap then points into the solid. */
  side: 1,
};

/** Sets up the pair of a shape at a place relative to the centre of a solid. One of the two must be round. */
export function setRoundPair(
  grid: StaticGrid3,
  index: number,
  shape: Shape3,
  x: number,
  y: number,
  z: number,
  dx: number,
  dy: number,
  dz: number,
): void {
  const { from, motion, segment, box, axes } = roundPair;
  const isShapeSegment = shape.radius > 0;
  const side = isShapeSegment ? 1 : -1;
  roundPair.side = side;
  const boxAxes = isShapeSegment ? grid.axes : shape.axes;
  const boxAxesAt = isShapeSegment ? index * 9 : 0;
  const boxHalf = isShapeSegment ? grid.half : shape.half;
  const boxHalfAt = isShapeSegment ? index * 3 : 0;
  const lineAxes = isShapeSegment ? shape.axes : grid.axes;
  const lineAxesAt = isShapeSegment ? 0 : index * 9;
  const lineHalf = isShapeSegment ? shape.half : grid.half;
  const lineHalfAt = isShapeSegment ? 0 : index * 3;
  // Of the three half sizes of a segment one is not 0, and their sum is its half vector.
  const lineX = sumAlong(lineAxes, lineAxesAt, lineHalf, lineHalfAt, 0);
  const lineY = sumAlong(lineAxes, lineAxesAt, lineHalf, lineHalfAt, 1);
  const lineZ = sumAlong(lineAxes, lineAxesAt, lineHalf, lineHalfAt, 2);
  for (let i = 0; i < 3; i += 1) {
    const ax = boxAxes[boxAxesAt + i * 3];
    const ay = boxAxes[boxAxesAt + i * 3 + 1];
    const az = boxAxes[boxAxesAt + i * 3 + 2];
    axes[i * 3] = ax;
    axes[i * 3 + 1] = ay;
    axes[i * 3 + 2] = az;
    box[i] = boxHalf[boxHalfAt + i];
    from[i] = side * (ax * x + ay * y + az * z);
    motion[i] = side * (ax * dx + ay * dy + az * dz);
    segment[i] = ax * lineX + ay * lineY + az * lineZ;
  }
}

function sumAlong(
  axes: Float64Array,
  axesAt: number,
  half: Float64Array,
  halfAt: number,
  world: number,
): number {
  return (
    half[halfAt] * axes[axesAt + world] +
    half[halfAt + 1] * axes[axesAt + 3 + world] +
    half[halfAt + 2] * axes[axesAt + 6 + world]
  );
}

const place = new Float64Array(3);

/**
 * Finds the gap between segment and box after a fraction of the motion, and returns its length; 0 where they meet.
 *
 * The square of the distance between the box and the place at `s` on the segment is convex in `s`, and its derivative a
 * rising chain of straight pieces that bend where a coordinate enters or leaves the box: of at most six bends the two on
 * either side of its zero are found, and the zero lies on the line between.
 */
export function gapAt(time: number): number {
  const { from, motion, segment, box, gap } = roundPair;
  for (let i = 0; i < 3; i += 1) place[i] = from[i] + motion[i] * time;
  let low = -1;
  let high = 1;
  let lowRise = riseAt(-1);
  let highRise = riseAt(1);
  let at = 0;
  if (lowRise >= 0) at = -1;
  else if (highRise <= 0) at = 1;
  else {
    for (let bend = 0; bend < 6; bend += 1) {
      const axis = bend >> 1;
      if (segment[axis] === 0) continue;
      const edge = (bend & 1) === 0 ? box[axis] : -box[axis];
      const s = (edge - place[axis]) / segment[axis];
      if (!(s > low && s < high)) continue;
      const rise = riseAt(s);
      if (rise <= 0) {
        low = s;
        lowRise = rise;
      } else {
        high = s;
        highRise = rise;
      }
    }
    at = low - (lowRise * (high - low)) / (highRise - lowRise);
  }
  let squared = 0;
  for (let i = 0; i < 3; i += 1) {
    gap[i] = excess(place[i] + segment[i] * at, box[i]);
    squared += gap[i] * gap[i];
  }
  return Math.sqrt(squared);
}

/** Half the derivative of the squared distance along the segment. */
function riseAt(s: number): number {
  const { segment, box } = roundPair;
  let rise = 0;
  for (let i = 0; i < 3; i += 1) rise += segment[i] * excess(place[i] + segment[i] * s, box[i]);
  return rise;
}

function excess(value: number, half: number): number {
  return value > half ? value - half : value < -half ? value + half : 0;
}

/** One coordinate, in the world, of the gap that was found last, pointing from the solid to the shape. */
export function worldGap(world: number): number {
  const { axes, gap, side } = roundPair;
  return side * (gap[0] * axes[world] + gap[1] * axes[world + 3] + gap[2] * axes[world + 6]);
}
