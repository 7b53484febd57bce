import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Keyframes } from "./keyframes.ts";

const KEPT = 8;
const SLOTS = 4;

describe.each([true, false])("keyframes, of an entity in a row: %s", (isByEntity) => {
  test("give the newest state that is not newer than a tick, of the last few, whatever was added and however the table grew", () => {
    const ticks = fc.array(fc.record({ slot: fc.integer({ min: 0, max: SLOTS - 1 }), grows: fc.boolean() }), {
      minLength: 1,
      maxLength: 60,
    });
    fc.assert(
      fc.property(ticks, (additions) => {
        const keyframes = new Keyframes(2, KEPT, isByEntity);
        let capacity = SLOTS;
        keyframes.resize(capacity);
        const added: number[][] = Array.from({ length: SLOTS }, () => []);
        const state = new Int32Array(2);
        for (const [at, { slot, grows }] of additions.entries()) {
          const tick = at * 2 + 1;
          if (grows && capacity < 64) keyframes.resize((capacity *= 2));
          const columns = [new Int32Array(capacity).fill(tick * 3), new Int32Array(capacity).fill(-tick)];
          keyframes.add(slot, tick, columns);
          added[slot].push(tick);
          const kept = added[slot].slice(-KEPT);
          for (const one of kept)
            for (const asked of [one, one + 1]) {
              expect(keyframes.load(slot, asked, state)).toBe(one);
              expect([...state]).toEqual([one * 3, -one]);
            }
        }
      }),
    );
  });
});
