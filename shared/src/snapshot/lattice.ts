import type { Quaternion } from "../math/quaternion.ts";
import { bitsFor, type Column } from "../schema/column.ts";
import { repackQuaternion, unpackQuaternion } from "../schema/quaternion-codec.ts";
import { type DetailLevel, isExact } from "./level.ts";

/** Whether values of the column at this level usually lie on the coarser lattice of shown steps. */
export function hasLattice(column: Column, level: DetailLevel): boolean {
  return column.shownSteps > 1 && !isExact(level);
}

/**
 * The value on the lattice of shown steps nearest to `value`; the end of the range where that lies beyond it, so that it is never
 * off by more than half a step.
 */
export function nearestShown(column: Column, value: number): number {
  const { shownSteps } = column;
  if (shownSteps === 1) return value;
  const near = Math.round(value / shownSteps) * shownSteps;
  if (near > column.highest) return column.highest;
  // `+ 0` keeps -0 out of comparisons.
  return near < column.lowest ? column.lowest : near + 0;
}

/** The number of the lowest shown step in the column's range. */
export function lowestStep(column: Column): number {
  return Math.ceil(column.lowest / column.shownSteps);
}

/** Width of the numbers of all shown steps. */
export function latticeBits(column: Column): number {
  return bitsFor(Math.floor(column.highest / column.shownSteps) - lowestStep(column));
}

const q: Quaternion = { x: 0, y: 0, z: 0, w: 1 };
const packed = new Int32Array(4);

/**
 * Whether a rotation `state` is within `tolerance` grid steps, in each of the three components sent, of the one that a table's
 * slot holds.
 */
export function isRotationNear(
  state: Int32Array,
  quantised: readonly Int32Array[],
  first: number,
  slot: number,
  highest: number,
  tolerance: number,
): boolean {
  const largest = quantised[first][slot];
  let [a, b, c] = [state[first + 1], state[first + 2], state[first + 3]];
  if (state[first] !== largest) {
    if (tolerance === 0) return false;
    unpackQuaternion(state[first], a, b, c, highest, q);
    repackQuaternion(q, largest, highest, packed);
    [, a, b, c] = packed;
  }
  return (
    Math.abs(a - quantised[first + 1][slot]) <= tolerance &&
    Math.abs(b - quantised[first + 2][slot]) <= tolerance &&
    Math.abs(c - quantised[first + 3][slot]) <= tolerance
  );
}
