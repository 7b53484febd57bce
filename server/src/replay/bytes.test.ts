import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ByteReader } from "./byte-reader.ts";
import { ByteWriter } from "./byte-writer.ts";

const item = fc.oneof(
  fc.record({ kind: fc.constant("count" as const), value: fc.maxSafeNat() }),
  fc.record({ kind: fc.constant("signed" as const), value: fc.integer() }),
  fc.record({ kind: fc.constant("u32" as const), value: fc.nat(0xffff_ffff) }),
  fc.record({ kind: fc.constant("f64" as const), value: fc.double() }),
);

describe("the numbers of a recorded session", () => {
  it("are read as they were written, in any order and over any length", () => {
    fc.assert(
      fc.property(fc.array(item, { maxLength: 3000 }), (items) => {
        const writer = new ByteWriter();
        for (const { kind, value } of items) writer[kind](value);
        const reader = new ByteReader(writer.take());
        for (const { kind, value } of items) expect(reader[kind]()).toBe(value);
        expect([reader.remaining, reader.failed]).toEqual([0, false]);
      }),
      { numRuns: 50 },
    );
  });

  it("fail beyond the end, and where a number or a list cannot be so long", () => {
    const cut = new ByteReader(Uint8Array.of(1, 2, 3));
    expect([cut.u32(), cut.failed]).toEqual([0, true]);
    const endless = new ByteReader(new Uint8Array(20).fill(0xff));
    expect([endless.count(), endless.failed]).toEqual([0, true]);
    const long = new ByteReader(Uint8Array.of(100, 1, 1));
    expect([long.items(), long.failed]).toEqual([0, true]);
  });

  it("begin anew after each take", () => {
    const writer = new ByteWriter();
    writer.count(300);
    expect([...writer.take()]).toEqual([0xac, 2]);
    writer.signed(-1);
    expect([...writer.take()]).toEqual([1]);
  });
});
