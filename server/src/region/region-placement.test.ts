import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Directory } from "./region-bus.ts";
import { placeRegions } from "./region-placement.ts";

function directory(
  owners: readonly (string | undefined)[],
  loads: Readonly<Record<string, number>>,
): Directory {
  return {
    processes: Object.entries(loads).map(([owner, load]) => ({ owner, load })),
    regions: owners.flatMap((owner, region) => (owner === undefined ? [] : [{ region, owner }])),
  };
}

describe("the placement of regions", () => {
  it("gives every region without an owner to exactly one process, and leaves no two apart by more than one", () => {
    const names = ["a", "b", "c", "d"];
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 4 }), (count, processes) => {
        const present = names.slice(0, processes);
        const seen = directory([], Object.fromEntries(present.map((name) => [name, 0])));
        const taken = present.map((name) => placeRegions(name, count, seen).take);
        expect(taken.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i));
        const sizes = taken.map((regions) => regions.length);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("prefers the least busy among processes with as many regions", () => {
    const seen = directory(["a", "b", undefined], { a: 0.6, b: 0.2 });
    expect(placeRegions("a", 3, seen).take).toEqual([]);
    expect(placeRegions("b", 3, seen).take).toEqual([2]);
  });

  it("gives one away when somebody has two less, and not when it is one less", () => {
    expect(placeRegions("a", 3, directory(["a", "a", "a"], { a: 0, b: 0 })).give).toBe(0);
    expect(placeRegions("a", 3, directory(["a", "a", "b"], { a: 0, b: 0 })).give).toBeUndefined();
    expect(placeRegions("b", 3, directory(["a", "a", "a"], { a: 0, b: 0 })).give).toBeUndefined();
  });

  it("does not wait for processes that are gone", () => {
    expect(placeRegions("b", 2, directory([undefined, "b"], { b: 0.9 })).take).toEqual([0]);
  });
});
