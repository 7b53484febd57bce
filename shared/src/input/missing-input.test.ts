import { expect, test } from "vitest";
import * as fc from "fast-check";
import { fadeInput, missingInputTicks, MissingInput } from "./missing-input.ts";

const { release, fade, keep } = MissingInput;

function faded(last: number[], neutral: number[], kinds: number[], age: number): number[] {
  const out = new Int32Array(last.length);
  fadeInput(Int32Array.from(last), Int32Array.from(neutral), Uint8Array.from(kinds), age, 4, 12, out, 0);
  return [...out];
}

test("everything is held unchanged for the hold time", () => {
  for (const age of [1, 2, 3, 4]) {
    expect(faded([100, 1, 900], [0, 0, 0], [fade, release, keep], age)).toEqual([100, 1, 900]);
  }
});

test("then buttons are released, axes fade linearly and directions stay", () => {
  const kinds = [fade, release, keep];
  expect(faded([80, 1, 900], [0, 0, 0], kinds, 5)).toEqual([70, 0, 900]);
  expect(faded([80, 1, 900], [0, 0, 0], kinds, 8)).toEqual([40, 0, 900]);
  expect(faded([80, 1, 900], [0, 0, 0], kinds, 12)).toEqual([0, 0, 900]);
  expect(faded([80, 1, 900], [0, 0, 0], kinds, 1000)).toEqual([0, 0, 900]);
});

test("an axis whose neutral is not zero fades to that", () => {
  expect(faded([50], [200], [fade], 8)).toEqual([125]);
  expect(faded([50], [200], [fade], 12)).toEqual([200]);
});

test("a fading axis only ever comes closer to neutral, and ends there", () => {
  const value = fc.integer({ min: -100_000, max: 100_000 });
  fc.assert(
    fc.property(value, value, (last, neutral) => {
      let distance = Math.abs(last - neutral);
      for (let age = 1; age <= 12; age++) {
        const [now] = faded([last], [neutral], [fade], age);
        expect(Math.abs(now! - neutral)).toBeLessThanOrEqual(distance);
        distance = Math.abs(now! - neutral);
      }
      expect(distance).toBe(0);
    }),
  );
});

test("holds for a tenth and repeats for a quarter of a second at any tick rate", () => {
  expect(missingInputTicks(60)).toEqual({ holdTicks: 6, repeatTicks: 15 });
  expect(missingInputTicks(30)).toEqual({ holdTicks: 3, repeatTicks: 8 });
  expect(missingInputTicks(10)).toEqual({ holdTicks: 1, repeatTicks: 3 });
});
