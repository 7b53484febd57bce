import {
  DeltaCache,
  defineGame,
  entity,
  input,
  NO_MARGIN,
  ownerOnly,
  position,
  uint,
  velocity,
  WorldHistory,
} from "@tidelock/shared";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SnapshotEncoder, type VisibleSet } from "./snapshot-encoder.ts";
import { SnapshotWriter } from "./snapshot-writer.ts";

const game = defineGame({
  name: "crowd",
  tickRate: 20,
  entities: {
    walker: entity({
      x: position({ min: 0, max: 1000, grid: 1 / 1024, shown: 1 / 64 }),
      vx: velocity("x", { max: 10, slowest: 0.1 }),
      secret: ownerOnly(uint({ max: 100 })),
    }),
    stone: entity({ weight: uint({ max: 1000 }) }),
  },
  input: input({}),
  step(world) {
    for (const walker of world.all("walker")) {
      if (world.random(walker).float() < 0.1) walker.vx = world.random(walker).range(-5, 5);
      walker.x += walker.vx * world.dt;
    }
    for (const stone of world.all("stone"))
      if (world.random(stone).float() < 0.02) stone.weight = world.random(stone).int(1000);
  },
});

const REPORT = { newestInput: 0, margin: NO_MARGIN };

/** A room's history with so many walkers and half as many stones. */
function crowd(walkers: number) {
  const world = game.createWorld();
  for (let i = 0; i < walkers; i++) world.spawn("walker", { owner: (i % 4) + 1, x: i, vx: 1 });
  for (let i = 0; i < walkers / 2; i++) world.spawn("stone", { weight: i });
  const history = new WorldHistory(world);
  const inputs = game.createInputs();
  const step = (): void => {
    game.step(world, world.tick + 1, inputs);
    history.record(world.tick);
  };
  step();
  return { history, step };
}

/** What of the world a client sees: every entity whose place in its table, moved by `from`, is not left out. */
function view(history: WorldHistory, from: number, every: number): VisibleSet {
  const seen: [number, number][] = [];
  history.tables.forEach(({ table }, index) => {
    for (let i = 0; i < table.count; i++) if ((i + from) % every !== 0) seen.push([index, table.order[i]]);
  });
  return {
    count: seen.length,
    tables: Uint8Array.from(seen, ([table]) => table),
    slots: Int32Array.from(seen, ([, slot]) => slot),
  };
}

function packets(encoder: SnapshotEncoder, visible: VisibleSet, budgetBytes?: number): string[] {
  const sent: string[] = [];
  encoder.encode(visible, REPORT, (frame) => sent.push(Buffer.from(frame).toString("hex")), budgetBytes);
  return sent;
}

describe("snapshot encoders of one room", () => {
  test("write what each would write alone, whoever comes, goes or needs more room beside it", () => {
    const turn = fc.record({
      client: fc.nat(3),
      action: fc.constantFrom("send", "send", "send", "send", "acknowledge", "acknowledge", "begin anew"),
      from: fc.nat(6),
      every: fc.integer({ min: 2, max: 7 }),
      mask: fc.integer(),
      budget: fc.constantFrom(1150, 1150, 1150, 200, 4000),
    });
    fc.assert(
      fc.property(
        fc.constantFrom(20, 90, 400),
        fc.array(turn, { minLength: 20, maxLength: 80 }),
        (size, turns) => {
          const { history, step } = crowd(size);
          const shared = new DeltaCache(history);
          const begin = (player: number) => ({
            together: new SnapshotEncoder(history, shared, player),
            // A cache of its own means a writer and memory of its own.
            alone: new SnapshotEncoder(history, new DeltaCache(history), player),
            sent: 0,
            tick: 0,
          });
          const clients = [1, 2, 3, 4].map(begin);
          for (const { client: index, action, from, every, mask, budget } of turns) {
            const client = clients[index];
            if (action === "begin anew") {
              client.together.dispose();
              clients[index] = begin(index + 1);
            } else if (action === "acknowledge") {
              const newest = client.sent - 1 - (from >> 2);
              expect(client.together.acknowledge(newest & 0xffff, mask)).toBe(
                client.alone.acknowledge(newest & 0xffff, mask),
              );
            } else {
              if (client.tick === history.tick) step();
              client.tick = history.tick;
              const visible = view(history, from >> 1, every);
              const written = packets(client.together, visible, budget);
              expect(written).toEqual(packets(client.alone, visible, budget));
              client.sent += written.length;
            }
            expect(clients[index].together.entityCount).toBe(clients[index].alone.entityCount);
            expect(clients[index].together.newestAckedTick).toBe(clients[index].alone.newestAckedTick);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test("take no more memory however many players come and go", () => {
    const { history, step } = crowd(700);
    const cache = new DeltaCache(history);
    const writer = SnapshotWriter.of(history, cache);
    const play = (): void => {
      const encoders = [1, 2, 3].map((player) => new SnapshotEncoder(history, cache, player));
      for (const encoder of encoders) {
        // Too much for one packet, or even for several.
        expect(packets(encoder, view(history, 0, 7), 5000).length).toBeGreaterThan(1);
        encoder.acknowledge(1, 0);
      }
      step();
      for (const encoder of encoders) encoder.dispose();
    };
    play();
    const { words } = writer.pool;
    for (let i = 0; i < 30; i++) play();
    expect(writer.pool.words).toBe(words);
  });
});

describe("a disposed snapshot encoder", () => {
  test("sends nothing, takes nothing in and may be disposed again", () => {
    const { history } = crowd(10);
    const cache = new DeltaCache(history);
    const encoder = new SnapshotEncoder(history, cache, 1);
    expect(packets(encoder, view(history, 0, 2))).toHaveLength(1);
    encoder.dispose();
    encoder.dispose();
    const next = new SnapshotEncoder(history, cache, 2);
    expect(packets(encoder, view(history, 0, 2))).toEqual([]);
    expect(encoder.acknowledge(0, 0)).toBe(false);
    expect([encoder.entityCount, encoder.newestAckedTick, encoder.baselinesLost]).toEqual([0, -1, 0]);
    expect(next.entityCount).toBe(0);
  });

  test("sends no more of a tick's packets when the first ends it, and spoils none of who comes in its place", () => {
    const { history } = crowd(700);
    const cache = new DeltaCache(history);
    const encoder = new SnapshotEncoder(history, cache, 1);
    const visible = view(history, 0, 7);
    let sent = 0;
    let next: SnapshotEncoder | undefined;
    encoder.encode(
      visible,
      REPORT,
      () => {
        sent++;
        encoder.dispose();
        next = new SnapshotEncoder(history, cache, 2);
      },
      5000,
    );
    expect(sent).toBe(1);
    const alone = new SnapshotEncoder(history, new DeltaCache(history), 2);
    expect(next === undefined ? [] : packets(next, visible)).toEqual(packets(alone, visible));
  });
});
