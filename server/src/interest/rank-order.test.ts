import * as fc from "fast-check";
import { expect, test } from "vitest";
import { RankOrder } from "./rank-order.ts";

test("merges any number of ascending runs into one, and again after others", () => {
  const ids = fc.uniqueArray(fc.integer({ min: 1, max: 0xffff_ffff }), { maxLength: 60 });
  const runs = fc.tuple(ids, fc.array(fc.nat({ max: 7 }), { minLength: 60, maxLength: 60 }));
  fc.assert(
    fc.property(fc.array(runs, { minLength: 1, maxLength: 4 }), (rounds) => {
      const order = new RankOrder();
      for (const [all, places] of rounds) {
        const id = Uint32Array.from(all);
        order.begin(all.length);
        for (let run = 0; run < 8; run++) {
          order.beginRun();
          const rows = all.map((_, row) => row).filter((row) => places[row] === run);
          for (const row of rows.sort((a, b) => id[a]! - id[b]!)) order.add(row);
        }
        order.finish(id);
        const merged = [...order.rows.subarray(0, order.count)].map((row) => id[row]);
        expect(merged).toEqual([...all].sort((a, b) => a - b));
      }
    }),
  );
});
