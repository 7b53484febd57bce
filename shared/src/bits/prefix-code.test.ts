import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BitReader } from "./bit-reader.ts";
import { BitWriter } from "./bit-writer.ts";
import { optimalLengths } from "./optimal-lengths.ts";
import { LONGEST_CODE, PrefixCode } from "./prefix-code.ts";

const counts = fc.array(fc.oneof(fc.nat(3), fc.nat(1_000_000)), { minLength: 2, maxLength: 120 });

function readerOf(writer: BitWriter): BitReader {
  const reader = new BitReader(2048);
  reader.load(writer.bytes());
  return reader;
}

describe("a prefix code", () => {
  it("reads back whatever symbols were written, at their cost", () => {
    fc.assert(
      fc.property(counts, fc.array(fc.nat(), { maxLength: 60 }), fc.nat(31), (counts, draws, lead) => {
        const code = new PrefixCode(optimalLengths(counts, LONGEST_CODE));
        const symbols = draws.map((draw) => draw % counts.length);
        const writer = new BitWriter(2048);
        writer.write(0, lead);
        for (const symbol of symbols) code.write(writer, symbol);
        expect(writer.position).toBe(lead + symbols.reduce((sum, symbol) => sum + code.cost(symbol), 0));
        const reader = readerOf(writer);
        reader.read(lead);
        expect(symbols.map(() => code.read(reader))).toEqual(symbols);
        expect([reader.failed, reader.position]).toEqual([false, writer.position]);
      }),
    );
  });

  it("decodes any bits to symbols of its own and fails at their end", () => {
    fc.assert(
      fc.property(counts, fc.uint8Array({ maxLength: 40 }), (counts, bytes) => {
        const code = new PrefixCode(optimalLengths(counts));
        const reader = new BitReader(40);
        reader.load(bytes);
        for (let i = 0; i <= bytes.length * 8; i++) {
          const symbol = code.read(reader);
          expect(symbol >= 0 && symbol < counts.length).toBe(true);
        }
        expect(reader.failed).toBe(true);
      }),
    );
  });

  it("takes a code as long as the limit", () => {
    const lengths = [...Array.from({ length: LONGEST_CODE }, (_, i) => i + 1), LONGEST_CODE];
    const code = new PrefixCode(lengths);
    const writer = new BitWriter(64);
    for (let symbol = 0; symbol < lengths.length; symbol++) code.write(writer, symbol);
    const reader = readerOf(writer);
    expect(lengths.map(() => code.read(reader))).toEqual(lengths.map((_, symbol) => symbol));
  });

  it("refuses lengths that leave strings of bits without a meaning, or give them two", () => {
    expect(() => new PrefixCode([1, 2])).toThrow(/is 0\.75; it must be exactly 1.*snapshot\/bad-code/s);
    expect(() => new PrefixCode([1, 1, 2])).toThrow(/is 1\.25/);
    expect(() => new PrefixCode([0, 1])).toThrow(/a code of 0 bits/);
    expect(() => new PrefixCode([1])).toThrow(/1 symbols/);
    expect(() => new PrefixCode([1.5, 1.5])).toThrow(/a code of 1\.5 bits/);
  });

  it("keeps its bits: golden codes", () => {
    const code = new PrefixCode([2, 1, 3, 3]);
    const writer = new BitWriter(8);
    for (const symbol of [0, 1, 2, 3]) code.write(writer, symbol);
    // 10 0 110 111, first bit lowest
    expect([...writer.bytes()]).toEqual([0b11_011_0_01, 0b1]);
  });
});

describe("optimal lengths", () => {
  it("make a complete code within the limit whose frequent symbols are the short ones", () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: 7, max: 20 }), (counts, longest) => {
        const lengths = optimalLengths(counts, longest);
        expect(lengths.reduce((sum, length) => sum + 2 ** -length, 0)).toBe(1);
        expect(Math.max(...lengths)).toBeLessThanOrEqual(longest);
        for (let a = 0; a < counts.length; a++)
          for (let b = 0; b < counts.length; b++)
            if (counts[a] > counts[b]) expect(lengths[a]).toBeLessThanOrEqual(lengths[b]);
      }),
    );
  });

  it("are within a bit of the entropy where the limit does not bind", () => {
    fc.assert(
      fc.property(counts, (counts) => {
        const weights = counts.map((count) => count + 0.5);
        const total = weights.reduce((sum, weight) => sum + weight, 0);
        const lengths = optimalLengths(counts, LONGEST_CODE);
        const bits = weights.reduce((sum, weight, i) => sum + (weight / total) * lengths[i], 0);
        const entropy = weights.reduce(
          (sum, weight) => sum - (weight / total) * Math.log2(weight / total),
          0,
        );
        expect(bits).toBeLessThan(entropy + 1.01);
        expect(bits).toBeGreaterThan(entropy - 1e-9);
      }),
    );
  });

  it("are known for known counts", () => {
    expect(optimalLengths([8, 4, 2, 1, 1])).toEqual([1, 2, 3, 4, 4]);
    expect(optimalLengths([8, 4, 2, 1, 1], 3)).toEqual([1, 3, 3, 3, 3]);
    expect(optimalLengths([0, 0, 0, 0])).toEqual([2, 2, 2, 2]);
  });

  it("refuse what is no count, and more symbols than the limit can tell apart", () => {
    expect(() => optimalLengths([1, -1])).toThrow(/the count -1.*snapshot\/bad-code/s);
    expect(() => optimalLengths([1, NaN])).toThrow(/the count NaN/);
    expect(() => optimalLengths([1, 1, 1], 1)).toThrow(/3 symbols/);
    expect(() => optimalLengths([1])).toThrow(/1 symbols/);
  });
});
