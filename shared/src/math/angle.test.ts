import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lerpAngle, TAU, turnBetween, wrapAngle } from "./angle.ts";

const anyAngle = fc.double({ min: -1e4, max: 1e4, noNaN: true });

describe("wrapAngle", () => {
  test("brings any angle into [-pi, pi) and keeps its direction", () => {
    fc.assert(
      fc.property(anyAngle, (angle) => {
        const wrapped = wrapAngle(angle);
        expect(wrapped).toBeGreaterThanOrEqual(-Math.PI);
        expect(wrapped).toBeLessThan(Math.PI);
        expect(Math.cos(wrapped)).toBeCloseTo(Math.cos(angle), 10);
        expect(Math.sin(wrapped)).toBeCloseTo(Math.sin(angle), 10);
      }),
    );
  });

  test("returns a wrapped angle unchanged", () => {
    fc.assert(fc.property(anyAngle, (angle) => wrapAngle(wrapAngle(angle)) === wrapAngle(angle)));
    expect(wrapAngle(Math.PI)).toBe(-Math.PI);
    expect(wrapAngle(-Math.PI)).toBe(-Math.PI);
  });
});

describe("turnBetween", () => {
  test("takes the short way round", () => {
    expect(turnBetween(3, -3)).toBeCloseTo(TAU - 6, 12);
    expect(turnBetween(-3, 3)).toBeCloseTo(6 - TAU, 12);
    expect(turnBetween(0, 1)).toBe(1);
  });
});

describe("lerpAngle", () => {
  test("crosses the seam instead of turning all the way back", () => {
    expect(Math.abs(lerpAngle(3, -3, 0.5))).toBeCloseTo(Math.PI, 12);
    expect(lerpAngle(1, 2, 0.25)).toBe(1.25);
  });
});
