import { expect, test } from "vitest";
import * as fc from "fast-check";
import { RankOrder } from "./rank-order.ts";

test("ranks any sequence of ids ascending and remembers the row of each", () => {
  const order = new RankOrder();
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 0xffff_ffff }), { maxLength: 200 }), (ids) => {
      order.build(Uint32Array.from(ids), ids.length);
      const expected = [...ids].sort((a, b) => a - b);
      expect([...order.ids.subarray(0, order.count)]).toEqual(expected);
      expect([...order.rows.subarray(0, order.count)].map((row) => ids[row])).toEqual(expected);
    }),
  );
});

test("finds every id and no other", () => {
  const order = new RankOrder();
  order.build(Float64Array.of(5, 9, 2 ** 40, 1, 7), 5);
  for (const [rank, id] of [1, 5, 7, 9, 2 ** 40].entries()) expect(order.find(id)).toBe(rank);
  for (const id of [0, 6, 2 ** 41]) expect(order.find(id)).toBe(-1);
});

test("tells whether the entities or their rows changed", () => {
  const order = new RankOrder();
  expect(order.build(Float64Array.of(1, 2, 3), 3)).toBe(true);
  expect(order.build(Float64Array.of(1, 2, 3), 3)).toBe(false);
  expect(order.build(Float64Array.of(1, 2, 4), 3)).toBe(true);
  expect(order.build(Float64Array.of(1, 2, 4), 2)).toBe(true);
  expect(order.build(Float64Array.of(2, 1), 2)).toBe(true);
  expect(order.build(Float64Array.of(1, 2), 2)).toBe(true);
});
