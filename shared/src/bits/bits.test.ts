import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BitReader } from "./bit-reader.ts";
import { BitWriter } from "./bit-writer.ts";

const write = fc.oneof(
  fc.record({
    kind: fc.constant("plain" as const),
    bits: fc.integer({ min: 0, max: 32 }),
    value: fc.nat(0xffffffff),
  }),
  fc.record({
    kind: fc.constant("variable" as const),
    bits: fc.integer({ min: 0, max: 15 }),
    value: fc.nat(1 << 29),
  }),
  fc.record({
    kind: fc.constant("signed" as const),
    bits: fc.integer({ min: 0, max: 15 }),
    value: fc.integer({ min: -(1 << 28), max: 1 << 28 }),
  }),
);

describe("bits", () => {
  it("reads back whatever was written, in order", () => {
    fc.assert(
      fc.property(fc.array(write, { maxLength: 40 }), (writes) => {
        const writer = new BitWriter(1150);
        for (const { kind, bits, value } of writes) {
          if (kind === "plain") writer.write(value, bits);
          else if (kind === "variable") writer.writeVariable(value, bits);
          else writer.writeSignedVariable(value, bits);
        }
        const reader = new BitReader(1150);
        reader.load(writer.bytes());
        for (const { kind, bits, value } of writes) {
          if (kind === "plain") {
            const expected = bits === 32 ? value : value % 2 ** bits;
            expect(reader.read(bits)).toBe(expected);
          } else if (kind === "variable") expect(reader.readVariable(bits)).toBe(value);
          else expect(reader.readSignedVariable(bits)).toBe(value);
        }
        expect(reader.failed).toBe(false);
      }),
    );
  });

  it("appends a bit string at any offset and forgets what was truncated", () => {
    fc.assert(
      fc.property(fc.nat(70), fc.nat(70), fc.nat(200), fc.nat(90), (lead, offset, length, dropped) => {
        const source = new BitWriter(64);
        for (let i = 0; i < offset + length; i++) source.write((i * 7) % 3 === 0 ? 1 : 0, 1);
        const writer = new BitWriter(64);
        for (let i = 0; i < lead; i++) writer.write(1, 1);
        for (let i = 0; i < dropped; i++) writer.write(1, 1);
        writer.truncate(lead);
        writer.append(source.words, offset, length);
        const reader = new BitReader(64);
        reader.load(writer.bytes());
        for (let i = 0; i < lead; i++) expect(reader.read(1)).toBe(1);
        for (let i = 0; i < length; i++) expect(reader.read(1)).toBe(((offset + i) * 7) % 3 === 0 ? 1 : 0);
      }),
    );
  });

  it("stops at the capacity and says so", () => {
    const writer = new BitWriter(4);
    writer.write(0xffffffff, 32);
    expect(writer.overflowed).toBe(false);
    writer.write(1, 1);
    expect(writer.overflowed).toBe(true);
    expect(writer.bytes()).toEqual(new Uint8Array([255, 255, 255, 255]));
  });

  it("survives any bytes: it fails, yields zeros and never throws", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.nat(15), (bytes, k) => {
        const reader = new BitReader(32);
        reader.load(bytes);
        for (let i = 0; i < 400; i++) reader.readSignedVariable(k);
        expect(reader.failed).toBe(true);
      }),
    );
  });

  it("keeps its bytes: golden frame", () => {
    const writer = new BitWriter(16);
    writer.write(0b101, 3);
    writer.writeVariable(9, 2);
    writer.writeSignedVariable(-4, 0);
    writer.write(0xdeadbeef, 32);
    expect(Buffer.from(writer.bytes()).toString("hex")).toBe(GOLDEN);
  });
});

const GOLDEN = "b58877df566f";
