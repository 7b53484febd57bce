import { CELL, HALF, isWall, MAP_CELLS } from "../../shared/map.ts";

/** A closed line around walls, in metres: x, y, x, y, ... with the wall on the right hand of the walker. */
export interface Outline {
  readonly points: readonly number[];
  /** The line runs around floor instead of around wall: the rim of the arena. */
  readonly encloses: "wall" | "floor";
}

/** Metres cut off every corner that sticks out, for looks only: the walls that ships collide with are square. */
const CHAMFER = 0.35;

type Edge = { column: number; row: number; dx: number; dy: number; used: boolean };

/** Every side of a wall cell that faces floor, walked clockwise around the cell. */
function* wallEdges(): Generator<Edge> {
  for (let row = 0; row < MAP_CELLS; row++) {
    for (let column = 0; column < MAP_CELLS; column++) {
      if (!isWall(column, row)) continue;
      if (!isWall(column, row - 1)) yield { column, row, dx: 1, dy: 0, used: false };
      if (!isWall(column + 1, row)) yield { column: column + 1, row, dx: 0, dy: 1, used: false };
      if (!isWall(column, row + 1)) yield { column: column + 1, row: row + 1, dx: -1, dy: 0, used: false };
      if (!isWall(column - 1, row)) yield { column, row: row + 1, dx: 0, dy: -1, used: false };
    }
  }
}

/** Joins the sides of wall cells into closed outlines with straight lines merged and corners cut. */
export function traceWalls(): Outline[] {
  const edges = [...wallEdges()];
  const from = new Map<number, Edge[]>();
  const key = (column: number, row: number) => row * (MAP_CELLS + 1) + column;
  for (const edge of edges) {
    const start = key(edge.column, edge.row);
    from.set(start, [...(from.get(start) ?? []), edge]);
  }
  const outlines: Outline[] = [];
  for (const first of edges) {
    if (first.used) continue;
    const corners: { column: number; row: number; before: Edge; after: Edge }[] = [];
    let edge = first;
    do {
      edge.used = true;
      const ahead = from.get(key(edge.column + edge.dx, edge.row + edge.dy))!;
      // Where two walls touch with their corners only, turn right: they stay two outlines.
      const next =
        ahead.find((candidate) => candidate.dx === -edge.dy && candidate.dy === edge.dx) ?? ahead[0];
      if (next.dx !== edge.dx || next.dy !== edge.dy) {
        corners.push({ column: next.column, row: next.row, before: edge, after: next });
      }
      edge = next;
    } while (edge !== first);
    outlines.push(outline(corners));
  }
  return outlines;
}

function outline(corners: { column: number; row: number; before: Edge; after: Edge }[]): Outline {
  const points: number[] = [];
  let doubleArea = 0;
  corners.forEach(({ column, row, before, after }, index) => {
    const next = corners[(index + 1) % corners.length];
    doubleArea += column * next.row - next.column * row;
    const x = column * CELL - HALF;
    const y = row * CELL - HALF;
    const sticksOut = before.dx * after.dy - before.dy * after.dx > 0;
    if (!sticksOut) return void points.push(x, y);
    points.push(
      x - before.dx * CHAMFER,
      y - before.dy * CHAMFER,
      x + after.dx * CHAMFER,
      y + after.dy * CHAMFER,
    );
  });
  return { points, encloses: doubleArea > 0 ? "wall" : "floor" };
}
