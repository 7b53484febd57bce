import { normaliseQuaternion, type Quaternion } from "../../math/quaternion.ts";

/** A box about a centre, in world units, turned as one likes: a crate, a wall, the ground, a ramp. */
export interface StaticSolid {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly halfX: number;
  readonly halfY: number;
  readonly halfZ: number;
  /** How far the solid reaches beyond that; 0 when left out. Only for a point or a segment: a sphere or a capsule. */
  readonly round?: number;
  /** Its own x, y and z axes are those of the world when left out. */
  readonly rotation?: Quaternion;
}

/** A box from its lowest to its highest corner, with edges along the axes. */
export function boxSolid(
  minX: number,
  minY: number,
  minZ: number,
  maxX: number,
  maxY: number,
  maxZ: number,
): StaticSolid {
  return {
    x: (minX + maxX) / 2,
    y: (minY + maxY) / 2,
    z: (minZ + maxZ) / 2,
    halfX: (maxX - minX) / 2,
    halfY: (maxY - minY) / 2,
    halfZ: (maxZ - minZ) / 2,
  };
}

export function sphereSolid(x: number, y: number, z: number, radius: number): StaticSolid {
  return { x, y, z, halfX: 0, halfY: 0, halfZ: 0, round: radius };
}

/** An upright capsule: a segment of `length` about the centre, grown by `radius`. A tree, a column. */
export function capsuleSolid(x: number, y: number, z: number, length: number, radius: number): StaticSolid {
  return { x, y, z, halfX: 0, halfY: length / 2, halfZ: 0, round: radius };
}

/**
 * A box whose top rises from the line (fromX, fromY, fromZ) to (toX, toY, toZ), both in the middle of its width, with
 * `thickness` beneath: something to walk up. It must not rise straight up.
 */
export function rampSolid(
  fromX: number,
  fromY: number,
  fromZ: number,
  toX: number,
  toY: number,
  toZ: number,
  width: number,
  thickness: number,
): StaticSolid {
  const along = Math.sqrt((toX - fromX) * (toX - fromX) + (toZ - fromZ) * (toZ - fromZ));
  const length = Math.sqrt(along * along + (toY - fromY) * (toY - fromY));
  // Half angles from the full ones, without trigonometry: pitch about z, then yaw about y.
  const pitchCos = along / length;
  const pitchSin = (toY - fromY) / length;
  const yawCos = (toX - fromX) / along;
  const yawSin = -(toZ - fromZ) / along;
  const pitchW = Math.sqrt((1 + pitchCos) / 2);
  const pitchZ = pitchSin / (2 * pitchW);
  const yawW = Math.sqrt(Math.max(0, (1 + yawCos) / 2));
  const yawY = Math.sqrt(Math.max(0, (1 - yawCos) / 2)) * (yawSin < 0 ? -1 : 1);
  const rotation = normaliseQuaternion({
    x: yawY * pitchZ,
    y: yawY * pitchW,
    z: yawW * pitchZ,
    w: yawW * pitchW,
  });
  return {
    // The centre lies half the thickness under the middle of the line, along the normal of the top.
    x: (fromX + toX) / 2 + yawCos * pitchSin * (thickness / 2),
    y: (fromY + toY) / 2 - pitchCos * (thickness / 2),
    z: (fromZ + toZ) / 2 - yawSin * pitchSin * (thickness / 2),
    halfX: length / 2,
    halfY: thickness / 2,
    halfZ: width / 2,
    rotation,
  };
}
