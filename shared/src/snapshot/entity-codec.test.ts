import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  angle,
  angularVelocity,
  BitReader,
  BitWriter,
  bool,
  defineGame,
  type EntityType,
  entity,
  type Field,
  input,
  int,
  ownerOnly,
  position,
  position2d,
  quaternion,
  real,
  teamOnly,
  velocity,
  velocity2d,
} from "../index.ts";
import { EntityCodec } from "./entity-codec.ts";
import { type DetailLevel, EXACT, isSent, SHOWN } from "./level.ts";
import { MotionModel } from "./motion.ts";

const BYTES = 4096;
const place = { min: -20, max: 20.3, grid: 1 / 128, shown: 1 / 8 };

/** Fields that come in sets, each under a number of its own. */
const sets: ((n: number) => Record<string, Field<unknown>>)[] = [
  (n) => ({ [`x${n}`]: position(place), [`vx${n}`]: velocity(`x${n}`, { max: 30, slowest: 1 }) }),
  (n) => ({ [`at${n}`]: position2d(place), [`going${n}`]: velocity2d(`at${n}`, { max: 30, slowest: 1 }) }),
  (n) => ({ [`a${n}`]: angle({ bits: 9 }), [`b${n}`]: bool(), [`n${n}`]: int({ min: -40_000, max: 3 }) }),
  (n) => ({ [`turn${n}`]: quaternion({ bits: 12, shown: 8 }) }),
  (n) => ({ [`r${n}`]: quaternion({ bits: 15 }), [`spin${n}`]: angularVelocity(`r${n}`, { max: 6 }) }),
  (n) => ({ [`team${n}`]: teamOnly(real(place)), [`own${n}`]: ownerOnly(angle({ bits: 16 })) }),
];

/** Any type of one to eight such sets, some with a motion of their own: up to 56 columns. */
const types: fc.Arbitrary<EntityType> = fc
  .tuple(fc.array(fc.nat(sets.length - 1), { minLength: 1, maxLength: 8 }), fc.boolean())
  .map(([chosen, isDeclared]) => {
    const fields = Object.assign({}, ...chosen.map((set, n) => sets[set](n)));
    const motion = (self: Record<string, unknown>, dt: number): void => {
      for (const [name, value] of Object.entries(self))
        if (typeof value === "number") self[name] = value + dt;
    };
    const declared = isDeclared ? entity(fields, { motion }) : entity(fields);
    return defineGame({
      name: "any",
      tickRate: 30,
      entities: { any: declared },
      input: input({}),
      step: () => {},
    }).types[0];
  });

interface Case {
  type: EntityType;
  level: DetailLevel;
  age: number;
  since: number;
  base: Int32Array;
  told: Int32Array;
}

const cases: fc.Arbitrary<Case> = types.chain((type) => {
  const state = fc
    .tuple(...type.columns.map(({ lowest, highest }) => fc.integer({ min: lowest, max: highest })))
    .map((values) => Int32Array.from(values));
  return fc
    .record({
      type: fc.constant(type),
      level: fc.constantFrom(SHOWN, EXACT, 4, 5, 8, 9),
      age: fc.integer({ min: 1, max: 63 }),
      since: fc.nat(62),
      base: state,
      told: state,
      kept: fc.array(fc.boolean(), { minLength: type.columns.length, maxLength: type.columns.length }),
    })
    .map(({ kept, ...each }) => ({
      ...each,
      since: each.since % each.age,
      // What nobody sends is at its first value, and some columns stay.
      base: each.base.map((value, i) =>
        isSent(type.columns[i], each.level) ? value : type.columns[i].initial,
      ),
      told: each.told.map((value, i) =>
        isSent(type.columns[i], each.level) ? (kept[i] ? each.base[i] : value) : type.columns[i].initial,
      ),
    }));
});

/** One row per state. */
function rowsOf(...states: Int32Array[]): Int32Array[] {
  return Array.from(states[0], (_, column) => Int32Array.from(states, (state) => state[column]));
}

function readerOf(bytes: Uint8Array): BitReader {
  const reader = new BitReader(BYTES);
  reader.load(bytes);
  return reader;
}

describe("the codec of a kind of entity", () => {
  test("reads from a delta what the state told has become, whatever the type, the level, the age and the time", () => {
    fc.assert(
      fc.property(cases, ({ type, level, age, since, base, told }) => {
        const codec = new EntityCodec(type);
        const writer = new BitWriter(BYTES);
        const rows = rowsOf(base, new Int32Array(base.length));
        codec.writeDelta(writer, level, base, told, age, since);
        expect(writer.overflowed).toBe(false);
        const reader = readerOf(writer.bytes());
        codec.readDelta(reader, level, rows, 0, 1, age);
        expect(reader.failed).toBe(false);
        expect(reader.position).toBe(writer.position);
        const now = Int32Array.from(told);
        MotionModel.of(type).advance(now, since);
        expect(rows.map((column) => column[1])).toEqual([...now]);
      }),
      { numRuns: 300 },
    );
  });

  test("reads whole what was written whole", () => {
    fc.assert(
      fc.property(cases, ({ type, level, told }) => {
        const codec = new EntityCodec(type);
        const writer = new BitWriter(BYTES);
        const rows = rowsOf(new Int32Array(told.length));
        codec.writeEntity(writer, level, told);
        codec.readEntity(readerOf(writer.bytes()), level, rows, 0);
        expect(rows.map((column) => column[0])).toEqual([...told]);
      }),
    );
  });

  test("takes any bits without a throw and without a value out of range", () => {
    const bits = fc.uint8Array({ minLength: 0, maxLength: 60 });
    fc.assert(
      fc.property(cases, bits, ({ type, level, age, base }, bytes) => {
        const codec = new EntityCodec(type);
        const rows = rowsOf(base, base);
        codec.readDelta(readerOf(bytes), level, rows, 0, 1, age);
        for (const { index, lowest, highest } of type.columns) {
          expect(rows[index][1]).toBeGreaterThanOrEqual(lowest);
          expect(rows[index][1]).toBeLessThanOrEqual(highest);
        }
        codec.readEntity(readerOf(bytes), level, rows, 1);
        for (const { index, lowest, highest } of type.columns) {
          expect(rows[index][1]).toBeGreaterThanOrEqual(lowest);
          expect(rows[index][1]).toBeLessThanOrEqual(highest);
        }
      }),
      { numRuns: 300 },
    );
  });
});
