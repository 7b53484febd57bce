import type { StaticGrid } from "./static-grid.ts";
import { createSweepHit, type SweepHit } from "./sweep-hit.ts";
import { sweepObstacle } from "./sweep-obstacle.ts";

const single = createSweepHit();

/**
 * Casts a ray from (x, y) to (x + dx, y + dy) through everything, and writes the hits into `out`, nearest first: where
 * the ray enters each obstacle, once per obstacle. Returns how many there are; of more than `out` has room for, the
 * nearest are kept. For shots that go through walls, and for what `raycast` would report if something were not there.
 */
export function raycastAll(
  grid: StaticGrid,
  x: number,
  y: number,
  dx: number,
  dy: number,
  out: readonly SweepHit[],
): number {
  const isFinite = dx * dx + dy * dy < Infinity;
  if (!isFinite || grid.count === 0 || out.length === 0) return 0;
  const firstColumn = grid.columnOf(dx < 0 ? x + dx : x);
  const lastColumn = grid.columnOf(dx < 0 ? x : x + dx);
  let count = 0;
  for (let column = firstColumn; column <= lastColumn; column += 1) {
    // The rows that the ray passes in this column of cells, with one to spare on both sides for rounding.
    const left = grid.left + column * grid.cellSize;
    const atLeft = dx === 0 ? y : heightAt(left, x, y, dx, dy);
    const atRight = dx === 0 ? y + dy : heightAt(left + grid.cellSize, x, y, dx, dy);
    const firstRow = Math.max(0, grid.rowOf(Math.min(atLeft, atRight)) - 1);
    const lastRow = Math.min(grid.rows - 1, grid.rowOf(Math.max(atLeft, atRight)) + 1);
    for (let row = firstRow; row <= lastRow; row += 1) {
      const cell = row * grid.columns + column;
      const last = grid.cellStart[cell + 1];
      for (let i = grid.cellStart[cell]; i < last; i += 1) {
        const index = grid.items[i];
        if (isListed(out, count, index)) continue;
        single.obstacle = -1;
        sweepObstacle(grid, index, x, y, dx, dy, 0, true, single);
        if (single.obstacle < 0) continue;
        single.x = x + dx * single.time;
        single.y = y + dy * single.time;
        count = insert(out, count, single);
      }
    }
  }
  return count;
}

/** Where the ray is when it is at `atX`, held to the part of it that exists. */
function heightAt(atX: number, x: number, y: number, dx: number, dy: number): number {
  const time = (atX - x) / dx;
  return y + dy * (time < 0 ? 0 : time > 1 ? 1 : time);
}

function isListed(out: readonly SweepHit[], count: number, index: number): boolean {
  for (let i = 0; i < count; i += 1) if (out[i].obstacle === index) return true;
  return false;
}

function insert(out: readonly SweepHit[], count: number, hit: SweepHit): number {
  let place = count;
  while (place > 0 && comesBefore(hit, out[place - 1])) place -= 1;
  if (place === out.length) return count;
  const end = Math.min(count, out.length - 1);
  for (let i = end; i > place; i -= 1) Object.assign(out[i], out[i - 1]);
  Object.assign(out[place], hit);
  return end + 1;
}

function comesBefore(a: SweepHit, b: SweepHit): boolean {
  return a.time < b.time || (a.time === b.time && a.obstacle < b.obstacle);
}
