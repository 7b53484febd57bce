import { describe, expect, it } from "vitest";
import {
  type CodeTables,
  defineGame,
  entity,
  input,
  optimalLengths,
  position,
  tableFields,
  type TypeTables,
  uint,
  velocity,
} from "../index.ts";

const COLUMNS = 3;

function game(tables?: CodeTables) {
  return defineGame({
    name: "tabled",
    tickRate: 20,
    entities: {
      boat: entity({
        x: position({ min: -10, max: 10, grid: 1 / 4096, shown: 1 / 64 }),
        vx: velocity("x", { max: 8 }),
        hp: uint({ max: 100 }),
      }),
    },
    input: input({}),
    tables,
    step() {},
  });
}

const [boat] = game().types;
const masks = [
  {
    masks: [
      [1, 1],
      [3, 2],
    ],
    escape: 2,
  },
];
const hp = lengths("hp");

function lengths(field: string, first = 0): number[] {
  return optimalLengths(
    Array.from({ length: tableFields(boat).get(field) ?? 0 }, (_, bucket) => (bucket === 0 ? first : 1)),
  );
}

function tables(boat: TypeTables): CodeTables {
  return { version: 1, types: { boat } };
}

describe("code tables", () => {
  it("come with the entity type that they are for", () => {
    const trained = { masks, fields: { hp, x: lengths("x"), "x@shown": lengths("x@shown") } };
    expect(game(tables(trained)).types[0].tables).toEqual(trained);
    expect(game({ version: 1, types: {} }).types[0].tables).toBeUndefined();
  });

  it("are part of the schema: other tables give another hash", () => {
    const hashes = [
      undefined,
      tables({ fields: { hp } }),
      tables({ fields: { hp: lengths("hp", 1000) } }),
      tables({ masks, fields: { hp } }),
    ].map((tables) => game(tables).schemaHash);
    expect(new Set(hashes).size).toBe(hashes.length);
    expect(game(tables({ fields: { hp } })).schemaHash).toBe(hashes[1]);
  });

  it("may be what JSON holds", () => {
    const json = JSON.stringify(tables({ masks, fields: { hp } }));
    expect(game(JSON.parse(json)).schemaHash).toBe(game(tables({ masks, fields: { hp } })).schemaHash);
  });

  it("have a length per bucket that the range of a field can reach, in both precisions", () => {
    expect([...tableFields(boat)]).toEqual([
      ["x", 38],
      ["x@shown", 28],
      ["vx", tableFields(boat).get("vx")],
      ["hp", 18],
    ]);
    expect(boat.columns).toHaveLength(COLUMNS);
  });

  it("name the mistake when they are for another game", () => {
    const define = (tables: CodeTables) => () => game(tables);
    expect(define({ version: 2, types: {} })).toThrow(
      /of game "tabled" have version 2, .* reads 1; train them anew.*schema\/bad-tables/s,
    );
    expect(define({ version: 1, types: { ship: { fields: {} } } })).toThrow(/type "ship"; the game has boat/);
    expect(define(tables({ fields: { depth: hp } }))).toThrow(
      /a field boat\.depth; possible are x, x@shown, vx, hp/,
    );
    expect(define(tables({ fields: { hp: [1, 1] } }))).toThrow(/2 buckets for boat\.hp, which has 18/);
    expect(define(tables({ fields: { hp: hp.map(() => 5) } }))).toThrow(/boat\.hp: the code .* exactly 1/);
    expect(define(tables({ masks: [], fields: {} }))).toThrow(/0 tables of masks for boat, whose 3 columns/);
    expect(define(tables({ masks: [{ masks: [[8, 1]], escape: 1 }], fields: {} }))).toThrow(/the mask 8/);
    for (const broken of ["{}", '{"fields":{"hp":3}}', '{"fields":{},"masks":[null]}'])
      expect(define(tables(JSON.parse(broken)))).toThrow(/for boat are not of the form/);
    expect(define(JSON.parse('{"version":1}'))).toThrow(/have no types/);
    expect(define(tables({ masks: [{ masks: [[1]], escape: 1 }], fields: {} }))).toThrow(/no pair/);
  });
});
