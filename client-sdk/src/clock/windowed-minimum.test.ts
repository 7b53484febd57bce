import * as fc from "fast-check";
import { expect, test } from "vitest";
import { WindowedMinimum } from "./windowed-minimum.ts";

test("knows nothing when nothing was pushed within the window", () => {
  const window = new WindowedMinimum(1000);
  expect(window.minimum(0)).toBe(Infinity);
  window.push(3, 0);
  expect(window.minimum(5000)).toBe(Infinity);
});

test("finds the minimum of every value no older than the window less one bucket", () => {
  const value = fc.record({
    gapMs: fc.integer({ min: 0, max: 300 }),
    value: fc.integer({ min: -50, max: 50 }),
  });
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 60 }), (values) => {
      const window = new WindowedMinimum(1000, 10);
      const seen: { atMs: number; value: number }[] = [];
      let nowMs = -700;
      for (const { gapMs, value } of values) {
        nowMs += gapMs;
        window.push(value, nowMs);
        seen.push({ atMs: nowMs, value });
        const minimum = window.minimum(nowMs);
        const surely = seen.filter((entry) => entry.atMs > nowMs - 900).map((entry) => entry.value);
        const possibly = seen.filter((entry) => entry.atMs > nowMs - 1000).map((entry) => entry.value);
        expect(minimum).toBeLessThanOrEqual(Math.min(...surely));
        expect(minimum).toBeGreaterThanOrEqual(Math.min(...possibly));
      }
    }),
  );
});
