import { TidelockError } from "../../errors/tidelock-error.ts";
import { identityQuaternion } from "../../math/quaternion.ts";
import type { StaticGridOptions } from "../static-grid.ts";
import { extentAlong, writeAxes } from "./axes.ts";
import type { StaticSolid } from "./static-solid.ts";

/** More cells than this cost memory and build time without making queries faster. */
const MAX_CELLS_PER_AXIS = 64;
const DEFAULT_SKIN = 1 / 1024;
/** As far as the length of a rotation may be from 1: rounding, not a mistake. */
const UNIT_TOLERANCE = 1e-6;

/**
 * Static solids in a uniform grid, built once: a query looks only at those of the cells that it touches. Build it from
 * the same list on both sides; solids are known by their index in that list, and ties go to the lower index.
 */
export class StaticGrid3 {
  readonly count: number;
  readonly skin: number;
  readonly cellSize: number;
  /** By solid, three numbers each: the centre, half the sizes along its own axes, the lowest and highest place it reaches. */
  readonly centre: Float64Array;
  readonly half: Float64Array;
  readonly min: Float64Array;
  readonly max: Float64Array;
  /** By solid, nine numbers each: its own axes, one after the other. */
  readonly axes: Float64Array;
  readonly round: Float64Array;
  /** By solid: 1 where its axes are those of the world. */
  readonly isAligned: Uint8Array;
  /** The region that the solids occupy, and the number of cells along x, y and z. */
  readonly low = new Float64Array(3);
  readonly high = new Float64Array(3);
  readonly cells = new Int32Array(3).fill(1);
  /** The solids of cell `(k * cells[1] + j) * cells[0] + i` are `items[cellStart[cell]]` up to, without, `cellStart[cell + 1]`. */
  readonly cellStart: Int32Array;
  readonly items: Int32Array;

  /** @throws TidelockError `config/static-geometry` for a solid that has no sound shape. */
  constructor(solids: readonly StaticSolid[], options: StaticGridOptions = {}) {
    this.count = solids.length;
    this.skin = options.skin ?? DEFAULT_SKIN;
    this.centre = Float64Array.from(solids.flatMap(({ x, y, z }) => [x, y, z]));
    this.half = Float64Array.from(solids.flatMap(({ halfX, halfY, halfZ }) => [halfX, halfY, halfZ]));
    this.round = Float64Array.from(solids, ({ round }) => round ?? 0);
    this.min = new Float64Array(this.count * 3);
    this.max = new Float64Array(this.count * 3);
    this.axes = new Float64Array(this.count * 9);
    this.isAligned = new Uint8Array(this.count);
    this.low.fill(this.count > 0 ? Infinity : 0);
    this.high.fill(this.count > 0 ? -Infinity : 0);
    let extents = 0;
    for (const [index, solid] of solids.entries()) {
      this.#check(index, solid);
      const rotation = solid.rotation ?? identityQuaternion();
      writeAxes(rotation, this.axes, index * 9);
      this.isAligned[index] = rotation.x === 0 && rotation.y === 0 && rotation.z === 0 ? 1 : 0;
      for (let axis = 0; axis < 3; axis += 1) {
        const at = index * 3 + axis;
        const extent = extentAlong(this.axes, index * 9, this.half, index * 3, axis) + this.round[index];
        this.min[at] = this.centre[at] - extent;
        this.max[at] = this.centre[at] + extent;
        this.low[axis] = Math.min(this.low[axis], this.min[at]);
        this.high[axis] = Math.max(this.high[axis], this.max[at]);
        extents += (2 * extent) / 3;
      }
    }
    const span = Math.max(...this.high.map((high, axis) => high - this.low[axis]));
    const wanted = options.cellSize ?? (2 * extents) / Math.max(1, this.count);
    this.cellSize = Math.max(wanted, span / MAX_CELLS_PER_AXIS) || 1;
    for (let axis = 0; axis < 3; axis += 1)
      this.cells[axis] = Math.floor((this.high[axis] - this.low[axis]) / this.cellSize) + 1;

    this.cellStart = new Int32Array(this.cells[0] * this.cells[1] * this.cells[2] + 1);
    this.#eachCell((cell) => (this.cellStart[cell + 1] += 1));
    for (let i = 1; i < this.cellStart.length; i += 1) this.cellStart[i] += this.cellStart[i - 1];
    this.items = new Int32Array(this.cellStart[this.cellStart.length - 1]);
    const next = this.cellStart.slice();
    this.#eachCell((cell, index) => {
      this.items[next[cell]] = index;
      next[cell] += 1;
    });
  }

  /** The cell of a place along axis 0, 1 or 2, held inside the grid. */
  cellOf(place: number, axis: number): number {
    const cell = Math.floor((place - this.low[axis]) / this.cellSize);
    return cell > 0 ? Math.min(this.cells[axis] - 1, cell) : 0;
  }

  #eachCell(visit: (cell: number, index: number) => void): void {
    for (let index = 0; index < this.count; index += 1) {
      const [firstX, firstY, firstZ] = [0, 1, 2].map((axis) => this.cellOf(this.min[index * 3 + axis], axis));
      const [lastX, lastY, lastZ] = [0, 1, 2].map((axis) => this.cellOf(this.max[index * 3 + axis], axis));
      for (let k = firstZ; k <= lastZ; k += 1)
        for (let j = firstY; j <= lastY; j += 1)
          for (let i = firstX; i <= lastX; i += 1) visit((k * this.cells[1] + j) * this.cells[0] + i, index);
    }
  }

  #check(index: number, { x, y, z, halfX, halfY, halfZ, round = 0, rotation }: StaticSolid): void {
    const halves = [halfX, halfY, halfZ];
    const { x: qx, y: qy, z: qz, w: qw } = rotation ?? identityQuaternion();
    const isSound =
      [x, y, z, ...halves, round].every((size) => Number.isFinite(size)) &&
      [...halves, round].every((size) => size >= 0) &&
      (round === 0 || halves.filter((size) => size > 0).length <= 1) &&
      Math.abs(qx * qx + qy * qy + qz * qz + qw * qw - 1) < UNIT_TOLERANCE;
    if (isSound) return;
    throw new TidelockError(
      "config/static-geometry",
      `StaticGrid3: solid ${index} is at [${[x, y, z].join(", ")}] with half sizes [${halves.join(", ")}], round ${round} ` +
        `and rotation [${[qx, qy, qz, qw].join(", ")}]; all must be finite, sizes at least 0, the rotation of length 1, and ` +
        `what is round may have one half size above 0 at most. Correct the solid or leave it out.`,
    );
  }
}
