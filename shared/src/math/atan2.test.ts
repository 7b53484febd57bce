import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { atan2 } from "./atan2.ts";

describe("atan2", () => {
  test("stays within the documented error all around and at every length", () => {
    let worst = 0;
    for (let i = 0; i < 100_003; i += 1) {
      const angle = (i / 100_003) * 2 * Math.PI;
      const length = 10 ** ((i % 13) - 6);
      const x = Math.cos(angle) * length;
      const y = Math.sin(angle) * length;
      worst = Math.max(worst, Math.abs(atan2(y, x) - Math.atan2(y, x)));
    }
    expect(worst).toBeLessThan(7e-16);
  });

  test("agrees with Math.atan2 for any finite vector, denormal and huge ones included", () => {
    const component = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(component, component, (y, x) => {
        expect(Math.abs(atan2(y, x) - Math.atan2(y, x))).toBeLessThan(7e-16);
      }),
      { numRuns: 1000 },
    );
  });

  test("treats signed zeros and infinities as Math.atan2 does", () => {
    const specials = [0, -0, 1, -1, Infinity, -Infinity];
    for (const y of specials) {
      for (const x of specials) expect(atan2(y, x)).toBe(Math.atan2(y, x));
    }
  });

  test("gives NaN for a vector that is no number", () => {
    expect(atan2(Number.NaN, 1)).toBeNaN();
    expect(atan2(1, Number.NaN)).toBeNaN();
  });

  test("has these bits, now and in every engine", () => {
    expect([atan2(1, 2), atan2(-1, 3), atan2(0.1, -7), atan2(5, 4)]).toMatchInlineSnapshot(`
      [
        0.4636476090008061,
        -0.3217505543966422,
        3.1273079110023967,
        0.8960553845713439,
      ]
    `);
  });
});
