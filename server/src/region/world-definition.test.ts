import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RegionGrid } from "./region-grid.ts";
import { WorldDefinition, type WorldOptions } from "./world-definition.ts";

const OPTIONS: WorldOptions = {
  columns: 4,
  rows: 3,
  regionSize: 100,
  tickRate: 30,
  interestRadius: 40,
  topSpeed: 10,
};

describe("the grid of a world", () => {
  const grid = new RegionGrid(OPTIONS);

  it("has every place in exactly one region, those outside in the nearest", () => {
    expect([grid.regionAt(0, 0), grid.regionAt(399, 0), grid.regionAt(100, 250), grid.count]).toEqual([
      0, 3, 9, 12,
    ]);
    expect([grid.regionAt(-50, 120), grid.regionAt(1000, 1000)]).toEqual([4, 11]);
  });

  it("says how far outside of a region a place is: not at all in the one it is in", () => {
    const place = fc.double({ min: -100, max: 500, noNaN: true });
    fc.assert(
      fc.property(place, place, (x, y) => {
        const home = grid.regionAt(x, y);
        expect(grid.distanceTo(home, x, y)).toBe(0);
        for (let region = 0; region < grid.count; region++)
          expect(grid.distanceTo(region, x, y)).toBeGreaterThanOrEqual(0);
      }),
    );
    expect(grid.distanceTo(0, 130, 140)).toBe(50);
    expect(grid.distanceTo(0, -1000, 20)).toBe(0);
  });

  it("has neighbours across edges and corners", () => {
    expect(grid.neighbours(0)).toEqual([1, 4, 5]);
    expect(grid.neighbours(5)).toEqual([0, 1, 2, 4, 6, 8, 9, 10]);
  });

  it.each([{ columns: 0 }, { rows: 1.5 }, { regionSize: 0 }, { columns: 1000, rows: 1000 }])(
    "refuses %o",
    (changes) => {
      expect(() => new RegionGrid({ ...OPTIONS, ...changes })).toThrow(
        expect.objectContaining({ code: "region/bad-grid" }),
      );
    },
  );
});

describe("a world", () => {
  it("derives its bands from what is seen and what moves", () => {
    const world = new WorldDefinition(OPTIONS);
    expect([world.ghostBand, world.preconnectBand, world.ghostEvery]).toEqual([55, 15, 2]);
    expect([world.hysteresis(1), world.hysteresis(40)]).toEqual([2.5, 10]);
  });

  it.each([{ interestRadius: 90 }, { topSpeed: 0 }, { interestRadius: Number.NaN }])(
    "refuses %o",
    (changes) => {
      expect(() => new WorldDefinition({ ...OPTIONS, ...changes })).toThrow(
        expect.objectContaining({ code: "region/bad-world" }),
      );
    },
  );
});
