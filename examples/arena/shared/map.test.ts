import { overlapsCircle } from "@tidelock/shared";
import { describe, expect, it } from "vitest";
import { CELL, HALF, isWall, MAP_CELLS, spawnPoints } from "./map.ts";
import { MAX_PLAYERS, PLAYER_RADIUS } from "./rules.ts";
import { terrain } from "./terrain.ts";

const cellOf = (metres: number) => Math.floor((metres + HALF) / CELL);

/** All floor cells that can be walked to from a spawn point. */
function reachable(): Set<number> {
  const reached = new Set<number>();
  const open = [[cellOf(spawnPoints[0].x), cellOf(spawnPoints[0].y)]];
  while (open.length > 0) {
    const [column, row] = open.pop()!;
    const cell = row * MAP_CELLS + column;
    if (isWall(column, row) || reached.has(cell)) continue;
    reached.add(cell);
    open.push([column + 1, row], [column - 1, row], [column, row + 1], [column, row - 1]);
  }
  return reached;
}

describe("the map", () => {
  it("is the same seen from every side", () => {
    for (let row = 0; row < MAP_CELLS; row++)
      for (let column = 0; column < MAP_CELLS; column++)
        expect(isWall(column, row)).toBe(isWall(MAP_CELLS - 1 - row, column));
  });

  it("has no floor that cannot be reached", () => {
    const reached = reachable();
    for (let row = 0; row < MAP_CELLS; row++)
      for (let column = 0; column < MAP_CELLS; column++)
        expect(reached.has(row * MAP_CELLS + column)).toBe(!isWall(column, row));
  });

  it("is closed all around", () => {
    for (let i = 0; i < MAP_CELLS; i++)
      expect([isWall(i, 0), isWall(i, MAP_CELLS - 1), isWall(0, i), isWall(MAP_CELLS - 1, i)]).toEqual(
        Array(4).fill(true),
      );
  });

  it("has room for everybody to enter, clear of the walls", () => {
    expect(spawnPoints.length).toBeGreaterThanOrEqual(MAX_PLAYERS);
    for (const { x, y } of spawnPoints) expect(overlapsCircle(terrain, x, y, PLAYER_RADIUS)).toBe(false);
  });
});
