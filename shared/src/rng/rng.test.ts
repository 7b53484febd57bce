import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Rng, RNG_STATE_WORDS } from "./rng.ts";

function take(rng: Rng, count: number): number[] {
  return Array.from({ length: count }, () => rng.uint32());
}

describe("Rng", () => {
  test("gives the sequence of sfc32", () => {
    expect(take(new Rng(1, 2, 3), 4)).toEqual([0xeda6a65f, 0x5843866, 0x42e2d5db, 0x1712f7d]);
    expect(take(new Rng(0), 3)).toEqual([0xfb52c520, 0x38802be1, 0x948279e6]);
    expect(take(new Rng(0xdeadbeef), 3)).toEqual([0x56bc904, 0x59ceb157, 0x832247ff]);
  });

  test("continues exactly from a saved state", () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat(200), (seed, skipped) => {
        const rng = new Rng(seed);
        take(rng, skipped);
        const state = new Uint32Array(RNG_STATE_WORDS + 2);
        rng.save(state, 2);
        const expected = take(rng, 20);
        const other = new Rng(1);
        other.restore(state, 2);
        expect(take(other, 20)).toEqual(expected);
      }),
    );
  });

  test("reseeded, starts the sequence of a new one", () => {
    const rng = new Rng(5);
    take(rng, 3);
    expect(take(rng.reseed(8, 9), 5)).toEqual(take(new Rng(8, 9), 5));
  });

  test("float is in [0, 1) with the mean and spread of a uniform distribution", () => {
    const rng = new Rng(42);
    const count = 100_000;
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < count; i += 1) {
      const value = rng.float();
      if (!(value >= 0 && value < 1)) throw new Error(`${value} is outside [0, 1)`);
      sum += value;
      squares += value * value;
    }
    expect(sum / count).toBeCloseTo(0.5, 2);
    expect(squares / count).toBeCloseTo(1 / 3, 2);
  });

  test("int favours no outcome, even where n does not divide 2^32", () => {
    const rng = new Rng(7);
    // With a plain remainder the lower half of this range would come up twice as often as the upper half.
    const n = 0xaaaaaaaa;
    let low = 0;
    for (let i = 0; i < 30_000; i += 1) if (rng.int(n) < n / 2) low += 1;
    expect(low / 30_000).toBeCloseTo(0.5, 1);

    const counts = [0, 0, 0, 0, 0, 0];
    for (let i = 0; i < 60_000; i += 1) counts[rng.int(6)] += 1;
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(500);
  });

  test("int covers 1 and 2^32 and refuses anything else", () => {
    const rng = new Rng(3);
    expect(rng.int(1)).toBe(0);
    expect(rng.int(2 ** 32)).toBeLessThan(2 ** 32);
    for (const bad of [0, -1, 1.5, 2 ** 32 + 1, Number.NaN]) {
      expect(() => rng.int(bad)).toThrow(/integer from 1 to 2\^32/);
    }
  });

  test("range stays between its bounds", () => {
    const rng = new Rng(11);
    for (let i = 0; i < 1000; i += 1) {
      const value = rng.range(-2, 5);
      expect(value >= -2 && value < 5).toBe(true);
    }
  });
});
