import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Rng } from "../rng/rng.ts";
import { createSlideResult, moveAndSlide, slideShape } from "./move-and-slide.ts";
import { deepestShapeOverlap, overlapsCircle, overlapsShape } from "./overlap.ts";
import { overlappedObstacles } from "./overlapped-obstacles.ts";
import { boxShape, capsuleShape, circleShape, Shape } from "./shape.ts";
import { circleObstacle, StaticGrid, type StaticBox } from "./static-grid.ts";
import { createSweepHit } from "./sweep-hit.ts";
import { sweepCircle, sweepShape } from "./sweep.ts";

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
const heading = fc.oneof(
  fc.constantFrom(0, Math.PI / 2, Math.PI, 1e-9, 1e-7, Math.PI / 2 + 1e-8),
  fc.double({ min: -4, max: 4, noNaN: true }),
);
const size = fc.double({ min: 0.05, max: 2, noNaN: true });
const shapes = fc.oneof(
  fc.tuple(size, size).map(([length, radius]) => capsuleShape(length, radius)),
  fc.tuple(size, size).map(([width, height]) => boxShape(width, height)),
  fc.tuple(size, size, size).map(([width, height, radius]) => boxShape(width, height, radius)),
  size.map((radius) => circleShape(radius)),
);
const turned = fc
  .tuple(shapes, heading)
  .map(([{ halfLength, halfWidth, radius }, radians]) =>
    new Shape(halfLength, halfWidth, radius).turn(radians),
  );

/** A shape as a cloud of circles: an independent account of where it is. */
function cloud(shape: Shape): { x: number; y: number; radius: number }[] {
  const circles = [];
  for (let i = -4; i <= 4; i += 1)
    for (let j = -4; j <= 4; j += 1) {
      const along = (i / 4) * shape.halfLength;
      const across = (j / 4) * shape.halfWidth;
      circles.push({
        x: along * shape.axisX - across * shape.axisY,
        y: along * shape.axisY + across * shape.axisX,
        radius: shape.radius,
      });
    }
  return circles;
}

function room(seed: number): StaticGrid {
  const rng = new Rng(seed);
  const boxes: StaticBox[] = [
    { minX: -21, minY: -21, maxX: 21, maxY: -20 },
    { minX: -21, minY: 20, maxX: 21, maxY: 21 },
    { minX: -21, minY: -20, maxX: -20, maxY: 20 },
    { minX: 20, minY: -20, maxX: 21, maxY: 20 },
  ];
  for (let i = 0; i < 30; i += 1) {
    const x = rng.range(-18, 17);
    const y = rng.range(-18, 17);
    if (i % 5 === 0) boxes.push(circleObstacle(x, y, rng.range(0.3, 2)));
    else boxes.push({ minX: x, minY: y, maxX: x + rng.range(0.1, 4), maxY: y + rng.range(0.1, 4) });
  }
  return new StaticGrid(boxes);
}

describe("sweepShape", () => {
  test("stops a box at a face, and a capsule at its end", () => {
    const hit = createSweepHit();
    const grid = new StaticGrid([box]);
    expect(sweepShape(grid, -5, 1, 10, 0, boxShape(2, 1), hit)).toBe(true);
    expect([hit.x, hit.y, hit.normalX, hit.normalY]).toEqual([-1, 1, -1, 0]);
    expect(sweepShape(grid, -5, 1, 10, 0, capsuleShape(2, 0.5), hit)).toBe(true);
    expect(hit.x).toBe(-1.5);
    expect(sweepShape(grid, 2, 9, 0, -10, capsuleShape(2, 0.5).turn(Math.PI / 2), hit)).toBe(true);
    expect(hit.y).toBeCloseTo(3.5, 9);
  });

  test("meets a face with the corner of a turned box", () => {
    const hit = createSweepHit();
    const shape = boxShape(2, 2).turn(Math.PI / 4);
    expect(sweepShape(new StaticGrid([box]), -5, 1, 10, 0, shape, hit)).toBe(true);
    expect(hit.x).toBeCloseTo(-Math.SQRT2, 12);
    expect([hit.normalX, hit.normalY]).toEqual([-1, 0]);
  });

  test("meets a corner with the side of a turned box, whose normal it gives", () => {
    const hit = createSweepHit();
    const shape = boxShape(2, 2).turn(Math.PI / 4);
    expect(sweepShape(new StaticGrid([box]), -3, -3, 4, 4, shape, hit)).toBe(true);
    expect(hit.x).toBeCloseTo(-Math.SQRT1_2, 12);
    expect(hit.normalX).toBeCloseTo(-Math.SQRT1_2, 12);
    expect(hit.normalY).toBeCloseTo(-Math.SQRT1_2, 12);
  });

  test("of a circle is the sweep of a circle", () => {
    const hit = createSweepHit();
    const other = createSweepHit();
    fc.assert(
      fc.property(
        obstacles,
        fc.tuple(coordinate, coordinate, coordinate, coordinate),
        size,
        (list, path, radius) => {
          const grid = new StaticGrid(list);
          const [x, y, dx, dy] = path;
          fc.pre(!overlapsCircle(grid, x, y, radius + 1e-9));
          sweepCircle(grid, x, y, dx, dy, radius, hit);
          sweepShape(grid, x, y, dx, dy, circleShape(radius), other);
          // Where a path only touches, a rounding error decides; then both are as far.
          if (hit.obstacle !== other.obstacle) return;
          expect(other.time).toBeCloseTo(hit.time, 9);
          expect(other.normalX).toBeCloseTo(hit.normalX, 6);
        },
      ),
      { numRuns: 500 },
    );
  });

  test("agrees with many small steps", () => {
    const hit = createSweepHit();
    const steps = 400;
    fc.assert(
      fc.property(
        obstacles,
        fc.tuple(coordinate, coordinate, coordinate, coordinate),
        turned,
        (list, [x, y, dx, dy], shape) => {
          const grid = new StaticGrid(list);
          fc.pre(!overlapsShape(grid, x, y, shape));
          sweepShape(grid, x, y, dx, dy, shape, hit);
          const overlap = { depth: 0, normalX: 0, normalY: 0 };
          for (let i = 0; i <= steps * hit.time; i += 1) {
            const time = i / steps;
            deepestShapeOverlap(grid, x + dx * time, y + dy * time, shape, overlap);
            expect(overlap.depth).toBeLessThan(1e-7);
          }
          deepestShapeOverlap(grid, hit.x, hit.y, shape, overlap);
          // Edges nearer to parallel than 1e-9 are taken for parallel.
          expect(overlap.depth).toBeLessThan(1e-8);
          if (hit.obstacle < 0) return;
          expect(Math.hypot(hit.normalX, hit.normalY)).toBeCloseTo(1, 9);
          expect(dx * hit.normalX + dy * hit.normalY).toBeLessThanOrEqual(0);
          // A little further against the normal it is inside.
          const { x: atX, y: atY, normalX, normalY } = hit;
          expect(overlapsShape(grid, atX - normalX * 1e-6, atY - normalY * 1e-6, shape)).toBe(true);
        },
      ),
      { numRuns: 400 },
    );
  });

  test("gives the same result whatever the cell size", () => {
    const hit = createSweepHit();
    const other = createSweepHit();
    fc.assert(
      fc.property(
        obstacles,
        fc.tuple(coordinate, coordinate, coordinate, coordinate),
        turned,
        (list, [x, y, dx, dy], shape) => {
          sweepShape(new StaticGrid(list, { cellSize: 100 }), x, y, dx, dy, shape, hit);
          sweepShape(new StaticGrid(list, { cellSize: 0.7 }), x, y, dx, dy, shape, other);
          expect(other).toEqual(hit);
        },
      ),
    );
  });
});

describe("overlapsShape", () => {
  test("agrees with a cloud of circles that fill the shape", () => {
    fc.assert(
      fc.property(obstacles, coordinate, coordinate, turned, (list, x, y, shape) => {
        const grid = new StaticGrid(list);
        const isInCloud = cloud(shape).some((c) => overlapsCircle(grid, x + c.x, y + c.y, c.radius));
        if (isInCloud) expect(overlapsShape(grid, x, y, shape)).toBe(true);
        // The cloud has holes; of something wider than these it has none.
        const spacing = Math.max(shape.halfLength, shape.halfWidth) / 4;
        const isNear = cloud(shape).some((c) => overlapsCircle(grid, x + c.x, y + c.y, c.radius + spacing));
        if (!isNear) expect(overlapsShape(grid, x, y, shape)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  test("gives the way out", () => {
    const overlap = { depth: 0, normalX: 0, normalY: 0 };
    fc.assert(
      fc.property(obstacles, coordinate, coordinate, turned, ([first], x, y, shape) => {
        const grid = new StaticGrid([first]);
        fc.pre(deepestShapeOverlap(grid, x, y, shape, overlap));
        const { depth, normalX, normalY } = overlap;
        const further = depth + 1e-6;
        expect(overlapsShape(grid, x + normalX * further, y + normalY * further, shape)).toBe(false);
        if (depth < 1e-6) return;
        const short = depth - 1e-7;
        expect(overlapsShape(grid, x + normalX * short, y + normalY * short, shape)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

test("overlappedObstacles lists each overlapped obstacle once, as many as there is room for", () => {
  const found = new Int32Array(16);
  fc.assert(
    fc.property(obstacles, coordinate, coordinate, turned, (list, x, y, shape) => {
      const count = overlappedObstacles(new StaticGrid(list, { cellSize: 1 }), x, y, shape, found);
      const expected = list.flatMap((box, i) =>
        overlapsShape(new StaticGrid([box]), x, y, shape) ? [i] : [],
      );
      expect([...found.subarray(0, count)].sort((a, b) => a - b)).toEqual(expected);
      const one = new Int32Array(1);
      expect(overlappedObstacles(new StaticGrid(list), x, y, shape, one)).toBe(Math.min(1, count));
    }),
    { numRuns: 300 },
  );
});

describe("slideShape", () => {
  test("slides a box along a wall and a circle as moveAndSlide does", () => {
    const grid = new StaticGrid([{ minX: -50, minY: -1, maxX: 50, maxY: 0 }]);
    const out = createSlideResult();
    slideShape(grid, 0, 2, 4, -3, boxShape(1, 2), out);
    expect(out.x).toBeCloseTo(4, 12);
    expect(out.y).toBeCloseTo(1 + grid.skin, 12);
    const other = createSlideResult();
    slideShape(grid, 0, 2, 4, -3, circleShape(0.5), out);
    moveAndSlide(grid, 0, 2, 4, -3, 0.5, other);
    expect(out).toEqual(other);
  });

  test("glides a box over the seams of a wall made of tiles", () => {
    const tiles = Array.from({ length: 40 }, (_, i) => ({ minX: i, minY: -1, maxX: i + 1, maxY: 0 }));
    const out = createSlideResult();
    out.x = 1;
    out.y = 0.6;
    const grid = new StaticGrid(tiles);
    for (let tick = 0; tick < 300; tick += 1) slideShape(grid, out.x, out.y, 0.1, -0.1, boxShape(1, 1), out);
    expect(out.x).toBeGreaterThan(30);
  });

  test("never moves further than asked, nor against the wanted direction", () => {
    const out = createSlideResult();
    const step = fc.double({ min: -3, max: 3, noNaN: true });
    const at = fc.double({ min: -17, max: 17, noNaN: true });
    fc.assert(
      fc.property(fc.nat(20), at, at, step, step, turned, (seed, x, y, dx, dy, shape) => {
        const grid = room(seed);
        fc.pre(!overlapsShape(grid, x, y, shape));
        slideShape(grid, x, y, dx, dy, shape, out);
        // Beside a wall, at less than the skin, it may first be moved off by that much.
        expect(Math.hypot(out.x - x, out.y - y)).toBeLessThanOrEqual(Math.hypot(dx, dy) + grid.skin * 4);
        expect((out.x - x) * dx + (out.y - y) * dy).toBeGreaterThanOrEqual(-grid.skin * 12);
      }),
      { numRuns: 300 },
    );
  });

  test("never penetrates an obstacle, slow or fast, with positions rounded to the state grid", () => {
    const out = createSlideResult();
    const overlap = { depth: 0, normalX: 0, normalY: 0 };
    const onGrid = (value: number): number => Math.round(value * 4096) / 4096;
    let contacts = 0;
    const movers = [
      capsuleShape(1, 0.4),
      capsuleShape(1.5, 0.3).turn(Math.PI / 2),
      capsuleShape(1, 0.3).turn(0.7),
      boxShape(1, 0.8),
      boxShape(1.2, 0.6).turn(0.4),
      boxShape(0.5, 0.5, 0.2).turn(2.1),
    ];
    for (const [seed, shape] of movers.entries()) {
      const grid = room(seed);
      const rng = new Rng(seed, 77);
      let x = 0;
      let y = 0;
      do {
        x = onGrid(rng.range(-18, 18));
        y = onGrid(rng.range(-18, 18));
      } while (overlapsShape(grid, x, y, shape));
      let dx = 0;
      let dy = 0;
      for (let tick = 0; tick < 5000; tick += 1) {
        if (tick % 40 === 0) {
          const speed = [0.001, 0.05, 0.2, 5][rng.int(4)];
          dx = rng.range(-speed, speed);
          dy = rng.range(-speed, speed);
        }
        slideShape(grid, x, y, dx, dy, shape, out);
        contacts += out.contacts;
        x = onGrid(out.x);
        y = onGrid(out.y);
        if (deepestShapeOverlap(grid, x, y, shape, overlap))
          throw new Error(`shape ${seed}, tick ${tick}: ${overlap.depth} inside at (${x}, ${y})`);
        expect(Math.abs(x) < 20 && Math.abs(y) < 20).toBe(true);
      }
    }
    expect(contacts).toBeGreaterThan(10_000);
  });

  test("pushes out a box that starts inside an obstacle", () => {
    const out = createSlideResult();
    const grid = new StaticGrid([{ minX: 0, minY: 0, maxX: 4, maxY: 4 }]);
    slideShape(grid, 3.5, 2, 0, 0, boxShape(1, 1), out);
    expect(out.x).toBeCloseTo(4.5 + grid.skin, 12);
    expect(out.y).toBe(2);
  });
});

test("a shape refuses sizes that are none", () => {
  expect(() => circleShape(-1)).toThrow(/at least 0/);
  expect(() => boxShape(Number.NaN, 1)).toThrow(/finite/);
});
