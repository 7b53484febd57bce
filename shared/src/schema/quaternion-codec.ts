import type { Quaternion } from "../math/quaternion.ts";

/** No component but the largest exceeds this. */
const LIMIT = Math.SQRT1_2;

/**
 * Smallest-three form of a rotation: `out[0]` is the index (x y z w) of the component left out, then the others in order on
 * a grid of `highest` steps up to 1/sqrt(2). A rotation of length 0 counts as none.
 */
export function packQuaternion(
  x: number,
  y: number,
  z: number,
  w: number,
  highest: number,
  out: Int32Array,
): void {
  const length = Math.sqrt(x * x + y * y + z * z + w * w);
  if (!(length > 0)) {
    out[0] = 3;
    out[1] = out[2] = out[3] = 0;
    return;
  }
  const parts = [x / length, y / length, z / length, w / length];
  let largest = 0;
  for (let i = 1; i < 4; i++) if (Math.abs(parts[i]) > Math.abs(parts[largest])) largest = i;
  // q and -q are the same rotation: the part left out is made positive so that its sign need not be sent.
  const scale = ((parts[largest] < 0 ? -1 : 1) * highest) / LIMIT;
  out[0] = largest;
  for (let i = 0, o = 1; i < 4; i++)
    if (i !== largest) out[o++] = Math.max(-highest, Math.min(highest, Math.round(parts[i] * scale)));
}

/** The rotation that `packQuaternion` made of its input, of length 1. */
export function unpackQuaternion(
  largest: number,
  a: number,
  b: number,
  c: number,
  highest: number,
  out: Quaternion,
): void {
  const scale = LIMIT / highest;
  const small = [a * scale, b * scale, c * scale];
  const rest = 1 - small[0] * small[0] - small[1] * small[1] - small[2] * small[2];
  small.splice(largest, 0, rest > 0 ? Math.sqrt(rest) : 0);
  [out.x, out.y, out.z, out.w] = small;
}
