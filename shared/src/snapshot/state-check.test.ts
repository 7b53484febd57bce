import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defineGame, entity, input, ownerOnly, uint } from "../index.ts";
import { EXACT, SHOWN } from "./level.ts";
import { MAX_SNAPSHOT_BYTES } from "./packet.ts";
import {
  MAX_CHECKED,
  readCheck,
  readDifference,
  stateHash,
  writeCheck,
  writeDifference,
} from "./state-check.ts";

const uint32 = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const level = fc.integer({ min: 0, max: 15 });
const int32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });

describe("a check", () => {
  it("is read as it was written", () => {
    const entities = fc.array(fc.record({ id: uint32, level, hash: uint32 }), {
      minLength: 1,
      maxLength: 127,
    });
    fc.assert(
      fc.property(fc.nat(1_000_000), entities, (tick, list) => {
        expect(readCheck(writeCheck(tick, list))).toEqual({ tick: tick & 0xffff, entities: list });
      }),
    );
  });

  it("fits one frame, whatever is asked of it", () => {
    const many = Array.from({ length: 300 }, (_, id) => ({ id, level: 0, hash: id }));
    const frame = writeCheck(5, many);
    expect(frame.length).toBeLessThanOrEqual(MAX_SNAPSHOT_BYTES);
    expect(readCheck(frame)?.entities).toHaveLength(MAX_CHECKED);
  });

  it("of any other length is malformed", () => {
    for (let length = 0; length < 1300; length++) {
      const fits = length > 3 && (length - 3) % 9 === 0 && (length - 3) / 9 <= MAX_CHECKED;
      expect(readCheck(new Uint8Array(length)) !== undefined).toBe(fits);
    }
  });
});

describe("a difference", () => {
  it("is read as it was written, as far as it fits", () => {
    const entities = fc.array(fc.record({ id: uint32, level, values: fc.array(int32, { maxLength: 40 }) }), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(fc.nat(1_000_000), entities, (tick, list) => {
        expect(readDifference(writeDifference(tick, list))).toEqual({ tick: tick & 0xffff, entities: list });
      }),
    );
    const wide = Array.from({ length: 50 }, (_, id) => ({
      id,
      level: 1,
      values: Array<number>(30).fill(id),
    }));
    const frame = writeDifference(5, wide);
    expect(frame.length).toBeLessThanOrEqual(MAX_SNAPSHOT_BYTES);
    expect(readDifference(frame)?.entities).toHaveLength(9);
  });

  it("of any bytes is read or refused, and never throws", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 1300 }), (bytes) => {
        const values = readDifference(bytes)?.entities.flatMap((each) => each.values) ?? [];
        expect(values.length * 4).toBeLessThanOrEqual(bytes.length);
      }),
    );
  });
});

describe("the hash of a state", () => {
  const [type] = defineGame({
    name: "hashed",
    tickRate: 60,
    entities: { ship: entity({ hp: uint({ max: 100 }), ammo: ownerOnly(uint({ max: 10 })) }) },
    input: input({}),
    step() {},
  }).types;
  const rows = [Int32Array.of(50, 50, 51), Int32Array.of(3, 4, 3)];

  it("takes in the fields that the level gets, and no others", () => {
    expect(stateHash(type, SHOWN, rows, 0)).toBe(stateHash(type, SHOWN, rows, 1));
    expect(stateHash(type, SHOWN, rows, 0)).not.toBe(stateHash(type, SHOWN, rows, 2));
    const owned = (2 << 2) | EXACT;
    expect(stateHash(type, owned, rows, 0)).not.toBe(stateHash(type, owned, rows, 1));
  });
});
