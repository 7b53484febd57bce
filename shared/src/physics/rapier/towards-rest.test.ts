import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { towardsRest } from "./towards-rest.ts";

const GRID = 60 / 4096;
const onGrid = (speed: number): number => Math.round(speed / GRID) * GRID;

describe("a speed that is rounded to the grid", () => {
  test("comes to rest under damping however weak, from either side", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -3, max: 3, noNaN: true }),
        fc.double({ min: 0.1, max: 3, noNaN: true }),
        (start, damping) => {
          let speed = onGrid(start);
          for (let tick = 0; tick < 60 * 60 && speed !== 0; tick++)
            speed = onGrid(towardsRest(speed, Math.fround(speed / (1 + damping / 60)), GRID));
          expect(Math.abs(speed)).toBe(0);
        },
      ),
    );
  });

  test("stays what it is when nothing slows it down, and grows as it would", () => {
    for (let steps = -300; steps <= 300; steps++) {
      const speed = steps * GRID;
      expect(towardsRest(speed, Math.fround(speed), GRID)).toBe(Math.fround(speed));
      expect(towardsRest(speed, speed * 1.001, GRID)).toBe(speed * 1.001);
    }
  });

  test("is left alone where rounding keeps that it became slower, or turned round", () => {
    expect(towardsRest(GRID * 10, GRID * 9.2, GRID)).toBe(GRID * 9.2);
    expect(towardsRest(GRID, GRID * -0.9, GRID)).toBe(GRID * -0.9);
  });
});
