import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lineOfSight, obstacleBetween } from "./line-of-sight.ts";
import { overlapsCircle } from "./overlap.ts";
import { circleObstacle, StaticGrid } from "./static-grid.ts";
import { createSweepHit } from "./sweep-hit.ts";
import { raycast } from "./sweep.ts";

const box = { minX: 0, minY: 0, maxX: 4, maxY: 2 };
const coordinate = fc.double({ min: -12, max: 12, noNaN: true });
const size = fc.double({ min: 0, max: 5, noNaN: true });
const obstacles = fc.array(
  fc
    .record({
      minX: coordinate,
      minY: coordinate,
      width: size,
      height: size,
      round: fc.constantFrom(0, 0, 1),
    })
    .map(({ minX, minY, width, height, round }) => ({
      minX,
      minY,
      maxX: minX + width,
      maxY: minY + height,
      round,
    })),
  { minLength: 1, maxLength: 8 },
);
const line = fc.tuple(coordinate, coordinate, coordinate, coordinate);
/** Obstacles on whole places and lines between them: none only touches the other. */
const whole = fc.integer({ min: -12, max: 12 });
const wholeObstacles = fc.array(
  fc
    .record({
      minX: whole,
      minY: whole,
      width: fc.integer({ min: 1, max: 5 }),
      round: fc.constantFrom(0, 0, 1),
    })
    .map(({ minX, minY, width, round }) => ({ minX, minY, maxX: minX + width, maxY: minY + 1, round })),
  { minLength: 1, maxLength: 8 },
);
const between = whole.map((n) => n + 0.37);
const lineBetween = fc.tuple(between, between, between, between);

describe("lineOfSight", () => {
  test("is blocked by an obstacle between, not by one beside or behind", () => {
    const grid = new StaticGrid([box]);
    expect(lineOfSight(grid, -1, 1, 5, 1)).toBe(false);
    expect(lineOfSight(grid, -1, 3, 5, 3)).toBe(true);
    expect(lineOfSight(grid, -1, 1, -0.1, 1)).toBe(true);
    expect(lineOfSight(grid, 2, 1, 2, 9)).toBe(false);
  });

  test("is the same in both directions", () => {
    fc.assert(
      fc.property(
        obstacles,
        fc.tuple(coordinate, coordinate, coordinate, coordinate),
        (shapes, [x, y, toX, toY]) => {
          const grid = new StaticGrid(shapes);
          expect(lineOfSight(grid, x, y, toX, toY)).toBe(lineOfSight(grid, toX, toY, x, y));
        },
      ),
      { numRuns: 500 },
    );
  });

  test("touches and runs along edges freely, round corners included", () => {
    const grid = new StaticGrid([box, circleObstacle(10, 0, 1)]);
    expect(lineOfSight(grid, -1, 2, 5, 2)).toBe(true);
    expect(lineOfSight(grid, 4, -1, 4, 3)).toBe(true);
    expect(lineOfSight(grid, -1, 1, 0, 1)).toBe(true);
    expect(lineOfSight(grid, 4, 1, 6, 1)).toBe(true);
    expect(lineOfSight(grid, 9, -3, 9, 3)).toBe(true);
    expect(lineOfSight(grid, 9.01, -3, 9.01, 3)).toBe(false);
    expect(lineOfSight(grid, 9, 1, 11, 1)).toBe(true);
  });

  test("sees nothing from inside an obstacle, and nothing at or from a place that is none", () => {
    const grid = new StaticGrid([box]);
    expect(lineOfSight(grid, 1, 1, 1, 1)).toBe(false);
    expect(lineOfSight(grid, 1, 1, 2, 1)).toBe(false);
    for (const nowhere of [Number.NaN, Infinity]) {
      expect(lineOfSight(grid, nowhere, 5, 1, 5)).toBe(false);
      expect(lineOfSight(grid, 1, 5, 1, nowhere)).toBe(false);
    }
    expect(lineOfSight(new StaticGrid([]), 1, 1, 2, 1)).toBe(true);
  });

  test("agrees with points along the line, and with the raycast", () => {
    const hit = createSweepHit();
    fc.assert(
      fc.property(wholeObstacles, lineBetween, (shapes, [x, y, toX, toY]) => {
        const grid = new StaticGrid(shapes);
        const isClear = lineOfSight(grid, x, y, toX, toY);
        let isFree = true;
        for (let i = 0; i <= 512; i++)
          if (overlapsCircle(grid, x + ((toX - x) * i) / 512, y + ((toY - y) * i) / 512, 0)) isFree = false;
        // Halved nine times, whole coordinates stay exact. Points lie apart, so that a corner may stand between two; what they hit, the line does.
        if (!isFree) expect(isClear).toBe(false);
        expect(raycast(grid, x, y, toX - x, toY - y, hit)).toBe(!isClear);
      }),
      { numRuns: 500 },
    );
  });

  test("is the same whatever the cell size", () => {
    fc.assert(
      fc.property(obstacles, line, (shapes, [x, y, toX, toY]) => {
        const isClear = lineOfSight(new StaticGrid(shapes, { cellSize: 100 }), x, y, toX, toY);
        expect(lineOfSight(new StaticGrid(shapes, { cellSize: 0.7 }), x, y, toX, toY)).toBe(isClear);
      }),
      { numRuns: 500 },
    );
  });

  test("costs little even where the obstacles are tiny", () => {
    const grid = new StaticGrid([{ minX: 0, minY: 0, maxX: 1e-300, maxY: 1e-300 }]);
    expect(lineOfSight(grid, -9.3, -3.1, 7.7, 3.3)).toBe(true);
  });

  test("names an obstacle in between, the likely one first, and none where there is none", () => {
    const grid = new StaticGrid([box, { ...box, minX: 10, maxX: 12 }, { ...box, minY: 9, maxY: 10 }]);
    expect(obstacleBetween(grid, -1, 1, 20, 1)).toBe(0);
    expect(obstacleBetween(grid, -1, 1, 20, 1, 1)).toBe(1);
    expect(obstacleBetween(grid, -1, 1, 20, 1, 2)).toBe(0);
    expect(obstacleBetween(grid, -1, 1, 20, 1, 99)).toBe(0);
    expect(obstacleBetween(grid, -1, 3, 20, 3, 1)).toBe(-1);
  });

  test("is the same whichever obstacle is likely", () => {
    fc.assert(
      fc.property(obstacles, line, fc.integer({ min: -1, max: 9 }), (shapes, [x, y, toX, toY], likely) => {
        const grid = new StaticGrid(shapes);
        const found = obstacleBetween(grid, x, y, toX, toY, likely);
        expect(found < 0).toBe(lineOfSight(grid, x, y, toX, toY));
      }),
    );
  });
});
