import { GRAZING } from "../sweep-obstacle.ts";
import { gapAt, roundPair, setRoundPair, worldGap } from "./round-pair.ts";
import type { Shape3 } from "./shape.ts";
import { findWayOut, slabs, slabsOf, wayOut } from "./slabs.ts";
import type { StaticGrid3 } from "./static-grid.ts";
import { acceptHit3, type SweepHit3 } from "./sweep-hit.ts";

/** World units at which two surfaces count as touching: far less than any skin, far more than rounding. */
const TOUCH = 1e-9;
/** Head on the search takes three steps; past a surface that it only grazes each step quarters what is left. */
const MAX_STEPS = 40;

/**
 * Sweeps a shape, grown by `margin`, against one solid. Writes into `hit` when this contact is the earliest so far.
 *
 * @param solidStart a start inside the solid is a hit at time 0 whatever the direction; otherwise only when the motion
 * leads deeper, so that what overlaps can leave.
 */
export function sweepSolid(
  grid: StaticGrid3,
  index: number,
  x: number,
  y: number,
  z: number,
  dx: number,
  dy: number,
  dz: number,
  shape: Shape3,
  margin: number,
  solidStart: boolean,
  hit: SweepHit3,
): void {
  const fromX = x - grid.centre[index * 3];
  const fromY = y - grid.centre[index * 3 + 1];
  const fromZ = z - grid.centre[index * 3 + 2];
  const grazing = GRAZING * Math.sqrt(dx * dx + dy * dy + dz * dz);
  const round = shape.radius + grid.round[index];
  if (round > 0) {
    setRoundPair(grid, index, shape, fromX, fromY, fromZ, dx, dy, dz);
    advance(round + margin, grazing, hit);
    if (search.state === MISSED) return;
    if (search.state === APART) {
      acceptHit3(hit, index, search.time, search.normalX, search.normalY, search.normalZ);
      return;
    }
  }
  slabsOf(grid, index, shape);
  if (round > 0)
    startInside(index, fromX, fromY, fromZ, dx, dy, dz, round + margin, grazing, solidStart, hit);
  else sweepSlabs(index, fromX, fromY, fromZ, dx, dy, dz, margin, grazing, solidStart, hit);
}

const MISSED = 0;
const APART = 1;
const CORES_MEET = 2;

/** What the search along a motion found: the time and normal of contact where the cores stay apart. */
const search = { state: MISSED, time: 0.5, normalX: 0.5, normalY: 0.5, normalZ: 0.5 };

/**
 * The distance between two convex bodies is a convex function of the time, so Newton's method comes to the first contact
 * from one side and never passes it (the ray cast of van den Bergen). Ending early therefore only means a small gap.
 */
function advance(round: number, grazing: number, hit: SweepHit3): void {
  const { gap, motion } = roundPair;
  let time = 0;
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const distance = gapAt(time);
    if (distance < TOUCH) {
      search.state = CORES_MEET;
      return;
    }
    const approach = (gap[0] * motion[0] + gap[1] * motion[1] + gap[2] * motion[2]) / distance;
    if (approach >= -grazing) {
      search.state = MISSED;
      return;
    }
    search.time = time;
    search.normalX = worldGap(0) / distance;
    search.normalY = worldGap(1) / distance;
    search.normalZ = worldGap(2) / distance;
    if (distance - round <= TOUCH) {
      // Who only touches in passing has come away again at a time at which others would be well inside.
      const later = time - (4 * TOUCH) / approach;
      if (gapAt(later) < round - TOUCH) break;
      time = later;
      continue;
    }
    time -= (distance - round) / approach;
    if (time > 1 || (hit.obstacle >= 0 && time > hit.time)) {
      search.state = MISSED;
      return;
    }
  }
  search.state = APART;
}

/** A ray against slabs (Kay and Kajiya). */
function sweepSlabs(
  index: number,
  x: number,
  y: number,
  z: number,
  dx: number,
  dy: number,
  dz: number,
  margin: number,
  grazing: number,
  solidStart: boolean,
  hit: SweepHit3,
): void {
  const { count, normals, reaches } = slabs;
  let enter = -Infinity;
  let leave = Infinity;
  let entered = 0;
  let side = 1;
  for (let i = 0; i < count; i += 1) {
    const across = normals[i * 3] * x + normals[i * 3 + 1] * y + normals[i * 3 + 2] * z;
    const approach = normals[i * 3] * dx + normals[i * 3 + 1] * dy + normals[i * 3 + 2] * dz;
    const edge = reaches[i] + margin;
    if (Math.abs(approach) <= grazing) {
      if (across >= edge || across <= -edge) return;
      continue;
    }
    const facing = approach > 0 ? -1 : 1;
    const into = (facing * edge - across) / approach;
    const outOf = (-facing * edge - across) / approach;
    if (into > enter) {
      enter = into;
      entered = i;
      side = facing;
    }
    if (outOf < leave) leave = outOf;
  }
  if (enter >= leave || leave <= 0 || enter > 1) return;
  if (enter < 0) {
    startInside(index, x, y, z, dx, dy, dz, margin, grazing, solidStart, hit);
    return;
  }
  acceptHit3(
    hit,
    index,
    enter,
    normals[entered * 3] * side,
    normals[entered * 3 + 1] * side,
    normals[entered * 3 + 2] * side,
  );
}

function startInside(
  index: number,
  x: number,
  y: number,
  z: number,
  dx: number,
  dy: number,
  dz: number,
  margin: number,
  grazing: number,
  solidStart: boolean,
  hit: SweepHit3,
): void {
  findWayOut(x, y, z, margin);
  const { slab, side } = wayOut;
  const normalX = slabs.normals[slab * 3] * side;
  const normalY = slabs.normals[slab * 3 + 1] * side;
  const normalZ = slabs.normals[slab * 3 + 2] * side;
  const isDeeper = normalX * dx + normalY * dy + normalZ * dz < -grazing;
  if (isDeeper || solidStart) acceptHit3(hit, index, 0, normalX, normalY, normalZ);
}
