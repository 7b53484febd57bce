import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { normaliseQuaternion, quaternionFromAxis } from "../../math/quaternion.ts";
import { createPenetration3, deepestShapeOverlap3, overlappedObstacles3, overlapsShape3 } from "./overlap.ts";
import { raycast3, raycastAll3 } from "./raycast.ts";
import { boxShape3, capsuleShape3, Shape3, sphereShape } from "./shape.ts";
import { StaticGrid3 } from "./static-grid.ts";
import { boxSolid, capsuleSolid, rampSolid, sphereSolid, type StaticSolid } from "./static-solid.ts";
import { createSweepHit3 } from "./sweep-hit.ts";
import { sweepShape3 } from "./sweep.ts";

const crate = boxSolid(0, 0, 0, 4, 2, 4);
const coordinate = fc.double({ min: -6, max: 6, noNaN: true });
const size = fc.double({ min: 0.05, max: 2, noNaN: true });
/** In eighths: rotations of a length near 0 have no precise direction. */
const part = fc.integer({ min: -8, max: 8 }).map((eighths) => eighths / 8);
const turn = fc.oneof(
  fc.constantFrom(
    { x: 0, y: 0, z: 0, w: 1 },
    quaternionFromAxis(0, 1, 0, Math.PI / 2, { x: 0, y: 0, z: 0, w: 1 }),
  ),
  fc.tuple(part, part, part, part).map(([x, y, z, w]) => normaliseQuaternion({ x, y, z, w })),
);
const solids = fc.array(
  fc
    .tuple(coordinate, coordinate, coordinate, size, size, size, turn, fc.constantFrom("box", "ball", "post"))
    .map(([x, y, z, halfX, halfY, halfZ, rotation, kind]): StaticSolid => {
      if (kind === "ball") return sphereSolid(x, y, z, halfX);
      if (kind === "post") return { ...capsuleSolid(x, y, z, halfY, halfX), rotation };
      return { x, y, z, halfX, halfY, halfZ, rotation };
    }),
  { minLength: 4, maxLength: 8 },
);
const shapes = fc
  .tuple(
    fc.oneof(
      size.map((radius) => sphereShape(radius)),
      fc.tuple(size, size).map(([length, radius]) => capsuleShape3(length, radius)),
      fc.tuple(size, size, size).map(([width, height, depth]) => boxShape3(width, height, depth)),
    ),
    turn,
  )
  .map(([shape, rotation]) => shape.turn(rotation));
const path = fc.tuple(coordinate, coordinate, coordinate, coordinate, coordinate, coordinate);

/** Distance from a place to a solid, negative inside: written straight from the definition. */
function distanceTo(
  { x, y, z, halfX, halfY, halfZ, round = 0, rotation }: StaticSolid,
  at: number[],
): number {
  const { x: a, y: b, z: c, w } = rotation ?? { x: 0, y: 0, z: 0, w: 1 };
  const [px, py, pz] = [at[0] - x, at[1] - y, at[2] - z];
  // The inverse rotation: v + 2 w (v x q) - 2 (v x q) x q ... by the vector part (a, b, c).
  const [ux, uy, uz] = [py * c - pz * b, pz * a - px * c, px * b - py * a];
  const local = [
    px + 2 * (w * ux + (uy * c - uz * b)),
    py + 2 * (w * uy + (uz * a - ux * c)),
    pz + 2 * (w * uz + (ux * b - uy * a)),
  ];
  const out = [halfX, halfY, halfZ].map((half, i) => Math.abs(local[i]) - half);
  const outside = Math.hypot(...out.map((value) => Math.max(0, value)));
  return (outside > 0 ? outside : Math.max(...out)) - round;
}

/** Places that fill a shape, relative to its centre. */
function fill({ half, axes }: Shape3): number[][] {
  const places = [];
  const shares = (extent: number): number[] => (extent > 0 ? [-1, 0, 1] : [0]);
  for (const i of shares(half[0]))
    for (const j of shares(half[1]))
      for (const k of shares(half[2]))
        places.push(
          [0, 1, 2].map(
            (axis) => i * half[0] * axes[axis] + j * half[1] * axes[3 + axis] + k * half[2] * axes[6 + axis],
          ),
        );
  return places;
}

/** How deep the fill of a shape is in any of the solids; a lower bound of how deep the shape is. */
function fillDepth(list: readonly StaticSolid[], shape: Shape3, x: number, y: number, z: number): number {
  let depth = -Infinity;
  for (const [px, py, pz] of fill(shape))
    for (const solid of list)
      depth = Math.max(depth, shape.radius - distanceTo(solid, [x + px, y + py, z + pz]));
  return depth;
}

describe("sweepShape3", () => {
  test("stops spheres, capsules and boxes at a face", () => {
    const hit = createSweepHit3();
    const grid = new StaticGrid3([crate]);
    expect(sweepShape3(grid, -5, 1, 2, 10, 0, 0, sphereShape(0.5), hit)).toBe(true);
    expect(hit.x).toBeCloseTo(-0.5, 8);
    expect([hit.normalX, hit.normalY, hit.normalZ]).toEqual([-1, 0, 0]);
    expect(sweepShape3(grid, 2, 9, 2, 0, -10, 0, capsuleShape3(1, 0.5), hit)).toBe(true);
    expect(hit.y).toBeCloseTo(3, 8);
    expect(sweepShape3(grid, -5, 1, 2, 10, 0, 0, boxShape3(2, 1, 1), hit)).toBe(true);
    expect(hit).toEqual({ time: 0.4, x: -1, y: 1, z: 2, normalX: -1, normalY: 0, normalZ: 0, obstacle: 0 });
  });

  test("meets edges and corners as what they are", () => {
    const hit = createSweepHit3();
    const grid = new StaticGrid3([crate]);
    expect(sweepShape3(grid, -3, 5, 2, 4, -4, 0, sphereShape(1), hit)).toBe(true);
    expect(hit.normalX).toBeCloseTo(-Math.SQRT1_2, 8);
    expect(hit.normalY).toBeCloseTo(Math.SQRT1_2, 8);
    expect(hit.x).toBeCloseTo(-Math.SQRT1_2, 8);
    // Inside the box grown by the radius, outside its round edge.
    expect(sweepShape3(grid, -0.9, 2.9, -5, 0, 0, 20, sphereShape(1), hit)).toBe(false);
  });

  test("of a turned box meets an edge with an edge", () => {
    const hit = createSweepHit3();
    const tilt = quaternionFromAxis(1, 0, 0, Math.PI / 4, { x: 0, y: 0, z: 0, w: 1 });
    const beam: StaticSolid = { x: 0, y: 0, z: 0, halfX: 5, halfY: 1, halfZ: 1, rotation: tilt };
    const across = quaternionFromAxis(0, 0, 1, Math.PI / 4, { x: 0, y: 0, z: 0, w: 1 });
    const shape = boxShape3(2, 2, 10).turn(across);
    expect(sweepShape3(new StaticGrid3([beam]), 0, 9, 0, 0, -10, 0, shape, hit)).toBe(true);
    expect(hit.y).toBeCloseTo(2 * Math.SQRT2, 12);
    expect(hit.normalY).toBeCloseTo(1, 12);
  });

  test("running along a face or away from it is no contact", () => {
    const hit = createSweepHit3();
    const grid = new StaticGrid3([crate]);
    for (const shape of [sphereShape(0.5), boxShape3(1, 1, 1)]) {
      expect(sweepShape3(grid, -2, 2.5, 2, 10, 0, 0, shape, hit)).toBe(false);
      expect(sweepShape3(grid, 1, 2.5, 2, 1, 1, 0, shape, hit)).toBe(false);
      expect(sweepShape3(grid, 1, 2.2, 2, 1, 0.1, 0, shape, hit)).toBe(false);
      expect(sweepShape3(grid, 1, 2.2, 2, 0, -1, 0, shape, hit)).toBe(true);
      expect([hit.time, hit.normalY]).toEqual([0, 1]);
    }
  });

  test("treats a motion that is not finite as none", () => {
    const hit = createSweepHit3();
    for (const bad of [Number.NaN, Infinity, 1e300]) {
      expect(sweepShape3(new StaticGrid3([crate]), -5, 1, 2, bad, 0, 0, sphereShape(1), hit)).toBe(false);
      expect([hit.x, hit.y, hit.z]).toEqual([-5, 1, 2]);
    }
  });

  test("never passes through anything, as many small steps show", () => {
    const hit = createSweepHit3();
    const steps = 60;
    let hits = 0;
    fc.assert(
      fc.property(solids, path, shapes, (list, [x, y, z, toX, toY, toZ], shape) => {
        const grid = new StaticGrid3(list);
        const [dx, dy, dz] = [toX * 2 - x, toY * 2 - y, toZ * 2 - z];
        fc.pre(!overlapsShape3(grid, x, y, z, shape));
        const isHit = sweepShape3(grid, x, y, z, dx, dy, dz, shape, hit);
        for (let i = 0; i <= steps * hit.time; i += 1) {
          const time = i / steps;
          expect(fillDepth(list, shape, x + dx * time, y + dy * time, z + dz * time)).toBeLessThan(1e-7);
        }
        expect(fillDepth(list, shape, hit.x, hit.y, hit.z)).toBeLessThan(1e-7);
        if (!isHit) return;
        hits += 1;
        const { normalX, normalY, normalZ } = hit;
        expect(Math.hypot(normalX, normalY, normalZ)).toBeCloseTo(1, 9);
        expect(dx * normalX + dy * normalY + dz * normalZ).toBeLessThanOrEqual(0);
        // It is a contact: a little further against the normal the shape is inside.
        const deeper = 1e-5;
        expect(
          overlapsShape3(
            grid,
            hit.x - normalX * deeper,
            hit.y - normalY * deeper,
            hit.z - normalZ * deeper,
            shape,
          ),
        ).toBe(true);
      }),
      { numRuns: 400 },
    );
    expect(hits).toBeGreaterThan(20);
  });

  test("gives the same result whatever the cell size", () => {
    const hit = createSweepHit3();
    const other = createSweepHit3();
    fc.assert(
      fc.property(solids, path, shapes, (list, [x, y, z, dx, dy, dz], shape) => {
        sweepShape3(new StaticGrid3(list, { cellSize: 100 }), x, y, z, dx, dy, dz, shape, hit);
        sweepShape3(new StaticGrid3(list, { cellSize: 0.9 }), x, y, z, dx, dy, dz, shape, other);
        expect(other).toEqual(hit);
      }),
    );
  });
});

describe("overlapsShape3", () => {
  test("agrees with places that fill the shape", () => {
    fc.assert(
      fc.property(solids, coordinate, coordinate, coordinate, shapes, (list, x, y, z, shape) => {
        const isOver = overlapsShape3(new StaticGrid3(list), x, y, z, shape);
        const depth = fillDepth(list, shape, x, y, z);
        if (depth > 1e-9) expect(isOver).toBe(true);
        // The fill has gaps of half the shape's size.
        const gap = Math.hypot(shape.half[0], shape.half[1], shape.half[2]) / 2;
        if (depth < -gap) expect(isOver).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  test("gives the way out", () => {
    const overlap = createPenetration3();
    fc.assert(
      fc.property(solids, coordinate, coordinate, coordinate, shapes, ([solid], x, y, z, shape) => {
        const grid = new StaticGrid3([solid]);
        const at = { x: solid.x + x / 4, y: solid.y + y / 4, z: solid.z + z / 4 };
        fc.pre(deepestShapeOverlap3(grid, at.x, at.y, at.z, shape, overlap));
        const { depth, normalX, normalY, normalZ } = overlap;
        const beyond = depth + 1e-8;
        expect(
          overlapsShape3(
            grid,
            at.x + normalX * beyond,
            at.y + normalY * beyond,
            at.z + normalZ * beyond,
            shape,
          ),
        ).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});

test("overlappedObstacles3 lists each overlapped solid once, as many as there is room for", () => {
  const found = new Int32Array(16);
  fc.assert(
    fc.property(solids, coordinate, coordinate, coordinate, shapes, (list, x, y, z, shape) => {
      const count = overlappedObstacles3(new StaticGrid3(list, { cellSize: 1 }), x, y, z, shape, found);
      const expected = list.flatMap((solid, i) =>
        overlapsShape3(new StaticGrid3([solid]), x, y, z, shape) ? [i] : [],
      );
      expect([...found.subarray(0, count)].sort((a, b) => a - b)).toEqual(expected);
      expect(overlappedObstacles3(new StaticGrid3(list), x, y, z, shape, new Int32Array(1))).toBe(
        Math.min(1, count),
      );
    }),
    { numRuns: 300 },
  );
});

describe("raycast3", () => {
  test("hits the nearest solid in the way, with its normal", () => {
    const hit = createSweepHit3();
    const ramp = rampSolid(20, 0, 0, 24, 3, 0, 4, 0.5);
    const grid = new StaticGrid3([crate, sphereSolid(10, 1, 2, 1), ramp]);
    expect(raycast3(grid, 30, 1, 1, -100, 0, 0, hit)).toBe(true);
    expect(hit.obstacle).toBe(2);
    expect(raycast3(grid, 15, 1, 2, -100, 0, 0, hit)).toBe(true);
    expect(hit.x).toBeCloseTo(11, 8);
    expect([hit.obstacle, hit.normalX]).toEqual([1, 1]);
    expect(raycast3(grid, 22, 9, 1, 0, -20, 0, hit)).toBe(true);
    expect(hit.y).toBeCloseTo(1.5, 9);
    expect(hit.normalX).toBeCloseTo(-0.6, 9);
    expect(hit.normalY).toBeCloseTo(0.8, 9);
    expect(raycast3(grid, 3.5, 1, 2, 0, 0, 100, hit)).toBe(true);
    expect([hit.time, hit.normalX]).toEqual([0, 1]);
  });

  test("all hits agree with casts at each solid alone, nearest first", () => {
    const hits = Array.from({ length: 12 }, createSweepHit3);
    const single = createSweepHit3();
    fc.assert(
      fc.property(solids, path, (list, [x, y, z, dx, dy, dz]) => {
        const grid = new StaticGrid3(list);
        const count = raycastAll3(grid, x, y, z, dx, dy, dz, hits);
        const expected = list
          .flatMap((solid, obstacle) =>
            raycast3(new StaticGrid3([solid]), x, y, z, dx, dy, dz, single) ? [{ ...single, obstacle }] : [],
          )
          .sort((a, b) => a.time - b.time || a.obstacle - b.obstacle);
        expect(hits.slice(0, count)).toEqual(expected);
        expect(raycast3(grid, x, y, z, dx, dy, dz, single)).toBe(count > 0);
        if (count > 0) expect(single).toEqual(expected[0]);
        expect(raycastAll3(grid, x, y, z, dx, dy, dz, hits.slice(0, 1))).toBe(Math.min(1, count));
      }),
      { numRuns: 400 },
    );
  });
});

test("refuses what has no sound shape, naming it", () => {
  expect(() => new StaticGrid3([crate, { ...crate, halfX: -1 }])).toThrow(/solid 1 /);
  expect(() => new StaticGrid3([{ ...crate, round: 1 }])).toThrow(/round/);
  expect(() => new StaticGrid3([{ ...crate, rotation: { x: 0, y: 0, z: 0, w: 2 } }])).toThrow(/length 1/);
  expect(() => new StaticGrid3([rampSolid(0, 0, 0, 0, 5, 0, 1, 1)])).toThrow(/finite/);
  expect(() => new Shape3(1, 1, 0, 0.5)).toThrow(/at most one half size/);
  expect(() => sphereShape(Infinity)).toThrow(/finite/);
});

test("a grid may be empty", () => {
  const grid = new StaticGrid3([]);
  expect(raycast3(grid, 0, 0, 0, 1, 1, 1, createSweepHit3())).toBe(false);
  expect(overlapsShape3(grid, 0, 0, 0, sphereShape(1))).toBe(false);
});
