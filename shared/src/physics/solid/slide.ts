import { GRAZING } from "../sweep-obstacle.ts";
import { createPenetration3, deepestInGrid3 } from "./overlap.ts";
import type { Shape3 } from "./shape.ts";
import type { StaticGrid3 } from "./static-grid.ts";
import { createSweepHit3 } from "./sweep-hit.ts";
import { sweepPath3 } from "./sweep.ts";

/** Where a slide ended, in 3D. One object is reused for many moves. */
export interface SlideResult3 {
  x: number;
  y: number;
  z: number;
  /** How many surfaces stopped a part of the motion. */
  contacts: number;
  /** The unit vector away from the first surface met; (0, 0, 0) when the way was free. */
  normalX: number;
  normalY: number;
  normalZ: number;
}

export function createSlideResult3(): SlideResult3 {
  return { x: 0, y: 0, z: 0, contacts: 0, normalX: 0, normalY: 0, normalZ: 0 };
}

/** A corner of three surfaces ends the motion; the others are for round edges and rounding. */
const MAX_SLIDES = 6;
/** Enough to leave a corner of several solids that a mover was put into. */
const MAX_PUSHES = 8;

const hit = createSweepHit3();
const penetration = createPenetration3();
const normals = new Float64Array(MAX_SLIDES * 3);
const rest = new Float64Array(3);

/**
 * Moves a shape that does not turn on the way from (x, y, z) by (dx, dy, dz); where it meets a solid it slides along the
 * surface with what is left of the motion, and along the crease where two surfaces meet (the slide move of Quake). It
 * stops in corners and never turns back against the wanted direction.
 *
 * A mover that starts outside the solids ends outside them: it keeps `grid.skin` from surfaces, which also covers the
 * rounding of its position to the state grid afterwards. A mover that starts inside a solid is first pushed out the
 * shortest way.
 */
export function slideShape3(
  grid: StaticGrid3,
  x: number,
  y: number,
  z: number,
  dx: number,
  dy: number,
  dz: number,
  shape: Shape3,
  out: SlideResult3,
): void {
  slideAlong(grid, x, y, z, dx, dy, dz, shape, 0, out);
}

/** Like `slideShape3`; surfaces that lean less than `wallBelow` (the upward part of their normal) are upright walls. */
export function slideAlong(
  grid: StaticGrid3,
  x: number,
  y: number,
  z: number,
  dx: number,
  dy: number,
  dz: number,
  shape: Shape3,
  wallBelow: number,
  out: SlideResult3,
): void {
  out.x = x;
  out.y = y;
  out.z = z;
  out.contacts = 0;
  out.normalX = 0;
  out.normalY = 0;
  out.normalZ = 0;
  pushOut(grid, shape, out);
  rest[0] = dx;
  rest[1] = dy;
  rest[2] = dz;
  for (let leg = 0; leg < MAX_SLIDES; leg += 1) {
    if (rest[0] === 0 && rest[1] === 0 && rest[2] === 0) return;
    const isHit = sweepPath3(
      grid,
      out.x,
      out.y,
      out.z,
      rest[0],
      rest[1],
      rest[2],
      shape,
      grid.skin,
      false,
      hit,
    );
    out.x = hit.x;
    out.y = hit.y;
    out.z = hit.z;
    if (!isHit) return;
    if (out.contacts === 0) {
      out.normalX = hit.normalX;
      out.normalY = hit.normalY;
      out.normalZ = hit.normalZ;
    }
    noteNormal(out.contacts * 3, wallBelow);
    out.contacts += 1;
    const left = 1 - hit.time;
    for (let i = 0; i < 3; i += 1) rest[i] *= left;
    if (!clipRest(out.contacts) || rest[0] * dx + rest[1] * dy + rest[2] * dz <= 0) return;
  }
}

function noteNormal(at: number, wallBelow: number): void {
  const { normalX, normalY, normalZ } = hit;
  const level = Math.sqrt(normalX * normalX + normalZ * normalZ);
  const isWall = normalY > 0 && normalY < wallBelow && level > 0;
  normals[at] = isWall ? normalX / level : normalX;
  normals[at + 1] = isWall ? 0 : normalY;
  normals[at + 2] = isWall ? normalZ / level : normalZ;
}

const clipped = new Float64Array(3);
const crease = new Float64Array(3);

/** Takes what leads into the surfaces out of the rest of the motion; false where they leave no way. */
function clipRest(count: number): boolean {
  const newest = (count - 1) * 3;
  const inward = dot(rest, normals, newest);
  for (let i = 0; i < 3; i += 1) clipped[i] = rest[i] - normals[newest + i] * inward;
  const into = firstEntered(clipped, count - 1);
  if (into >= 0) {
    const at = into * 3;
    crease[0] = normals[newest + 1] * normals[at + 2] - normals[newest + 2] * normals[at + 1];
    crease[1] = normals[newest + 2] * normals[at] - normals[newest] * normals[at + 2];
    crease[2] = normals[newest] * normals[at + 1] - normals[newest + 1] * normals[at];
    const squared = dot(crease, crease, 0);
    if (squared < GRAZING) return false;
    const along = dot(rest, crease, 0) / squared;
    for (let i = 0; i < 3; i += 1) clipped[i] = crease[i] * along;
    if (firstEntered(clipped, count - 1) >= 0) return false;
  }
  rest.set(clipped);
  return true;
}

/** The first of the surfaces met that a motion leads into, or -1. */
function firstEntered(motion: Float64Array, count: number): number {
  const tolerance = -GRAZING * Math.sqrt(dot(motion, motion, 0));
  for (let i = 0; i < count; i += 1) if (dot(motion, normals, i * 3) < tolerance) return i;
  return -1;
}

function dot(a: Float64Array, b: Float64Array, at: number): number {
  return a[0] * b[at] + a[1] * b[at + 1] + a[2] * b[at + 2];
}

/** Leaves solids that the mover is deeper in than rounding explains. */
function pushOut(grid: StaticGrid3, shape: Shape3, mover: SlideResult3): void {
  const { x, y, z } = mover;
  const margin = grid.skin / 2;
  if (!deepestInGrid3(grid, x, y, z, shape, margin, penetration)) return;
  const startsInside = penetration.depth > margin;
  for (let push = 0; push < MAX_PUSHES && penetration.depth > 0; push += 1) {
    const distance = penetration.depth + margin;
    mover.x += penetration.normalX * distance;
    mover.y += penetration.normalY * distance;
    mover.z += penetration.normalZ * distance;
    deepestInGrid3(grid, mover.x, mover.y, mover.z, shape, margin, penetration);
  }
  // In a gap hardly wider than the mover, leaving one wall would mean entering the other.
  if (!startsInside && penetration.depth > margin) {
    mover.x = x;
    mover.y = y;
    mover.z = z;
  }
}
