import { describe, expect, test } from "vitest";
import { circleObstacle, StaticGrid } from "./static-grid.ts";

describe("StaticGrid", () => {
  test("files each obstacle in every cell it reaches", () => {
    const grid = new StaticGrid(
      [
        { minX: 0, minY: 0, maxX: 1, maxY: 1 },
        { minX: 9, minY: 9, maxX: 10, maxY: 10 },
        { minX: 0, minY: 4, maxX: 10, maxY: 5 },
      ],
      { cellSize: 5 },
    );
    expect([grid.columns, grid.rows]).toEqual([3, 3]);
    const inCell = (column: number, row: number): number[] => {
      const cell = row * grid.columns + column;
      return [...grid.items.subarray(grid.cellStart[cell], grid.cellStart[cell + 1])];
    };
    expect(inCell(0, 0)).toEqual([0, 2]);
    expect(inCell(1, 1)).toEqual([1, 2]);
    expect(inCell(2, 2)).toEqual([1]);
    expect(inCell(1, 0)).toEqual([2]);
  });

  test("counts rounding into the region", () => {
    const grid = new StaticGrid([circleObstacle(3, 4, 2)]);
    expect([grid.left, grid.bottom, grid.right, grid.top]).toEqual([1, 2, 5, 6]);
  });

  test("bounds the number of cells of a vast, sparse world", () => {
    const grid = new StaticGrid([
      { minX: 0, minY: 0, maxX: 1, maxY: 1 },
      { minX: 1e9, minY: 1e9, maxX: 1e9 + 1, maxY: 1e9 + 1 },
    ]);
    expect(grid.columns * grid.rows).toBeLessThanOrEqual(257 * 257);
  });

  test("may be empty", () => {
    const grid = new StaticGrid([]);
    expect([grid.columns, grid.rows, grid.items.length]).toEqual([1, 1, 0]);
  });

  test("refuses obstacles without a sound shape, naming the index", () => {
    const sound = { minX: 0, minY: 0, maxX: 1, maxY: 1 };
    expect(() => new StaticGrid([sound, { ...sound, maxX: -1 }])).toThrow(/obstacle 1 .*min <= max/);
    expect(() => new StaticGrid([{ ...sound, minY: Number.NaN }])).toThrow(/obstacle 0 .*finite/);
    expect(() => new StaticGrid([{ ...sound, round: -1 }])).toThrow(/round >= 0/);
  });
});
