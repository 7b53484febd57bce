import type { Quaternion } from "../../math/quaternion.ts";

/** Three unit vectors at right angles, one after the other, from `offset` on: how a body is turned. */
export function writeAxes(rotation: Quaternion, out: Float64Array, offset: number): void {
  const { x, y, z, w } = rotation;
  out[offset] = 1 - 2 * (y * y + z * z);
  out[offset + 1] = 2 * (x * y + w * z);
  out[offset + 2] = 2 * (x * z - w * y);
  out[offset + 3] = 2 * (x * y - w * z);
  out[offset + 4] = 1 - 2 * (x * x + z * z);
  out[offset + 5] = 2 * (y * z + w * x);
  out[offset + 6] = 2 * (x * z + w * y);
  out[offset + 7] = 2 * (y * z - w * x);
  out[offset + 8] = 1 - 2 * (x * x + y * y);
}

/** How far a box of half sizes `half` along its own `axes` reaches along the world's axis 0, 1 or 2. */
export function extentAlong(
  axes: Float64Array,
  axesAt: number,
  half: Float64Array,
  halfAt: number,
  world: number,
): number {
  return (
    half[halfAt] * Math.abs(axes[axesAt + world]) +
    half[halfAt + 1] * Math.abs(axes[axesAt + 3 + world]) +
    half[halfAt + 2] * Math.abs(axes[axesAt + 6 + world])
  );
}
