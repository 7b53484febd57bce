import type { Shape3 } from "./shape.ts";
import type { StaticGrid3 } from "./static-grid.ts";
import type { SweepHit3 } from "./sweep-hit.ts";
import { sweepSolid } from "./sweep-solid.ts";

/**
 * Moves a shape that does not turn on the way from (x, y, z) by (dx, dy, dz) and writes the first contact into `out`.
 * Returns whether there is one; when not, `out` holds the end of the motion. Touching or running along a solid is no
 * contact. A shape that already overlaps a solid hits it at time 0 if the motion leads deeper, and may leave freely. A
 * motion that is not finite is treated as none.
 */
export function sweepShape3(
  grid: StaticGrid3,
  x: number,
  y: number,
  z: number,
  dx: number,
  dy: number,
  dz: number,
  shape: Shape3,
  out: SweepHit3,
): boolean {
  return sweepPath3(grid, x, y, z, dx, dy, dz, shape, 0, false, out);
}

/** Where a path is, as arrays: numbers passed to inner calls one by one would be allocated. */
const start = new Float64Array(3);
const motion = new Float64Array(3);
const first = new Int32Array(3);
const last = new Int32Array(3);
const span = { from: 0.5, to: 0.5 };

/** For a shape grown by `margin`; `solidStart` as in `sweepSolid`. */
export function sweepPath3(
  grid: StaticGrid3,
  x: number,
  y: number,
  z: number,
  wantedX: number,
  wantedY: number,
  wantedZ: number,
  shape: Shape3,
  margin: number,
  solidStart: boolean,
  out: SweepHit3,
): boolean {
  const lengthSquared = wantedX * wantedX + wantedY * wantedY + wantedZ * wantedZ;
  const isFinite = lengthSquared < Infinity;
  motion[0] = isFinite ? wantedX : 0;
  motion[1] = isFinite ? wantedY : 0;
  motion[2] = isFinite ? wantedZ : 0;
  start[0] = x;
  start[1] = y;
  start[2] = z;
  out.time = 1;
  out.normalX = 0;
  out.normalY = 0;
  out.normalZ = 0;
  out.obstacle = -1;
  const reach = shape.radius + margin;
  span.from = 0;
  span.to = 1;
  for (let axis = 0; axis < 3; axis += 1)
    clip(axis, grid.low[axis] - shape.extent[axis] - reach, grid.high[axis] + shape.extent[axis] + reach);
  if (span.from <= span.to && grid.count > 0) {
    // The pieces, of about one cell each, only choose candidates; contact times come from the whole path.
    const length = isFinite ? Math.sqrt(lengthSquared) * (span.to - span.from) : 0;
    const most = grid.cells[0] + grid.cells[1] + grid.cells[2];
    const pieces = Math.min(most, Math.max(1, Math.ceil(length / grid.cellSize)));
    const { from, to } = span;
    const step = (to - from) / pieces;
    for (let piece = 0; piece < pieces; piece += 1) {
      const end = piece + 1 === pieces ? to : from + step * (piece + 1);
      for (let axis = 0; axis < 3; axis += 1) {
        const a = start[axis] + motion[axis] * (from + step * piece);
        const b = start[axis] + motion[axis] * end;
        first[axis] = grid.cellOf((a < b ? a : b) - shape.extent[axis] - reach, axis);
        last[axis] = grid.cellOf((a < b ? b : a) + shape.extent[axis] + reach, axis);
      }
      sweepCells(grid, shape, margin, solidStart, out);
      if (out.obstacle >= 0 && out.time <= end) break;
    }
  }
  out.x = x + motion[0] * out.time;
  out.y = y + motion[1] * out.time;
  out.z = z + motion[2] * out.time;
  return out.obstacle >= 0;
}

/** Cuts `span` to the part of the path between two places along an axis. */
function clip(axis: number, low: number, high: number): void {
  if (motion[axis] === 0) {
    if (!(start[axis] >= low && start[axis] <= high)) span.to = -1;
    return;
  }
  const a = (low - start[axis]) / motion[axis];
  const b = (high - start[axis]) / motion[axis];
  span.from = Math.max(span.from, Math.min(a, b));
  span.to = Math.min(span.to, Math.max(a, b));
}

function sweepCells(
  grid: StaticGrid3,
  shape: Shape3,
  margin: number,
  solidStart: boolean,
  out: SweepHit3,
): void {
  const reach = shape.radius + margin;
  for (let k = first[2]; k <= last[2]; k += 1)
    for (let j = first[1]; j <= last[1]; j += 1)
      for (let i = first[0]; i <= last[0]; i += 1) {
        const cell = (k * grid.cells[1] + j) * grid.cells[0] + i;
        const end = grid.cellStart[cell + 1];
        for (let item = grid.cellStart[cell]; item < end; item += 1) {
          const index = grid.items[item];
          span.from = 0;
          span.to = out.obstacle < 0 ? 1 : out.time;
          for (let axis = 0; axis < 3; axis += 1) {
            const beyond = shape.extent[axis] + reach;
            clip(axis, grid.min[index * 3 + axis] - beyond, grid.max[index * 3 + axis] + beyond);
          }
          if (span.from > span.to) continue;
          sweepSolid(
            grid,
            index,
            start[0],
            start[1],
            start[2],
            motion[0],
            motion[1],
            motion[2],
            shape,
            margin,
            solidStart,
            out,
          );
        }
      }
}
