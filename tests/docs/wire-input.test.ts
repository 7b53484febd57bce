import * as fc from "fast-check";
import { InputCodec, NO_VIEW } from "@tidelock/shared";
import { describe, expect, it } from "vitest";
import { golden } from "./golden-game.ts";
import { goldenPackets, INPUT_VIEWS } from "./golden-packets.ts";
import { readInput } from "./wire-input.ts";

const { input } = golden;
const anyRow = fc.tuple(
  ...input.record.columns.map(({ lowest, highest }) => fc.integer({ min: lowest, max: highest })),
);

describe("a reader of inputs written from docs/wire-format.md alone", () => {
  it.each([false, true])("reads what the codec writes; with view distances: %s", (hasViews) => {
    const codec = new InputCodec(input, hasViews);
    const rows = fc.array(fc.tuple(anyRow, fc.nat(NO_VIEW)), { minLength: 1, maxLength: 32 });
    fc.assert(
      fc.property(rows, fc.nat(65535), fc.nat(65535), fc.nat(0xffffffff), (rows, tick, ack, mask) => {
        const packet = codec.encode(
          tick,
          rows.length,
          (t) => Int32Array.from(rows[tick - t][0]),
          ack,
          mask,
          (t) => rows[tick - t][1],
        );
        const read = readInput(packet, input.record, hasViews);
        expect([read.tick, read.ack]).toEqual([tick, [ack, mask]]);
        expect(read.rows).toEqual(rows.map(([row]) => row));
        expect(read.views).toEqual(hasViews ? rows.map(([, view]) => view) : []);
      }),
    );
  });

  it("reads the packet shown", () => {
    const shown = goldenPackets().find(({ name }) => name === "input-views");
    const bytes = Uint8Array.from(shown!.hex.split(" "), (byte) => Number.parseInt(byte, 16));
    expect(readInput(bytes, input.record, true).views).toEqual(INPUT_VIEWS);
  });
});
