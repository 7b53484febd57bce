import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cos, sin } from "./sin-cos.ts";

/** Math.sin and Math.cos of current engines are within one unit in the last place of the truth. */
const TOLERANCE = 2.3e-16 + 1.2e-16;

function worstError(
  own: (x: number) => number,
  reference: (x: number) => number,
  xs: Iterable<number>,
): number {
  let worst = 0;
  for (const x of xs) worst = Math.max(worst, Math.abs(own(x) - reference(x)));
  return worst;
}

function* spread(limit: number, count: number): Generator<number> {
  for (let i = 0; i <= count; i += 1) yield -limit + (2 * limit * i) / count;
}

describe("sin and cos", () => {
  test("stay within the documented error over some turns and over the whole exact range", () => {
    for (const limit of [1, 10, 1000, 1.6e6]) {
      expect(worstError(sin, Math.sin, spread(limit, 50_021))).toBeLessThan(TOLERANCE);
      expect(worstError(cos, Math.cos, spread(limit, 50_021))).toBeLessThan(TOLERANCE);
    }
  });

  test("stay accurate next to multiples of a quarter turn, where reduction cancels most digits", () => {
    const xs: number[] = [];
    for (let k = 0; k <= 1_000_000; k += 997) xs.push((k * Math.PI) / 2, -(k * Math.PI) / 2);
    expect(worstError(sin, Math.sin, xs)).toBeLessThan(TOLERANCE);
    expect(worstError(cos, Math.cos, xs)).toBeLessThan(TOLERANCE);
  });

  test("lose accuracy slowly beyond the exact range", () => {
    for (const x of [1.7e6, 1e9, 1e12, -3e10]) {
      expect(Math.abs(sin(x) - Math.sin(x))).toBeLessThan(Math.abs(x) * 4e-17 + 1e-15);
      expect(Math.abs(cos(x) - Math.cos(x))).toBeLessThan(Math.abs(x) * 4e-17 + 1e-15);
    }
  });

  test("stay in [-1, 1] for every finite angle", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (x) => {
        expect(Math.abs(sin(x))).toBeLessThanOrEqual(1);
        expect(Math.abs(cos(x))).toBeLessThanOrEqual(1);
      }),
    );
  });

  test("are exact at zero", () => {
    expect(sin(0)).toBe(0);
    expect(cos(0)).toBe(1);
  });

  test("sine is odd and cosine even, bit for bit", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-300, max: 1.6e6, noNaN: true }), (x) => {
        expect(sin(-x)).toBe(-sin(x));
        expect(cos(-x)).toBe(cos(x));
      }),
    );
  });

  test("give NaN for angles that are no number", () => {
    for (const x of [Number.NaN, Infinity, -Infinity]) {
      expect(sin(x)).toBeNaN();
      expect(cos(x)).toBeNaN();
    }
  });

  test("have these bits, now and in every engine", () => {
    expect([1, 2, -3.5, 100, 123456.789].map((x) => [sin(x), cos(x)])).toMatchInlineSnapshot(`
      [
        [
          0.8414709848078965,
          0.5403023058681398,
        ],
        [
          0.9092974268256817,
          -0.4161468365471424,
        ],
        [
          0.35078322768961984,
          -0.9364566872907963,
        ],
        [
          -0.5063656411097588,
          0.8623188722876839,
        ],
        [
          -0.9986640823432246,
          0.05167253271870138,
        ],
      ]
    `);
  });
});
