import { expect, test } from "vitest";
import * as fc from "fast-check";
import { RankSet } from "./rank-set.ts";

const members = (set: RankSet, size: number): number[] => {
  const out = new Int32Array(size);
  return [...out.subarray(0, set.drain(out))];
};

test("lists each member once, ascending, and is empty afterwards", () => {
  const set = new RankSet();
  set.reserve(5000);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 4999 })), (added) => {
      for (const member of added) set.add(member);
      for (const member of added) expect(set.has(member)).toBe(true);
      expect(members(set, 5000)).toEqual([...new Set(added)].sort((a, b) => a - b));
      expect(members(set, 5000)).toEqual([]);
    }),
  );
});

test("holds the first and last member of every word", () => {
  const set = new RankSet();
  set.reserve(2048);
  const edges = [0, 31, 32, 63, 1023, 1024, 2047];
  for (const member of edges) set.add(member);
  expect(members(set, 2048)).toEqual(edges);
  expect(set.has(31)).toBe(false);
});
