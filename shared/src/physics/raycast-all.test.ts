import fc from "fast-check";
import { expect, test } from "vitest";
import { raycastAll } from "./raycast-all.ts";
import { circleObstacle, StaticGrid } from "./static-grid.ts";
import { createSweepHit } from "./sweep-hit.ts";
import { raycast } from "./sweep.ts";

const room = (count: number) => Array.from({ length: count }, createSweepHit);
/** Obstacles on whole places, and rays between them: none only touches an edge. */
const whole = fc.integer({ min: -12, max: 12 });
const between = whole.map((place) => place + 0.37);

test("raycastAll lists what the ray enters, nearest first", () => {
  const row = [3, 1, 2].map((at) => ({ minX: at * 10, minY: -1, maxX: at * 10 + 2, maxY: 1 }));
  const grid = new StaticGrid([...row, circleObstacle(-4, 0, 1)]);
  const hits = room(8);
  expect(raycastAll(grid, 0, 0, 100, 0, hits)).toBe(3);
  expect(hits.slice(0, 3).map(({ obstacle, x, normalX }) => [obstacle, x, normalX])).toEqual([
    [1, 10, -1],
    [2, 20, -1],
    [0, 30, -1],
  ]);
  expect(raycastAll(grid, 11, 0, 10, 0, hits)).toBe(2);
  expect([hits[0].obstacle, hits[0].time]).toEqual([1, 0]);
});

test("raycastAll keeps the nearest where there is not room for all", () => {
  const row = Array.from({ length: 20 }, (_, i) => ({ minX: i * 3, minY: -1, maxX: i * 3 + 1, maxY: 1 }));
  const hits = room(3);
  expect(raycastAll(new StaticGrid(row.toReversed(), { cellSize: 2 }), 100, 0, -200, 0, hits)).toBe(3);
  expect(hits.map(({ x }) => x)).toEqual([58, 55, 52]);
});

test("raycastAll agrees with casts at each obstacle alone", () => {
  const hits = room(12);
  const single = createSweepHit();
  fc.assert(
    fc.property(
      fc.array(fc.tuple(whole, whole, fc.integer({ min: 1, max: 4 }), fc.constantFrom(0, 1)), {
        maxLength: 10,
      }),
      fc.tuple(between, between, whole, whole),
      fc.constantFrom(0.5, 3, 50),
      (list, [x, y, dx, dy], cellSize) => {
        const boxes = list.map(([minX, minY, size, round]) => ({
          minX,
          minY,
          maxX: minX + size,
          maxY: minY + size,
          round,
        }));
        const count = raycastAll(new StaticGrid(boxes, { cellSize }), x, y, dx, dy, hits);
        const expected = boxes
          .flatMap((box, obstacle) =>
            raycast(new StaticGrid([box]), x, y, dx, dy, single) ? [{ ...single, obstacle }] : [],
          )
          .sort((a, b) => a.time - b.time || a.obstacle - b.obstacle);
        expect(hits.slice(0, count)).toEqual(expected);
      },
    ),
    { numRuns: 500 },
  );
});

test("raycastAll sees nothing along a ray that is none", () => {
  const grid = new StaticGrid([circleObstacle(0, 0, 1)]);
  expect(raycastAll(grid, -5, 0, Number.NaN, 0, room(1))).toBe(0);
  expect(raycastAll(grid, -5, 0, 10, 0, [])).toBe(0);
});
