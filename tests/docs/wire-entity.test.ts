import {
  BitWriter,
  DeltaCache,
  type DetailLevel,
  EntityCodec,
  type EntityType,
  HISTORY_TICKS,
  isExact,
  isLevel,
  isSent,
  Rng,
  type TableHistory,
  WorldHistory,
} from "@tidelock/shared";
import { describe, expect, it } from "vitest";
import { wandering } from "../snapshot/wandering-world.ts";
import { WireBits } from "./wire-bits.ts";
import { WireEntity } from "./wire-entity.ts";
import { advanced } from "./wire-motion.ts";

const TRACKS = [0, 1, 2];
const RANKS = [0, 1, 2];

/** Calls back for every entity at every level that its type has. */
function everyLevel(
  history: WorldHistory,
  visit: (table: number, slot: number, level: DetailLevel) => void,
): void {
  history.tables.forEach(({ table, type }, index) => {
    for (const slot of table.order.subarray(0, table.count))
      for (const level of TRACKS.flatMap((track) => RANKS.map((rank) => rank * 4 + track)))
        if (isLevel(type, level) && !(isExact(level) && !isPredicted(type, table.owners[slot])))
          visit(index, slot, level);
  });
}

/** Whether any client predicts entities of this owner. */
function isPredicted({ predicted }: EntityType, owner: number): boolean {
  return predicted === "everyone" || (predicted === "owner" && owner !== 0);
}

/** What a client of the level has of an entity at a tick. */
function known(history: TableHistory, slot: number, level: DetailLevel, tick: number): number[] {
  return history.type.columns.map((column) =>
    isSent(column, level) ? history.value(slot, tick, level, column.index) : column.initial,
  );
}

function bytesOf(writer: BitWriter): Uint8Array {
  return writer.bytes().slice();
}

/** Compares what the document's reader makes of whole entities, deltas and runs, of all ages and levels. */
function play(seed: number, ticks: number) {
  const random = new Rng(seed);
  const world = wandering.createWorld();
  world.seed = seed;
  for (let i = 0; i < 6; i++) {
    world.spawn("mover", { owner: i % 3, x: i, y: -i });
    world.spawn("rock", { owner: 1, at: { x: i, y: 0, z: -i } });
    world.spawn("ball", { at: { x: i, y: 20 }, bounces: i % 2 === 0 });
  }
  world.spawn("board", {});
  const history = new WorldHistory(world);
  const cache = new DeltaCache(history);
  const entities = wandering.types.map((type) => new WireEntity(type));
  const since = new Map<number, number>();
  const compared = { whole: 0, changed: 0, asPredicted: 0 };
  for (let tick = 1; tick <= ticks; tick++) {
    wandering.step(world, tick, wandering.createInputs());
    history.record(tick);
    for (const { table } of history.tables)
      for (const slot of table.order.subarray(0, table.count))
        if (!since.has(table.ids[slot])) since.set(table.ids[slot], tick);
    const age = 1 + random.int(random.float() < 0.5 ? 4 : HISTORY_TICKS - 1);
    everyLevel(history, (table, slot, level) => {
      const { [table]: rows } = history.tables;
      const writer = new BitWriter(2048);
      const now = known(rows, slot, level, tick);
      if (tick % 16 === 0) {
        const state = new Int32Array(rows.type.columns.length);
        rows.load(slot, tick, level, state);
        EntityCodec.of(rows.type).writeEntity(writer, level, state);
        expect(entities[table].whole(new WireBits(bytesOf(writer)), level)).toEqual(now);
        compared.whole++;
        writer.reset();
      }
      if ((since.get(rows.table.ids[slot]) ?? tick) > tick - age) return;
      const base = known(rows, slot, level, tick - age);
      if (rows.surprisedAt(slot, level) <= tick - age) {
        expect(advanced(rows.type, base, age).map((value) => value + 0)).toEqual(now);
        compared.asPredicted++;
        return;
      }
      cache.append(writer, table, slot, level, age);
      const read = entities[table].delta(new WireBits(bytesOf(writer)), level, base, age);
      expect(read.map((value) => value + 0)).toEqual(now);
      compared.changed++;
    });
  }
  return compared;
}

describe("entities read by docs/wire-format.md alone", () => {
  it("are those written, at every level and from a baseline of any age", () => {
    const { whole, changed, asPredicted } = play(1, 100);
    expect(whole).toBeGreaterThan(300);
    expect(changed).toBeGreaterThan(3000);
    expect(asPredicted).toBeGreaterThan(500);
  });
});
