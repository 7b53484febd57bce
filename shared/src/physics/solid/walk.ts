import { createGround, type Gait, type Ground, probeGround } from "./probe-ground.ts";
import type { Shape3 } from "./shape.ts";
import { createSlideResult3, slideAlong, slideShape3 } from "./slide.ts";
import type { StaticGrid3 } from "./static-grid.ts";
import { createSweepHit3 } from "./sweep-hit.ts";
import { sweepPath3 } from "./sweep.ts";

/** Where a walk ended. One object is reused for many. */
export interface WalkResult extends Ground {
  /** Whether the walker stands on ground that carries. */
  isGrounded: boolean;
  /** Whether something above stopped a rise. */
  isUnderCeiling: boolean;
}

export function createWalkResult(): WalkResult {
  return { ...createGround(), isGrounded: false, isUnderCeiling: false };
}

/** Who stands keeps one skin from the ground; within two skins the ground is felt. */
const FEEL_SKINS = 2;

const ceiling = createSweepHit3();
const ground = createGround();
const level = createSlideResult3();
const stepped = createSlideResult3();

/**
 * Moves a walker by (dx, dy, dz): along walls, up and down slopes that carry and steps that are low enough, off ledges.
 * `dy` is what gravity or a jump adds, and is ignored as long as the ground carries. Ground that is too steep is a wall
 * on the way up, and the walker slides down on it. (The step move of Quake, with a probe that holds the walker down.)
 */
export function walk(
  grid: StaticGrid3,
  x: number,
  y: number,
  z: number,
  dx: number,
  dy: number,
  dz: number,
  shape: Shape3,
  gait: Gait,
  out: WalkResult,
): void {
  const feel = grid.skin * FEEL_SKINS;
  const stands = dy <= 0 && probeGround(grid, x, y, z, feel, shape, gait, ground);
  slideAlong(grid, x, y, z, dx, 0, dz, shape, gait.groundNormal, level);
  if (stands && level.contacts > 0 && climbs(grid, x, y, z, dx, dz, shape, gait)) {
    level.x = stepped.x;
    level.y = stepped.y;
    level.z = stepped.z;
  }
  out.isUnderCeiling = false;
  if (dy > 0) rise(grid, dy, shape, out);
  else settle(grid, (stands ? Math.max(-dy, gait.stepHeight) : -dy) + feel, -dy, shape, gait, out);
}

/** Whether going over what is in the way, instead of along it, leads further and onto ground; `stepped` is where to. */
function climbs(
  grid: StaticGrid3,
  x: number,
  y: number,
  z: number,
  dx: number,
  dz: number,
  shape: Shape3,
  gait: Gait,
): boolean {
  sweepPath3(grid, x, y, z, 0, gait.stepHeight, 0, shape, grid.skin, false, ceiling);
  const height = ceiling.y - y;
  slideAlong(grid, x, ceiling.y, z, dx, 0, dz, shape, gait.groundNormal, stepped);
  const along = (level.x - x) * (level.x - x) + (level.z - z) * (level.z - z);
  const over = (stepped.x - x) * (stepped.x - x) + (stepped.z - z) * (stepped.z - z);
  if (over <= along) return false;
  if (!probeGround(grid, stepped.x, stepped.y, stepped.z, height + grid.skin, shape, gait, ground))
    return false;
  // Round feet touch an edge with their side, from which they could roll up onto more than a step.
  if (ground.contactY > y - shape.extent[1] - shape.radius + gait.stepHeight) return false;
  stepped.y = ground.y;
  return true;
}

function rise(grid: StaticGrid3, dy: number, shape: Shape3, out: WalkResult): void {
  slideShape3(grid, level.x, level.y, level.z, 0, dy, 0, shape, stepped);
  out.isUnderCeiling = stepped.contacts > 0;
  leaveGround(stepped.x, stepped.y, stepped.z, out);
}

/** Comes down onto what carries within `reach`; where nothing does, falls by `fall`. */
function settle(
  grid: StaticGrid3,
  reach: number,
  fall: number,
  shape: Shape3,
  gait: Gait,
  out: WalkResult,
): void {
  const { x, y, z } = level;
  if (probeGround(grid, x, y, z, reach, shape, gait, ground)) {
    Object.assign(out, ground);
    out.isGrounded = true;
    return;
  }
  slideShape3(grid, x, y, z, 0, -fall, 0, shape, stepped);
  leaveGround(stepped.x, stepped.y, stepped.z, out);
}

/** In the air there is no ground. */
function leaveGround(x: number, y: number, z: number, out: WalkResult): void {
  out.isGrounded = false;
  out.x = x;
  out.y = y;
  out.z = z;
  out.normalX = 0;
  out.normalY = 0;
  out.normalZ = 0;
  out.contactY = 0;
  out.obstacle = -1;
}
