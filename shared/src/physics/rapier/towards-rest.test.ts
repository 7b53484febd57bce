import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { towardsRest } from "./towards-rest.ts";

const GRID = 60 / 4096;
const DT = 1 / 60;
const onGrid = (speed: number): number => Math.round(speed / GRID) * GRID;

/** Of a body that goes as fast as it says. */
const slowed = (before: number, after: number): number => towardsRest(before, after, GRID, after * DT, DT);

describe("a speed that is rounded to the grid", () => {
  test("comes to rest under damping however weak, from either side", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -3, max: 3, noNaN: true }),
        fc.double({ min: 0.1, max: 3, noNaN: true }),
        (start, damping) => {
          let speed = onGrid(start);
          for (let tick = 0; tick < 60 * 60 && speed !== 0; tick++)
            speed = onGrid(slowed(speed, Math.fround(speed / (1 + damping * DT))));
          expect(Math.abs(speed)).toBe(0);
        },
      ),
    );
  });

  test("stays what it is when nothing slows it down, and grows as it would", () => {
    for (let steps = -300; steps <= 300; steps++) {
      const speed = steps * GRID;
      expect(slowed(speed, Math.fround(speed))).toBe(Math.fround(speed));
      expect(slowed(speed, speed * 1.001)).toBe(speed * 1.001);
    }
  });

  test("is left alone where rounding keeps that it became slower, or turned round", () => {
    expect(slowed(GRID * 10, GRID * 9.2)).toBe(GRID * 9.2);
    expect(slowed(GRID, GRID * -0.9)).toBe(GRID * -0.9);
  });

  test("is left alone where the body did not go anywhere: it lies on others", () => {
    expect(towardsRest(GRID, GRID * 0.98, GRID, 0, DT)).toBe(GRID * 0.98);
    expect(towardsRest(GRID, GRID * 0.98, GRID, GRID * DT, DT)).toBe(0);
  });
});
