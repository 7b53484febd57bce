import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BitReader } from "../bits/bit-reader.ts";
import { BitWriter } from "../bits/bit-writer.ts";
import { predictedSpawnId } from "../world/entity-id.ts";
import { type Identity, readIdentity, writeIdentity } from "./identity.ts";

const BYTES = 16;

function written(id: number, owner: number, tick: number): BitWriter {
  const writer = new BitWriter(BYTES);
  writeIdentity(writer, id, owner, tick);
  return writer;
}

describe("an entity's identity", () => {
  test("arrives as it was sent, whatever the id, the owner and the tick", () => {
    const owners = fc.integer({ min: 0, max: 16383 });
    const ticks = fc.integer({ min: 0, max: 2 ** 31 - 1 });
    const counted = fc.integer({ min: 1, max: 2 ** 32 - 1 }).map((id) => () => id);
    const derived = fc.tuple(fc.nat(9000), fc.nat(31)).map(
      ([ago, ordinal]) =>
        (owner: number, tick: number) =>
          predictedSpawnId(owner, tick - ago, ordinal),
    );
    fc.assert(
      fc.property(owners, ticks, fc.oneof(counted, derived), (owner, tick, idFor) => {
        const id = idFor(owner, tick);
        const reader = new BitReader(BYTES + 4);
        reader.load(written(id, owner, tick).bytes());
        const read: Identity = { id: 0, owner: 0 };
        expect(readIdentity(reader, tick, read)).toBe(true);
        expect(read).toEqual({ id, owner });
      }),
    );
  });

  test("takes nine bits for what one of sixteen players spawned this tick", () => {
    expect(written(predictedSpawnId(7, 1000, 0), 7, 1000).position).toBe(9);
    expect(written(predictedSpawnId(7, 997, 1), 7, 1000).position).toBe(13);
  });

  test("is refused where it names a player or a spawn that cannot be", () => {
    const attempt = (write: (writer: BitWriter) => void): boolean => {
      const writer = new BitWriter(BYTES);
      write(writer);
      const reader = new BitReader(BYTES + 4);
      reader.load(writer.bytes());
      return readIdentity(reader, 5, { id: 0, owner: 0 });
    };
    expect(attempt((writer) => writer.writeVariable(16384, 4))).toBe(false);
    const derived = (ago: number, ordinal: number) => (writer: BitWriter) => {
      writer.writeVariable(1, 4);
      writer.write(1, 1);
      writer.writeVariable(ago, 1);
      writer.writeVariable(ordinal, 0);
    };
    expect(attempt(derived(4095, 31))).toBe(true);
    expect(attempt(derived(4096, 0))).toBe(false);
    expect(attempt(derived(0, 32))).toBe(false);
    expect(attempt(() => {})).toBe(false);
  });
});
