import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BitReader } from "../bits/bit-reader.ts";
import { BitWriter } from "../bits/bit-writer.ts";
import { maskGroups } from "../bits/mask-table.ts";
import {
  angle,
  defineGame,
  entity,
  type EntityType,
  input,
  position,
  position2d,
  quaternion,
  uint,
  velocity,
  velocity2d,
} from "../index.ts";
import { ChangeMask, changeMasks } from "./change-mask.ts";
import { tableOf } from "./usual-masks.ts";

function typesOf(entities: Parameters<typeof defineGame>[0]["entities"]): readonly EntityType[] {
  return defineGame({ name: "masks", tickRate: 20, entities, input: input({}), step() {} }).types;
}

const fine = { min: -100, max: 100, grid: 1 / 4096 };
const [mover, switchboard, marker, nothing, single] = typesOf({
  mover: entity({
    x: position(fine),
    y: position(fine),
    vx: velocity("x", { max: 10 }),
    vy: velocity("y", { max: 10 }),
    heading: angle({ bits: 8 }),
    hp: uint({ max: 100 }),
  }),
  switchboard: entity(
    Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`switch${i}`, uint({ max: 1 })])),
  ),
  marker: entity({
    at: position2d(fine),
    going: velocity2d("at", { max: 9 }),
    turn: quaternion({ bits: 9 }),
  }),
  nothing: entity({}),
  single: entity({ hp: uint({ max: 9 }) }),
});

/** The mask of the columns named, in the order in which the type sends them. */
function maskOf(type: EntityType, names: readonly string[]): number {
  return type.sendOrder.reduce(
    (mask, index, bit) => mask | (names.includes(type.columns[index].name) ? 1 << bit : 0),
    0,
  );
}

/** Code for masks of `columns` columns, trained on what `seen` holds. */
function trained(columns: number, seen: readonly number[]): ChangeMask {
  const counts = new Map<number, number>();
  for (const mask of seen) counts.set(mask % 2 ** columns, (counts.get(mask % 2 ** columns) ?? 0) + 1);
  return new ChangeMask(columns, tableOf(counts, columns));
}

describe("a change mask", () => {
  it("reads back whatever mask was written, at its cost, whatever it was trained on", () => {
    const masks = fc.array(fc.nat(2 ** 24 - 1), { maxLength: 20 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 24 }), masks, masks, (columns, seen, written) => {
        const code = trained(columns, seen);
        const writer = new BitWriter(512);
        const fitting = [...seen, ...written].map((mask) => mask % 2 ** columns);
        for (const mask of fitting) code.write(writer, mask);
        expect(writer.position).toBe(fitting.reduce((sum, mask) => sum + code.cost(mask), 0));
        const reader = new BitReader(512);
        reader.load(writer.bytes());
        expect(fitting.map(() => code.read(reader))).toEqual(fitting);
      }),
    );
  });

  it("reads any bits as a mask of its columns", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 24 }),
        fc.array(fc.nat()),
        fc.uint8Array({ maxLength: 30 }),
        (columns, seen, bytes) => {
          const code = trained(columns, seen);
          const reader = new BitReader(30);
          reader.load(bytes);
          for (let i = 0; i <= bytes.length * 8; i++) {
            const mask = code.read(reader);
            expect(Number.isInteger(mask) && mask >= 0 && mask < 2 ** columns).toBe(true);
          }
        },
      ),
    );
  });

  it("costs little without training where whole properties change", () => {
    const [code] = changeMasks(mover);
    const moverCost = (...names: string[]) => code.cost(maskOf(mover, names));
    expect(moverCost("vx", "vy")).toBeLessThanOrEqual(4);
    expect(moverCost("vx", "vy", "heading")).toBeLessThanOrEqual(4);
    expect(moverCost("vx", "vy", "x", "y")).toBeLessThanOrEqual(4);
    expect(moverCost("heading")).toBeLessThanOrEqual(4);
    expect(moverCost("hp")).toBeLessThanOrEqual(6);
    expect(moverCost("vx", "x")).toBeLessThanOrEqual(6);
    const [turning] = changeMasks(marker);
    const markerCost = (...names: string[]) => turning.cost(maskOf(marker, names));
    expect(markerCost("turn.a", "turn.b", "turn.c")).toBeLessThanOrEqual(4);
    expect(markerCost("turn.largest", "turn.a", "turn.b", "turn.c")).toBeLessThanOrEqual(6);
    expect(markerCost("turn.a", "going.x")).toBeGreaterThan(8);
  });

  it("covers many columns in groups, of which the unchanged cost next to nothing", () => {
    expect([maskGroups(24), maskGroups(25), maskGroups(40)]).toEqual([[24], [16, 9], [16, 16, 8]]);
    const groups = changeMasks(switchboard);
    expect(groups.map(({ first, columns }) => [first, columns])).toEqual([
      [0, 16],
      [16, 16],
      [32, 8],
    ]);
    for (const group of groups) expect(group.cost(0)).toBeLessThanOrEqual(2);
  });

  it("serves entities of no column and of one", () => {
    expect(changeMasks(nothing).map((code) => code.cost(0))).toEqual([0]);
    expect(changeMasks(single).map((code) => [code.cost(0), code.cost(1)])).toEqual([[1, 1]]);
  });

  it("refuses a table that does not fit, and says why", () => {
    expect(() => new ChangeMask(2, { masks: [[4, 1]], escape: 1 })).toThrow(
      /lists the mask 4.*snapshot\/bad-code/s,
    );
    expect(
      () =>
        new ChangeMask(2, {
          masks: [
            [1, 2],
            [1, 2],
          ],
          escape: 1,
        }),
    ).toThrow(/the mask 1 twice/);
    expect(() => new ChangeMask(2, { masks: [[1, 2]], escape: 1 })).toThrow(/it must be exactly 1/);
    expect(() => new ChangeMask(2, { masks: [], escape: 3 })).toThrow(/an escape of 3 bits/);
  });

  it("keeps its bits: golden masks", () => {
    const code = new ChangeMask(5, {
      masks: [
        [3, 1],
        [12, 2],
        [0, 3],
      ],
      escape: 3,
    });
    const writer = new BitWriter(8);
    for (const mask of [3, 12, 0, 21]) code.write(writer, mask);
    // 0 10 110 111 and 10101 plainly
    expect([...writer.bytes()]).toEqual([0b11_011_01_0, 0b10101_1]);
  });
});
