import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { overlapsCircle } from "./overlap.ts";
import { circleObstacle, StaticGrid } from "./static-grid.ts";
import { createSweepHit } from "./sweep-hit.ts";
import { raycast, sweepCircle } from "./sweep.ts";

const box = { minX: 0, minY: 0, maxX: 4, maxY: 2 };
const coordinate = fc.double({ min: -12, max: 12, noNaN: true });
const obstacles = fc.array(
  fc
    .record({
      minX: coordinate,
      minY: coordinate,
      width: fc.double({ min: 0, max: 5, noNaN: true }),
      height: fc.double({ min: 0, max: 5, noNaN: true }),
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

describe("sweepCircle", () => {
  test("stops at a face, a radius away from it", () => {
    const hit = createSweepHit();
    expect(sweepCircle(new StaticGrid([box]), -5, 1, 10, 0, 0.5, hit)).toBe(true);
    expect(hit).toEqual({ time: 0.45, x: -0.5, y: 1, normalX: -1, normalY: 0, obstacle: 0 });
  });

  test("meets a corner as a circle, not as a square", () => {
    const hit = createSweepHit();
    const grid = new StaticGrid([box]);
    expect(sweepCircle(grid, -3, -3, 4, 4, 1, hit)).toBe(true);
    expect(hit.x).toBeCloseTo(-Math.SQRT1_2, 12);
    expect(hit.normalX).toBeCloseTo(-Math.SQRT1_2, 12);
    expect(hit.normalY).toBeCloseTo(-Math.SQRT1_2, 12);
    // This path crosses the corner of the box grown by the radius, but not its rounding.
    expect(sweepCircle(grid, -1.8, 0.1, 2, -2, 1, hit)).toBe(false);
  });

  test("meets round obstacles", () => {
    const hit = createSweepHit();
    expect(sweepCircle(new StaticGrid([circleObstacle(10, 0, 2)]), 0, 0, 20, 0, 1, hit)).toBe(true);
    expect(hit.x).toBeCloseTo(7, 12);
    expect(hit.normalX).toBe(-1);
  });

  test("without contact gives the end of the motion", () => {
    const hit = createSweepHit();
    expect(sweepCircle(new StaticGrid([box]), -5, 5, 10, 0, 0.5, hit)).toBe(false);
    expect(hit).toEqual({ time: 1, x: 5, y: 5, normalX: 0, normalY: 0, obstacle: -1 });
    expect(sweepCircle(new StaticGrid([]), 0, 0, 1, 1, 1, hit)).toBe(false);
  });

  test("running along a face or away from it is no contact", () => {
    const hit = createSweepHit();
    const grid = new StaticGrid([box]);
    expect(sweepCircle(grid, -2, 2.5, 10, 0, 0.5, hit)).toBe(false);
    expect(sweepCircle(grid, 1, 2.5, 0.3, 1, 0.5, hit)).toBe(false);
    expect(sweepCircle(grid, 1, 2.5, 0.3, -1, 0.5, hit)).toBe(true);
    expect(hit.time).toBe(0);
  });

  test("overlapping at the start, only a deeper motion is a hit", () => {
    const hit = createSweepHit();
    const grid = new StaticGrid([box]);
    expect(sweepCircle(grid, 1, 2.2, 0, 1, 0.5, hit)).toBe(false);
    expect(sweepCircle(grid, 1, 2.2, 0, -1, 0.5, hit)).toBe(true);
    expect([hit.time, hit.normalY]).toEqual([0, 1]);
  });

  test("treats a motion that is not finite as none", () => {
    const hit = createSweepHit();
    const grid = new StaticGrid([box]);
    for (const bad of [Number.NaN, Infinity, 1e300]) {
      expect(sweepCircle(grid, -5, 1, bad, 0, 0.5, hit)).toBe(false);
      expect([hit.x, hit.y]).toEqual([-5, 1]);
    }
  });

  test("agrees with many small steps", () => {
    const hit = createSweepHit();
    const steps = 1000;
    fc.assert(
      fc.property(
        obstacles,
        coordinate,
        coordinate,
        coordinate,
        coordinate,
        fc.double({ min: 0.05, max: 1.5, noNaN: true }),
        (shapes, x, y, dx, dy, radius) => {
          const grid = new StaticGrid(shapes);
          fc.pre(!overlapsCircle(grid, x, y, radius + 1e-6));
          sweepCircle(grid, x, y, dx, dy, radius, hit);
          // Every point before the contact is free; a little beyond it the circle is inside.
          let blocked = 0;
          for (let i = 0; i < steps * hit.time - 1; i += 1) {
            const time = i / steps;
            if (overlapsCircle(grid, x + dx * time, y + dy * time, radius - 1e-9)) blocked += 1;
          }
          expect(blocked).toBe(0);
          if (hit.obstacle < 0) return;
          expect(Math.hypot(hit.normalX, hit.normalY)).toBeCloseTo(1, 12);
          expect(dx * hit.normalX + dy * hit.normalY).toBeLessThanOrEqual(0);
          expect(overlapsCircle(grid, hit.x, hit.y, radius + 1e-6)).toBe(true);
          expect(overlapsCircle(grid, hit.x, hit.y, radius - 1e-6)).toBe(false);
        },
      ),
      { numRuns: 150 },
    );
  });

  test("costs little even where the obstacles are tiny and the circle is not", () => {
    const hit = createSweepHit();
    const grid = new StaticGrid([{ minX: 0, minY: 0, maxX: 1e-300, maxY: 1e-300 }]);
    expect(sweepCircle(grid, -9, 0, 1e6, 0, 1, hit)).toBe(true);
    expect(hit.x).toBeCloseTo(-1, 6);
  });

  test("gives the same result whatever the cell size", () => {
    const hit = createSweepHit();
    const other = createSweepHit();
    fc.assert(
      fc.property(
        obstacles,
        fc.tuple(coordinate, coordinate, coordinate, coordinate),
        (shapes, [x, y, dx, dy]) => {
          sweepCircle(new StaticGrid(shapes, { cellSize: 100 }), x, y, dx, dy, 0.4, hit);
          sweepCircle(new StaticGrid(shapes, { cellSize: 0.7 }), x, y, dx, dy, 0.4, other);
          expect(other).toEqual(hit);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("raycast", () => {
  test("hits the nearest obstacle in the way", () => {
    const hit = createSweepHit();
    const grid = new StaticGrid([box, { ...box, minX: 10, maxX: 12 }, circleObstacle(-10, 1, 1)]);
    expect(raycast(grid, 20, 1, -100, 0, hit)).toBe(true);
    expect([hit.x, hit.normalX, hit.obstacle]).toEqual([12, 1, 1]);
    expect(raycast(grid, 5, 1, 100, 0, hit)).toBe(true);
    expect([hit.x, hit.obstacle]).toEqual([10, 1]);
    expect(raycast(grid, -5, 1, -100, 0, hit)).toBe(true);
    expect([hit.x, hit.obstacle]).toEqual([-9, 2]);
  });

  test("from inside an obstacle hits at once, whatever the direction", () => {
    const hit = createSweepHit();
    expect(raycast(new StaticGrid([box]), 3.5, 1, 100, 0, hit)).toBe(true);
    expect([hit.time, hit.normalX]).toEqual([0, 1]);
  });
});
