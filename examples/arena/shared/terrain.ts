import {
  createSlideResult,
  createSweepHit,
  moveAndSlide,
  type StaticBox,
  StaticGrid,
  sweepCircle,
} from "@tidelock/shared";
import { CELL, HALF, isWall, MAP_CELLS } from "./map.ts";

/** The walls as obstacles: neighbouring cells joined, so that nobody catches on a seam and few boxes are tested. */
export const terrain = new StaticGrid(wallBoxes(), { cellSize: 2 * CELL });

const slid = createSlideResult();
const swept = createSweepHit();

/** Moves a circle by (dx, dy), along the walls where they are in the way. The result is reused by the next call. */
export function slide(
  x: number,
  y: number,
  dx: number,
  dy: number,
  radius: number,
): { readonly x: number; readonly y: number } {
  moveAndSlide(terrain, x, y, dx, dy, radius, slid);
  return slid;
}

/** The share (0 to 1) of the way (dx, dy) that a circle can go before it meets a wall; 1 if it meets none. */
export function freeShare(x: number, y: number, dx: number, dy: number, radius: number): number {
  return sweepCircle(terrain, x, y, dx, dy, radius, swept) ? swept.time : 1;
}

/** Joins wall cells into rectangles: as wide as possible first, then as deep as all of that width goes. */
function wallBoxes(): StaticBox[] {
  const taken = new Uint8Array(MAP_CELLS * MAP_CELLS);
  const isOpen = (column: number, row: number) =>
    column < MAP_CELLS && row < MAP_CELLS && isWall(column, row) && taken[row * MAP_CELLS + column] === 0;
  const boxes: StaticBox[] = [];
  for (let row = 0; row < MAP_CELLS; row++) {
    for (let column = 0; column < MAP_CELLS; column++) {
      if (!isOpen(column, row)) continue;
      let right = column;
      while (isOpen(right + 1, row)) right++;
      let bottom = row;
      while (isRowOpen(isOpen, column, right, bottom + 1)) bottom++;
      for (let y = row; y <= bottom; y++) taken.fill(1, y * MAP_CELLS + column, y * MAP_CELLS + right + 1);
      boxes.push({
        minX: column * CELL - HALF,
        minY: row * CELL - HALF,
        maxX: (right + 1) * CELL - HALF,
        maxY: (bottom + 1) * CELL - HALF,
      });
    }
  }
  return boxes;
}

function isRowOpen(
  isOpen: (column: number, row: number) => boolean,
  from: number,
  to: number,
  row: number,
): boolean {
  for (let column = from; column <= to; column++) if (!isOpen(column, row)) return false;
  return true;
}
