import { raycast3 } from "./raycast.ts";
import type { Shape3 } from "./shape.ts";
import type { StaticGrid3 } from "./static-grid.ts";
import { createSweepHit3 } from "./sweep-hit.ts";
import { sweepPath3 } from "./sweep.ts";

/** What a walker can do. Made once and used for every step. */
export interface Gait {
  /** The height in world units that is stepped up onto without a jump, and down from without a fall. */
  readonly stepHeight: number;
  /** The least upward part of the normal of ground that carries: the cosine of the steepest slope; 0.7 is 45 degrees. */
  readonly groundNormal: number;
}

/** What is below a walker. One object is reused for many probes. */
export interface Ground {
  /** Where the walker would stand on it. */
  x: number;
  y: number;
  z: number;
  /** The unit vector away from the ground; (0, 0, 0) where there is none. */
  normalX: number;
  normalY: number;
  normalZ: number;
  /** The height at which the walker touches it. */
  contactY: number;
  /** The solid that is the ground; -1 where there is none. */
  obstacle: number;
}

export function createGround(): Ground {
  return { x: 0, y: 0, z: 0, normalX: 0, normalY: 0, normalZ: 0, contactY: 0, obstacle: -1 };
}

/** How far beyond an edge, in skins, the surface behind it is felt for. */
const BEYOND_SKINS = 4;

const hit = createSweepHit3();
const surface = createSweepHit3();

/**
 * Whether a shape at (x, y, z) finds ground that carries it, at most `distance` below; up is +y. Round feet on the edge of
 * a step touch it at a slant: what counts there is the surface behind the edge.
 */
export function probeGround(
  grid: StaticGrid3,
  x: number,
  y: number,
  z: number,
  distance: number,
  shape: Shape3,
  gait: Gait,
  out: Ground,
): boolean {
  const isHit = sweepPath3(grid, x, y, z, 0, -distance, 0, shape, grid.skin, false, hit);
  out.x = hit.x;
  out.y = hit.y;
  out.z = hit.z;
  out.obstacle = hit.obstacle;
  out.normalX = hit.normalX;
  out.normalY = hit.normalY;
  out.normalZ = hit.normalZ;
  out.contactY = hit.y - shape.extent[1] - shape.radius * hit.normalY;
  if (!isHit) return false;
  return hit.normalY >= gait.groundNormal || isOnEdge(grid, shape, gait, out);
}

/** For round shapes on something slanted: whether level ground lies right behind the place that they touch. */
function isOnEdge(grid: StaticGrid3, shape: Shape3, gait: Gait, out: Ground): boolean {
  const slant = Math.sqrt(out.normalX * out.normalX + out.normalZ * out.normalZ);
  if (shape.radius === 0 || out.normalY <= 0 || slant === 0) return false;
  // The lower end of the core, from there to the surface, and a little further in.
  const { half, axes, radius } = shape;
  const upX = half[0] * axes[0] + half[1] * axes[3] + half[2] * axes[6];
  const upY = half[0] * axes[1] + half[1] * axes[4] + half[2] * axes[7];
  const upZ = half[0] * axes[2] + half[1] * axes[5] + half[2] * axes[8];
  const down = upY > 0 ? -1 : 1;
  const beyond = grid.skin * BEYOND_SKINS;
  const inwards = radius + grid.skin + beyond / slant;
  const isFound = raycast3(
    grid,
    out.x + upX * down - out.normalX * inwards,
    out.contactY + beyond,
    out.z + upZ * down - out.normalZ * inwards,
    0,
    -3 * beyond,
    0,
    surface,
  );
  if (!isFound || surface.time === 0 || surface.normalY < gait.groundNormal) return false;
  out.normalX = surface.normalX;
  out.normalY = surface.normalY;
  out.normalZ = surface.normalZ;
  return true;
}
