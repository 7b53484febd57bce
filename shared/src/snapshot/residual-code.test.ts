import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BitReader } from "../bits/bit-reader.ts";
import { BitWriter } from "../bits/bit-writer.ts";
import { optimalLengths } from "../bits/optimal-lengths.ts";
import {
  bucketBits,
  bucketCount,
  bucketOf,
  bucketStart,
  foldResidual,
  unfoldResidual,
} from "../bits/residual-buckets.ts";
import { ResidualCode } from "./residual-code.ts";

/** A width, residuals that fit it, and counts for its buckets. */
const cases = fc.integer({ min: 1, max: 30 }).chain((width) =>
  fc.record({
    width: fc.constant(width),
    residuals: fc.array(
      fc
        .oneof(fc.integer({ min: -20, max: 20 }), fc.integer({ min: -(2 ** width), max: 2 ** width }))
        .filter((residual) => residual !== 0 && Math.abs(residual) < 2 ** width),
      { maxLength: 30 },
    ),
    counts: fc.array(fc.nat(10_000), { minLength: bucketCount(width), maxLength: bucketCount(width) }),
  }),
);

describe("a residual code", () => {
  it("reads back whatever was written, at its cost, trained or not", () => {
    fc.assert(
      fc.property(cases, fc.boolean(), ({ width, residuals, counts }, trained) => {
        const code = trained ? new ResidualCode(width, optimalLengths(counts)) : new ResidualCode(width);
        const writer = new BitWriter(512);
        for (const residual of residuals) code.write(writer, residual);
        expect(writer.position).toBe(residuals.reduce((sum, residual) => sum + code.cost(residual), 0));
        const reader = new BitReader(512);
        reader.load(writer.bytes());
        expect(residuals.map(() => code.read(reader))).toEqual(residuals);
      }),
    );
  });

  it("reads any bits as whole numbers within reach, and never as 0", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.uint8Array({ maxLength: 40 }), (width, bytes) => {
        const code = new ResidualCode(width);
        const reader = new BitReader(40);
        reader.load(bytes);
        for (let i = 0; i <= bytes.length * 8; i++) {
          const residual = code.read(reader);
          expect(Number.isInteger(residual) && residual !== 0).toBe(true);
          expect(Math.abs(residual)).toBeLessThanOrEqual(Math.max(4, 2 ** width));
        }
        expect(reader.failed).toBe(true);
      }),
    );
  });

  it("costs untrained about what Golomb's code of order width / 4 does", () => {
    for (const width of [8, 12, 16, 20, 24]) {
      const code = new ResidualCode(width);
      for (let exponent = 0; exponent < width; exponent++) {
        const residual = 2 ** exponent;
        const quotient = Math.floor(foldResidual(residual) / 2 ** (width >> 2)) + 1;
        const golomb = 2 * Math.floor(Math.log2(quotient)) + 1 + (width >> 2);
        expect(code.cost(residual)).toBeLessThanOrEqual(golomb + 1);
      }
    }
  });

  it("puts every folded residual into one bucket, with the bits that tell it from the others", () => {
    const folded = fc.integer({ min: 0, max: 2 ** 32 - 1 });
    fc.assert(
      fc.property(folded, (folded) => {
        const bucket = bucketOf(folded);
        expect(folded - bucketStart(bucket)).toBeGreaterThanOrEqual(0);
        expect(folded - bucketStart(bucket)).toBeLessThan(2 ** bucketBits(bucket));
        expect(foldResidual(unfoldResidual(folded))).toBe(folded);
      }),
    );
  });

  it("keeps its bits: golden residuals", () => {
    const code = new ResidualCode(16);
    const writer = new BitWriter(32);
    for (const residual of [-1, 1, -2, 7, -300, 30_000]) code.write(writer, residual);
    expect(Buffer.from(writer.bytes()).toString("hex")).toBe(GOLDEN);
  });
});

const GOLDEN = "4fa9ecc7eaff7da9";
