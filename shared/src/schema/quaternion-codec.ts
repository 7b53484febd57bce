import type { Quaternion } from "../math/quaternion.ts";

/** No component but the largest exceeds this. */
const LIMIT = Math.SQRT1_2;
const parts = new Float64Array(4);

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
  parts[0] = x / length;
  parts[1] = y / length;
  parts[2] = z / length;
  parts[3] = w / length;
  let largest = 0;
  for (let i = 1; i < 4; i++) if (Math.abs(parts[i]) > Math.abs(parts[largest])) largest = i;
  packParts(largest, highest, out);
}

const held: Quaternion = { x: 0, y: 0, z: 0, w: 1 };

/**
 * `packQuaternion`, but leaves a rotation that `out` holds already in the form it has there. Of two components that are alike, either
 * may be left out, and rounding may favour the other one: packed anew at every tick, what rests could change for ever.
 */
export function packTurned(
  x: number,
  y: number,
  z: number,
  w: number,
  highest: number,
  out: Int32Array,
): void {
  unpackQuaternion(out[0], out[1], out[2], out[3], highest, held);
  if (held.x !== x || held.y !== y || held.z !== z || held.w !== w) packQuaternion(x, y, z, w, highest, out);
}

/** The same rotation with another of its components left out, whichever of them is the largest. */
export function repackQuaternion(q: Quaternion, largest: number, highest: number, out: Int32Array): void {
  parts[0] = q.x;
  parts[1] = q.y;
  parts[2] = q.z;
  parts[3] = q.w;
  packParts(largest, highest, out);
}

function packParts(largest: number, highest: number, out: Int32Array): void {
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
  const first = a * scale;
  const second = b * scale;
  const third = c * scale;
  const squared = 1 - first * first - second * second - third * third;
  const rest = squared > 0 ? Math.sqrt(squared) : 0;
  out.x = largest === 0 ? rest : first;
  out.y = largest === 1 ? rest : largest === 0 ? first : second;
  out.z = largest === 2 ? rest : largest === 3 ? third : second;
  out.w = largest === 3 ? rest : third;
}
