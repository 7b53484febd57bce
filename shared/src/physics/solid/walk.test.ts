import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { quaternionFromAxis } from "../../math/quaternion.ts";
import { Rng } from "../../rng/rng.ts";
import { createPenetration3, deepestShapeOverlap3, overlapsShape3 } from "./overlap.ts";
import { createGround, type Gait, probeGround } from "./probe-ground.ts";
import { boxShape3, capsuleShape3, type Shape3, sphereShape } from "./shape.ts";
import { createSlideResult3, slideShape3 } from "./slide.ts";
import { StaticGrid3 } from "./static-grid.ts";
import { boxSolid, capsuleSolid, rampSolid, sphereSolid, type StaticSolid } from "./static-solid.ts";
import { createWalkResult, walk, type WalkResult } from "./walk.ts";

const onGrid = (value: number): number => Math.round(value * 4096) / 4096;

/** A walled hall with crates, pillars, balls, beams and ramps. */
function hall(seed: number): StaticGrid3 {
  const rng = new Rng(seed);
  const solids: StaticSolid[] = [
    boxSolid(-11, -1, -11, 11, 0, 11),
    boxSolid(-11, 8, -11, 11, 9, 11),
    boxSolid(-11, 0, -11, -10, 8, 11),
    boxSolid(10, 0, -11, 11, 8, 11),
    boxSolid(-11, 0, -11, 11, 8, -10),
    boxSolid(-11, 0, 10, 11, 8, 11),
  ];
  for (let i = 0; i < 24; i += 1) {
    const x = rng.range(-9, 9);
    const y = rng.range(0, 5);
    const z = rng.range(-9, 9);
    const rotation = quaternionFromAxis(
      rng.range(-1, 1),
      rng.range(-1, 1),
      rng.range(-1, 1),
      rng.range(-3, 3),
      { x: 0, y: 0, z: 0, w: 1 },
    );
    if (i % 4 === 0) solids.push(sphereSolid(x, y, z, rng.range(0.3, 1.5)));
    else if (i % 4 === 1) solids.push(capsuleSolid(x, y, z, rng.range(0.5, 3), rng.range(0.2, 0.8)));
    else if (i % 4 === 2)
      solids.push({ x, y, z, halfX: rng.range(0.1, 2), halfY: rng.range(0.1, 1), halfZ: 0.3, rotation });
    else solids.push(boxSolid(x, y, z, x + rng.range(0.1, 3), y + rng.range(0.1, 2), z + rng.range(0.1, 3)));
  }
  return new StaticGrid3(solids);
}

const movers: readonly Shape3[] = [
  sphereShape(0.5),
  capsuleShape3(1, 0.4),
  boxShape3(0.8, 1.8, 0.8),
  capsuleShape3(0.8, 0.3).turn(quaternionFromAxis(1, 0, 1, 1, { x: 0, y: 0, z: 0, w: 1 })),
  boxShape3(1, 0.6, 0.5).turn(quaternionFromAxis(1, 2, 3, 0.8, { x: 0, y: 0, z: 0, w: 1 })),
];

function freePlace(grid: StaticGrid3, rng: Rng, shape: Shape3): { x: number; y: number; z: number } {
  for (;;) {
    const place = { x: onGrid(rng.range(-9, 9)), y: onGrid(rng.range(1, 7)), z: onGrid(rng.range(-9, 9)) };
    if (!overlapsShape3(grid, place.x, place.y, place.z, shape)) return place;
  }
}

describe("slideShape3", () => {
  test("along a wall keeps the whole motion along it, and follows a crease", () => {
    const out = createSlideResult3();
    const floor = boxSolid(-50, -1, -50, 50, 0, 50);
    const grid = new StaticGrid3([floor, boxSolid(-50, 0, 5, 50, 9, 6)]);
    slideShape3(grid, 0, 2, 0, 4, -3, 2, sphereShape(0.5), out);
    expect(out.x).toBeCloseTo(4, 8);
    expect(out.y).toBeCloseTo(0.5 + grid.skin, 8);
    expect(out.z).toBeCloseTo(2, 8);
    slideShape3(grid, 0, 2, 0, 4, -3, 9, sphereShape(0.5), out);
    expect(out.x).toBeCloseTo(4, 8);
    expect(out.z).toBeCloseTo(4.5 - grid.skin, 8);
    expect(out.contacts).toBe(2);
  });

  test("never moves further than asked, nor against the wanted direction", () => {
    const out = createSlideResult3();
    const step = fc.double({ min: -3, max: 3, noNaN: true });
    fc.assert(
      fc.property(
        fc.nat(12),
        fc.nat(1000),
        fc.constantFrom(...movers),
        step,
        step,
        step,
        (seed, start, shape, dx, dy, dz) => {
          const grid = hall(seed);
          const { x, y, z } = freePlace(grid, new Rng(start), shape);
          slideShape3(grid, x, y, z, dx, dy, dz, shape, out);
          // Beside a wall, at less than the skin, it may first be moved off by that much.
          const moved = Math.hypot(out.x - x, out.y - y, out.z - z);
          expect(moved).toBeLessThanOrEqual(Math.hypot(dx, dy, dz) + grid.skin * 4);
          const along = (out.x - x) * dx + (out.y - y) * dy + (out.z - z) * dz;
          expect(along).toBeGreaterThanOrEqual(-grid.skin * 20);
        },
      ),
      { numRuns: 300 },
    );
  });

  test("never penetrates a solid, slow or fast, with positions rounded to the state grid", () => {
    const out = createSlideResult3();
    const overlap = createPenetration3();
    let contacts = 0;
    for (const [seed, shape] of movers.entries()) {
      const grid = hall(seed);
      const rng = new Rng(seed, 77);
      let { x, y, z } = freePlace(grid, rng, shape);
      const motion = { x: 0, y: 0, z: 0 };
      for (let tick = 0; tick < 3000; tick += 1) {
        if (tick % 30 === 0) {
          const speed = [0.001, 0.05, 0.2, 5][rng.int(4)];
          for (const axis of ["x", "y", "z"] as const) motion[axis] = rng.range(-speed, speed);
        }
        slideShape3(grid, x, y, z, motion.x, motion.y, motion.z, shape, out);
        contacts += out.contacts;
        x = onGrid(out.x);
        y = onGrid(out.y);
        z = onGrid(out.z);
        if (deepestShapeOverlap3(grid, x, y, z, shape, overlap))
          throw new Error(`shape ${seed}, tick ${tick}: ${overlap.depth} inside at (${x}, ${y}, ${z})`);
        expect(Math.abs(x) < 10 && Math.abs(z) < 10 && y > 0 && y < 8).toBe(true);
      }
    }
    expect(contacts).toBeGreaterThan(5000);
  });

  test("pushes out a mover that starts inside a solid", () => {
    const out = createSlideResult3();
    const grid = new StaticGrid3([boxSolid(0, 0, 0, 4, 4, 4)]);
    for (const shape of movers) {
      slideShape3(grid, 3.5, 2, 2, 0, 0, 0, shape, out);
      expect(overlapsShape3(grid, out.x, out.y, out.z, shape)).toBe(false);
      expect(out.x).toBeGreaterThan(4);
    }
  });
});

describe("walk", () => {
  const gait: Gait = { stepHeight: 0.4, groundNormal: 0.7 };
  const GRAVITY = -0.01;
  const walkers = [capsuleShape3(1, 0.4), boxShape3(0.8, 1.8, 0.8)];
  const floor = boxSolid(-50, -1, -50, 50, 0, 50);

  /** Walks with a gravity that grows while there is no ground, as a game does it. */
  function stroll(
    grid: StaticGrid3,
    shape: Shape3,
    dx: number,
    ticks: number,
    watch: (at: WalkResult) => void = () => {},
    from = { x: 0, y: 0.9 + grid.skin, z: 0 },
  ): WalkResult {
    const at = Object.assign(createWalkResult(), from);
    let dy = GRAVITY;
    for (let tick = 0; tick < ticks; tick += 1) {
      walk(grid, at.x, at.y, at.z, dx, dy, 0, shape, gait, at);
      at.x = onGrid(at.x);
      at.y = onGrid(at.y);
      at.z = onGrid(at.z);
      dy = at.isGrounded ? GRAVITY : dy + GRAVITY;
      expect(overlapsShape3(grid, at.x, at.y, at.z, shape)).toBe(false);
      watch(at);
    }
    return at;
  }

  test.each(walkers)("goes up and down stairs without leaving the ground", (shape) => {
    const stairs = Array.from({ length: 8 }, (_, i) =>
      boxSolid(2 + i, 0, -5, 3 + i, 0.3 * Math.min(i + 1, 8 - i), 5),
    );
    let highest = 0;
    let flights = 0;
    const at = stroll(new StaticGrid3([floor, ...stairs]), shape, 0.1, 140, ({ y, isGrounded }) => {
      highest = Math.max(highest, y);
      if (!isGrounded) flights += 1;
    });
    expect(highest).toBeCloseTo(0.9 + 4 * 0.3, 2);
    expect(flights).toBe(0);
    expect(at.x).toBeGreaterThan(12);
    expect(at.y).toBeCloseTo(0.9, 2);
  });

  test.each(walkers)("does not climb what is higher than a step", (shape) => {
    const at = stroll(new StaticGrid3([floor, boxSolid(2, 0, -5, 9, 0.5, 5)]), shape, 0.1, 200);
    expect(at.x).toBeCloseTo(1.6, 2);
    expect(at.y).toBeCloseTo(0.9, 2);
    expect(at.isGrounded).toBe(true);
  });

  test.each(walkers)("goes up a slope that carries and stays on it downwards", (shape) => {
    const grid = new StaticGrid3([
      floor,
      rampSolid(2, 0, 0, 6, 2, 0, 10, 0.5),
      boxSolid(6, 0, -5, 8, 2, 5),
      rampSolid(12, 0, 0, 8, 2, 0, 10, 0.5),
    ]);
    let highest = 0;
    let flights = 0;
    stroll(grid, shape, 0.1, 160, ({ y, isGrounded }) => {
      highest = Math.max(highest, y);
      if (!isGrounded) flights += 1;
    });
    expect(highest).toBeCloseTo(2.9, 1);
    expect(flights).toBe(0);
  });

  test.each(walkers)("is stopped by a slope that is too steep, and slides down it", (shape) => {
    const grid = new StaticGrid3([floor, rampSolid(2, 0, 0, 5, 6, 0, 10, 0.5)]);
    const at = stroll(grid, shape, 0.1, 200);
    expect(at.y).toBeCloseTo(0.9, 1);
    const slid = stroll(grid, shape, 0, 200, () => {}, { x: 3.5, y: 6, z: 0 });
    expect(slid.y).toBeCloseTo(0.9, 1);
    expect(slid.isGrounded).toBe(true);
  });

  test.each(walkers)("walks off a ledge and falls", (shape) => {
    const grid = new StaticGrid3([boxSolid(-5, -1, -5, 2, 0, 5), boxSolid(-50, -6, -50, 50, -5, 50)]);
    let flights = 0;
    const at = stroll(grid, shape, 0.1, 120, ({ isGrounded }) => {
      if (!isGrounded) flights += 1;
    });
    expect(flights).toBeGreaterThan(10);
    expect(at.y).toBeCloseTo(-4.1, 2);
    expect(at.isGrounded).toBe(true);
  });

  test.each(walkers)("rises in a jump until something above stops it", (shape) => {
    const grid = new StaticGrid3([floor, boxSolid(-5, 2.5, -5, 5, 3, 5)]);
    const at = createWalkResult();
    walk(grid, 0, 0.9 + grid.skin, 0, 0.1, 0.2, 0, shape, gait, at);
    expect([at.isGrounded, at.isUnderCeiling]).toEqual([false, false]);
    expect(at.y).toBeCloseTo(1.1, 2);
    walk(grid, at.x, at.y, at.z, 0.1, 2, 0, shape, gait, at);
    expect([at.isGrounded, at.isUnderCeiling]).toEqual([false, true]);
    expect(at.y).toBeCloseTo(1.6, 2);
  });

  test("stands on the edge of a step with round feet", () => {
    const ground = createGround();
    const grid = new StaticGrid3([boxSolid(-5, -1, -5, 0, 0, 5)]);
    const shape = capsuleShape3(1, 0.4);
    expect(probeGround(grid, 0.3, 1, 0, 1, shape, gait, ground)).toBe(true);
    expect([ground.normalX, ground.normalY]).toEqual([0, 1]);
    expect(ground.y).toBeLessThan(0.9);
    expect(probeGround(grid, 0.5, 1, 0, 1, shape, gait, ground)).toBe(false);
    expect(ground.obstacle).toBe(-1);
  });

  test("never ends inside anything, wherever it goes", () => {
    const at = createWalkResult();
    const overlap = createPenetration3();
    for (const [seed, shape] of walkers.entries()) {
      const grid = hall(seed + 40);
      const rng = new Rng(seed, 5);
      let { x, y, z } = freePlace(grid, rng, shape);
      let dx = 0;
      let dz = 0;
      let dy = GRAVITY;
      let grounded = 0;
      for (let tick = 0; tick < 5000; tick += 1) {
        if (tick % 30 === 0) {
          dx = rng.range(-0.15, 0.15);
          dz = rng.range(-0.15, 0.15);
          if (at.isGrounded && rng.int(3) === 0) dy = 0.2;
        }
        walk(grid, x, y, z, dx, dy, dz, shape, gait, at);
        dy = at.isGrounded || at.isUnderCeiling ? GRAVITY : Math.max(-2, dy + GRAVITY);
        if (at.isGrounded) grounded += 1;
        x = onGrid(at.x);
        y = onGrid(at.y);
        z = onGrid(at.z);
        if (deepestShapeOverlap3(grid, x, y, z, shape, overlap))
          throw new Error(`walker ${seed}, tick ${tick}: ${overlap.depth} inside at (${x}, ${y}, ${z})`);
        expect(Math.abs(x) < 10 && Math.abs(z) < 10 && y > 0 && y < 8).toBe(true);
      }
      expect(grounded).toBeGreaterThan(1000);
    }
  });
});
