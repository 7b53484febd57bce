import * as fc from "fast-check";
import { expect, test } from "vitest";
import { SurpriseLog } from "./surprise-log.ts";

const SPAN = 8;

test("A log of surprises lists since any tick of its span who surprised, or says that it no longer knows", () => {
  const ticks = fc.array(fc.array(fc.nat(199), { maxLength: 120 }), { maxLength: 40 });
  fc.assert(
    fc.property(ticks, (surprises) => {
      const log = new SurpriseLog(SPAN);
      log.resize(32);
      const last = new Map<number, number>();
      for (const [i, slots] of surprises.entries()) {
        // The first tick that a world makes is 1.
        const tick = i + 1;
        // The table grows in the middle of a run.
        if (tick === 5) log.resize(200);
        log.begin(tick);
        for (const slot of slots) {
          if (tick < 5 && slot >= 32) continue;
          log.add(slot, tick);
          last.set(slot, tick);
        }
        for (const [slot, at] of last) expect(log.ticks[slot]).toBe(at);
        for (let since = Math.max(1, tick - SPAN + 1); since <= tick; since++) {
          const begin = log.since(since);
          if (begin < 0) continue;
          const listed = new Set<number>();
          for (let p = begin; p < log.end; p++) listed.add(log.slots[p & (log.slots.length - 1)]);
          const expected = [...last].filter(([, at]) => at >= since).map(([slot]) => slot);
          expect([...listed].toSorted((a, b) => a - b)).toEqual(expected.toSorted((a, b) => a - b));
        }
      }
    }),
  );
});
