import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { angle, axis, button, uint } from "../schema/field.ts";
import { InputCodec, MAX_INPUT_BYTES, MAX_INPUT_ROWS } from "./input-packet.ts";
import { InputType, input } from "./input-type.ts";

const type = new InputType(
  input({ moveX: axis(), moveY: axis(), aim: angle({ bits: 12 }), fire: button(), weapon: uint({ max: 9 }) }),
  60,
);
const codec = new InputCodec(type);
const anyRow = fc
  .record({
    moveX: fc.double(),
    moveY: fc.double({ noNaN: true, min: -1, max: 1 }),
    aim: fc.double(),
    fire: fc.boolean(),
    weapon: fc.integer(),
  })
  .map((values) => {
    const row = new Int32Array(type.width);
    type.write(values, row);
    return row;
  });

describe("an input packet", () => {
  it("brings every row back, newest first, with the acknowledgement", () => {
    fc.assert(
      fc.property(
        fc.array(anyRow, { minLength: 1, maxLength: MAX_INPUT_ROWS }),
        fc.nat(1e6),
        fc.nat(65535),
        fc.nat(0xffffffff),
        (rows, tick, ack, mask) => {
          const frame = codec.encode(tick, rows.length, (t) => rows[tick - t], ack, mask);
          const packet = codec.decode(frame.slice())!;
          expect([packet.count, packet.newestTick, packet.ackNewest, packet.ackMask]).toEqual([
            rows.length,
            tick & 0xffff,
            ack,
            mask,
          ]);
          rows.forEach((row, i) =>
            expect(packet.rows.subarray(i * type.width, (i + 1) * type.width)).toEqual(row),
          );
        },
      ),
    );
  });

  it("takes an angle of any size, however far round the circle it has gone", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e15, max: 1e300 }), (aim) => {
        const row = new Int32Array(type.width);
        type.write({ aim }, row);
        expect(Math.abs(row[2])).toBeLessThanOrEqual(2048);
      }),
    );
  });

  it("costs one bit for each older row that is the same", () => {
    const row = type.neutralRow();
    const size = (count: number) => codec.encode(9, count, () => row, 7, 1).length;
    expect([size(1), size(5), size(32)]).toEqual([14, 15, 18]);
  });

  it("refuses or confines whatever bytes arrive, and never throws", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: MAX_INPUT_BYTES + 40 }), (bytes) => {
        const packet = codec.decode(bytes);
        if (packet === undefined) return;
        for (let i = 0; i < packet.count * type.width; i++) {
          const column = type.record.columns[i % type.width];
          expect(packet.rows[i]).toBeGreaterThanOrEqual(column.lowest);
          expect(packet.rows[i]).toBeLessThanOrEqual(column.highest);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("refuses a packet that is cut short or has something behind it", () => {
    const frame = codec.encode(100, 4, () => type.neutralRow(), 3, 0).slice();
    expect(codec.decode(frame.subarray(0, frame.length - 1))).toBeUndefined();
    expect(codec.decode(new Uint8Array([...frame, 0]))).toBeUndefined();
  });

  it("keeps its bytes: golden frame", () => {
    const rows = [
      { moveX: 1, moveY: -0.5, aim: 1.25, fire: true, weapon: 3 },
      { moveX: 1, moveY: 0, aim: 1.25, fire: false, weapon: 3 },
    ].map((values) => {
      const row = new Int32Array(type.width);
      type.write(values, row);
      return row;
    });
    const frame = codec.encode(0x1234, 2, (tick) => rows[0x1234 - tick], 0xbeef, 0x80000001);
    expect(Buffer.from(frame).toString("hex")).toBe("023412c3bb6f000000a03fd0cb9efe09");
  });
});
