import { SnapshotEncoder, type VisibleSet } from "@tidelock/server";
import { DeltaCache, isSent, type DetailLevel, Rng, WorldHistory } from "@tidelock/shared";
import { describe, expect, it } from "vitest";
import { wandering } from "../snapshot/wandering-world.ts";
import { WireReader } from "./wire-reader.ts";

/** Plays a world of movers to one client by way of the document's reader, and compares every value. */
function play(seed: number, movers: number, ticks: number, lossShare: number): number {
  const random = new Rng(seed);
  const world = wandering.createWorld();
  world.seed = seed;
  for (let i = 0; i < movers; i++) world.spawn("mover", { owner: i % 3, x: i % 50, y: -i % 50 });
  const history = new WorldHistory(world);
  const encoder = new SnapshotEncoder(history, new DeltaCache(history), 1);
  const reader = new WireReader(wandering.types);
  let compared = 0;
  for (let tick = 1; tick <= ticks; tick++) {
    wandering.step(world, tick, wandering.createInputs());
    history.record(tick);
    encoder.encode(visible(history, random), { newestInput: 0, margin: 0 }, (packet) => {
      if (random.float() < lossShare) return;
      expect(reader.read(packet)).toBe(tick);
      encoder.acknowledge(packet[1] | (packet[2] << 8), 0);
      compared += compare(reader, history, tick);
    });
  }
  return compared;
}

/** Every value that the reader holds for the tick is the server's. */
function compare(reader: WireReader, history: WorldHistory, tick: number): number {
  let compared = 0;
  for (const {
    entity: { type },
    id,
    level,
    at,
  } of reader.slots.values()) {
    const values = at.get(tick);
    const table = history.tables[type.index];
    const slot = table.table.find(id);
    if (values === undefined || slot < 0) continue;
    const truth = type.columns.map((column) =>
      isSent(column, level as DetailLevel) ? table.value(slot, tick, level, column.index) : column.initial,
    );
    // Whole numbers have no -0.
    expect(values.map((value) => value + 0)).toEqual(truth);
    compared += values.length;
  }
  return compared;
}

/** Most of the world; what is left out changes from tick to tick. */
function visible(history: WorldHistory, random: Rng): VisibleSet {
  const tables: number[] = [];
  const slots: number[] = [];
  history.tables.forEach(({ table }, index) => {
    for (const slot of table.order.subarray(0, table.count)) {
      if (random.float() < 0.01) continue;
      tables.push(index);
      slots.push(slot);
    }
  });
  return { count: slots.length, tables: Uint8Array.from(tables), slots: Int32Array.from(slots) };
}

describe("a reader written from docs/wire-format.md alone", () => {
  it("reads what the encoder writes, on a good path and on a bad one", () => {
    expect(play(1, 12, 150, 0)).toBeGreaterThan(5000);
    expect(play(2, 12, 150, 0.4)).toBeGreaterThan(3000);
  });

  it("reads a view that takes several packets per tick", () => {
    expect(play(3, 260, 40, 0.2)).toBeGreaterThan(20_000);
  });
});
