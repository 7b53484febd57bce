import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { visibleMiddle } from "./visible-middle.ts";

const HALF = 48;
const metres = fc.double({ min: -60, max: 60, noNaN: true });

describe("the middle of the picture", () => {
  it("is what is wanted, far from the edge", () => {
    expect(visibleMiddle(3, HALF, 37, 0, 0)).toBe(3);
  });

  it("never shows more than two metres beyond the arena, besides what panels cover", () => {
    fc.assert(
      fc.property(metres, fc.double({ min: 5, max: 90, noNaN: true }), (wanted, span) => {
        const middle = visibleMiddle(wanted, HALF, span, 4, 9);
        expect(middle - span / 2).toBeGreaterThan(-HALF - 4 - 2);
        expect(middle + span / 2).toBeLessThan(HALF + 9 + 2);
      }),
    );
  });

  it("follows without jumps and without turning back", () => {
    fc.assert(
      fc.property(metres, fc.double({ min: 0, max: 1, noNaN: true }), (wanted, step) => {
        const moved = visibleMiddle(wanted + step, HALF, 37, 0, 0) - visibleMiddle(wanted, HALF, 37, 0, 0);
        expect(moved).toBeGreaterThanOrEqual(-1e-9);
        expect(moved).toBeLessThanOrEqual(step + 1e-9);
      }),
    );
  });

  it("keeps a ship at the wall in the picture", () => {
    const span = 37;
    const middle = visibleMiddle(HALF - 2, HALF, span, 0, 0);
    expect(HALF - 2 - middle).toBeLessThan(span / 2 - 2);
  });

  it("is the arena's own where all of it fits", () => {
    expect(visibleMiddle(20, HALF, 120, 0, 0)).toBe(0);
  });
});
