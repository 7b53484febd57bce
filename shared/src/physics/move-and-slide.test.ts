import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Rng } from "../rng/rng.ts";
import { createSlideResult, moveAndSlide } from "./move-and-slide.ts";
import { deepestOverlap, overlapsCircle } from "./overlap.ts";
import { circleObstacle, StaticGrid, type StaticBox } from "./static-grid.ts";

const RADIUS = 0.5;
/** The state grid that the default skin is meant for. */
const STEP = 1 / 4096;

function onGrid(value: number): number {
  return Math.round(value / STEP) * STEP;
}

/** A walled room with pillars, gaps, flush tiles and round obstacles. */
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

describe("moveAndSlide", () => {
  test("moves freely where nothing is in the way", () => {
    const out = createSlideResult();
    moveAndSlide(room(1), 100, 100, 1.5, -2, RADIUS, out);
    expect(out).toEqual({ x: 101.5, y: 98, contacts: 0, normalX: 0, normalY: 0 });
  });

  test("along a wall keeps the whole motion along it", () => {
    const out = createSlideResult();
    const grid = new StaticGrid([{ minX: -50, minY: -1, maxX: 50, maxY: 0 }]);
    moveAndSlide(grid, 0, 2, 4, -3, RADIUS, out);
    expect(out.x).toBeCloseTo(4, 12);
    expect(out.y).toBeCloseTo(RADIUS + grid.skin, 12);
    expect([out.contacts, out.normalX, out.normalY]).toEqual([1, 0, 1]);
    moveAndSlide(grid, out.x, out.y, 4, -3, RADIUS, out);
    expect(out.x).toBeCloseTo(8, 12);
  });

  test("glides over the seams of a wall made of tiles", () => {
    const tiles = Array.from({ length: 40 }, (_, i) => ({ minX: i, minY: -1, maxX: i + 1, maxY: 0 }));
    const grid = new StaticGrid(tiles);
    const out = createSlideResult();
    let x = 1;
    let y = onGrid(RADIUS + grid.skin) - STEP;
    for (let tick = 0; tick < 300; tick += 1) {
      moveAndSlide(grid, x, y, 0.1, -0.1, RADIUS, out);
      x = onGrid(out.x);
      y = onGrid(out.y);
    }
    expect(x).toBeGreaterThan(1 + 30 * 0.995);
    expect(y).toBeCloseTo(RADIUS, 2);
  });

  test("stops in a corner and can always leave it", () => {
    const grid = new StaticGrid([
      { minX: -10, minY: -1, maxX: 10, maxY: 0 },
      { minX: 5, minY: -1, maxX: 6, maxY: 10 },
    ]);
    const out = createSlideResult();
    out.x = 4;
    out.y = 1;
    for (let tick = 0; tick < 100; tick += 1) moveAndSlide(grid, out.x, out.y, 0.3, -0.2, RADIUS, out);
    expect(out.x).toBeCloseTo(5 - RADIUS, 2);
    expect(out.y).toBeCloseTo(RADIUS, 2);
    for (const [dx, dy] of [
      [-1, 0],
      [0, 1],
      [-1, 1],
      [-1, -1],
      [1, 1],
    ]) {
      const { x, y } = out;
      const left = createSlideResult();
      moveAndSlide(grid, x, y, dx, dy, RADIUS, left);
      expect(Math.hypot(left.x - x, left.y - y)).toBeGreaterThan(0.99);
    }
  });

  test("slides round the outside of a corner", () => {
    const grid = new StaticGrid([{ minX: 0, minY: 0, maxX: 4, maxY: 4 }]);
    const out = createSlideResult();
    out.x = -2;
    out.y = -0.1;
    for (let tick = 0; tick < 120; tick += 1) moveAndSlide(grid, out.x, out.y, 0.1, 0, RADIUS, out);
    expect(out.x).toBeGreaterThan(5);
  });

  test("never moves further than asked, nor against the wanted direction", () => {
    const out = createSlideResult();
    const step = fc.double({ min: -3, max: 3, noNaN: true });
    const at = fc.double({ min: -19, max: 19, noNaN: true });
    fc.assert(
      fc.property(fc.nat(20), at, at, step, step, (seed, x, y, dx, dy) => {
        const grid = room(seed);
        fc.pre(!overlapsCircle(grid, x, y, RADIUS + grid.skin));
        moveAndSlide(grid, x, y, dx, dy, RADIUS, out);
        const length = Math.hypot(dx, dy);
        expect(Math.hypot(out.x - x, out.y - y)).toBeLessThanOrEqual(length + 1e-9);
        expect((out.x - x) * dx + (out.y - y) * dy).toBeGreaterThanOrEqual(-1e-9);
      }),
      { numRuns: 300 },
    );
  });

  test("never penetrates an obstacle, slow or fast, with positions rounded to the state grid", () => {
    const out = createSlideResult();
    const overlap = { depth: 0, normalX: 0, normalY: 0 };
    let contacts = 0;
    for (let seed = 0; seed < 12; seed += 1) {
      const grid = room(seed);
      const rng = new Rng(seed, 77);
      let x = 0;
      let y = 0;
      do {
        x = onGrid(rng.range(-19, 19));
        y = onGrid(rng.range(-19, 19));
      } while (overlapsCircle(grid, x, y, RADIUS + grid.skin));
      let dx = 0;
      let dy = 0;
      for (let tick = 0; tick < 5000; tick += 1) {
        if (tick % 40 === 0) {
          const speed = [0.001, 0.05, 0.2, 5][rng.int(4)];
          dx = rng.range(-speed, speed);
          dy = rng.range(-speed, speed);
        }
        moveAndSlide(grid, x, y, dx, dy, RADIUS, out);
        contacts += out.contacts;
        x = onGrid(out.x);
        y = onGrid(out.y);
        if (deepestOverlap(grid, x, y, RADIUS, overlap)) {
          throw new Error(`seed ${seed}, tick ${tick}: ${overlap.depth} inside at (${x}, ${y})`);
        }
        expect(Math.abs(x) < 20 && Math.abs(y) < 20).toBe(true);
      }
    }
    expect(contacts).toBeGreaterThan(10_000);
  });

  test("pushes out a mover that starts inside an obstacle", () => {
    const grid = new StaticGrid([{ minX: 0, minY: 0, maxX: 4, maxY: 4 }, circleObstacle(20, 20, 2)]);
    const out = createSlideResult();
    moveAndSlide(grid, 3.5, 2, 0, 0, RADIUS, out);
    expect([out.x, out.y]).toEqual([4 + RADIUS + grid.skin, 2]);
    moveAndSlide(grid, 20, 20, 0, 0, RADIUS, out);
    expect(overlapsCircle(grid, out.x, out.y, RADIUS)).toBe(false);
  });

  test("leaves a mover where it is in a gap as wide as itself", () => {
    const grid = new StaticGrid([
      { minX: -10, minY: -2, maxX: 10, maxY: -0.5 },
      { minX: -10, minY: 0.5, maxX: 10, maxY: 2 },
    ]);
    const out = createSlideResult();
    moveAndSlide(grid, 0, 0, 0.2, 0, RADIUS, out);
    expect([out.x, out.y]).toEqual([0.2, 0]);
  });

  test("does not move for a motion that is no number", () => {
    const out = createSlideResult();
    moveAndSlide(room(3), 100, 0, Number.NaN, 1, RADIUS, out);
    expect([out.x, out.y]).toEqual([100, 0]);
  });
});
