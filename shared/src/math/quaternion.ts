import { cos, sin } from "./sin-cos.ts";

/** A rotation in three dimensions; w is the real part. Rotations have length 1. */
export interface Quaternion {
  x: number;
  y: number;
  z: number;
  w: number;
}

/** A new quaternion that rotates nothing. */
export function identityQuaternion(): Quaternion {
  return { x: 0, y: 0, z: 0, w: 1 };
}

/** Writes the rotation "first `b`, then `a`" into `out`, which may be `a` or `b`. */
export function multiplyQuaternions(a: Quaternion, b: Quaternion, out: Quaternion): Quaternion {
  const { x: ax, y: ay, z: az, w: aw } = a;
  const { x: bx, y: by, z: bz, w: bw } = b;
  out.x = aw * bx + ax * bw + ay * bz - az * by;
  out.y = aw * by - ax * bz + ay * bw + az * bx;
  out.z = aw * bz + ax * by - ay * bx + az * bw;
  out.w = aw * bw - ax * bx - ay * by - az * bz;
  return out;
}

/**
 * Scales `q` to length 1 in place. A quaternion without a direction (zero, NaN, infinite) becomes the identity, so that
 * a bad value heals instead of spreading.
 */
export function normaliseQuaternion(q: Quaternion): Quaternion {
  const length = Math.sqrt(q.x * q.x + q.y * q.y + q.z * q.z + q.w * q.w);
  if (!(length > 0) || length === Infinity) {
    q.x = 0;
    q.y = 0;
    q.z = 0;
    q.w = 1;
    return q;
  }
  q.x /= length;
  q.y /= length;
  q.z /= length;
  q.w /= length;
  return q;
}

/**
 * Writes the rotation by `radians` about the axis (x, y, z) into `out`. The axis need not have length 1; an axis of
 * length 0 gives the identity.
 */
export function quaternionFromAxis(
  x: number,
  y: number,
  z: number,
  radians: number,
  out: Quaternion,
): Quaternion {
  const length = Math.sqrt(x * x + y * y + z * z);
  const scale = length > 0 ? sin(radians / 2) / length : 0;
  out.x = x * scale;
  out.y = y * scale;
  out.z = z * scale;
  out.w = length > 0 ? cos(radians / 2) : 1;
  return out;
}

/**
 * Turns `q` in place by the angular velocity (x, y, z), in radians per second about the world's axes, for `seconds`.
 * The result is normalised, so rounding never accumulates into a stretched rotation.
 */
export function rotateQuaternion(
  q: Quaternion,
  x: number,
  y: number,
  z: number,
  seconds: number,
): Quaternion {
  const speed = Math.sqrt(x * x + y * y + z * z);
  if (speed === 0) return q;
  const half = (speed * seconds) / 2;
  const scale = sin(half) / speed;
  const tx = x * scale;
  const ty = y * scale;
  const tz = z * scale;
  const tw = cos(half);
  const { x: qx, y: qy, z: qz, w: qw } = q;
  q.x = tw * qx + tx * qw + ty * qz - tz * qy;
  q.y = tw * qy - tx * qz + ty * qw + tz * qx;
  q.z = tw * qz + tx * qy - ty * qx + tz * qw;
  q.w = tw * qw - tx * qx - ty * qy - tz * qz;
  return normaliseQuaternion(q);
}
