import { SnapshotDecoder } from "@tidelock/client";
import { SnapshotEncoder, type VisibleSet } from "@tidelock/server";
import {
  DeltaCache,
  defineGame,
  entity,
  input,
  isSent,
  MAX_SNAPSHOT_BYTES,
  position,
  uint,
  velocity,
  WorldHistory,
} from "@tidelock/shared";
import { describe, expect, test } from "vitest";

const game = defineGame({
  name: "crowded",
  tickRate: 30,
  entities: {
    walker: entity({
      x: position({ min: -500, max: 500, grid: 1 / 1024, shown: 1 / 64 }),
      y: position({ min: -500, max: 500, grid: 1 / 1024, shown: 1 / 64 }),
      vx: velocity("x", { max: 20, slowest: 0.1 }),
      vy: velocity("y", { max: 20, slowest: 0.1 }),
      hp: uint({ max: 1000 }),
    }),
    flagship: entity({ hp: uint({ max: 1000 }), load: uint({ max: 1000 }) }, { priority: 50 }),
    barge: entity({ hp: uint({ max: 1000 }), load: uint({ max: 1000 }) }),
  },
  input: input({}),
  step(world) {
    for (const walker of world.all("walker")) {
      const random = world.random(walker);
      walker.vx = Math.max(-20, Math.min(20, walker.vx + random.range(-4, 4)));
      walker.vy = Math.max(-20, Math.min(20, walker.vy + random.range(-4, 4)));
      walker.x += walker.vx * world.dt;
      walker.y += walker.vy * world.dt;
    }
    for (const kind of ["flagship", "barge"] as const)
      for (const ship of world.all(kind)) {
        ship.hp = world.random(ship).int(1001);
        ship.load = world.random(ship, 1).int(1001);
      }
  },
});

const DELAY = 3;

/** A client behind a path with a budget: every tick's packets arrive at once, and their acknowledgements some ticks later. */
class Crowd {
  readonly world = game.createWorld();
  readonly history: WorldHistory;
  readonly encoder: SnapshotEncoder;
  readonly decoder = new SnapshotDecoder(game.types);
  readonly acks: { at: number; newest: number; mask: number }[] = [];
  readonly sizes: number[] = [];
  relevance: ((id: number) => number) | undefined;
  budget = MAX_SNAPSHOT_BYTES;
  /** Ticks since each entity was last told of, longest of all; and summed, by id. */
  longestWait = 0;
  readonly waits = new Map<number, number>();

  constructor(spawn: (world: Crowd["world"]) => void) {
    spawn(this.world);
    this.history = new WorldHistory(this.world);
    this.encoder = new SnapshotEncoder(this.history, new DeltaCache(this.history), 1);
  }

  /** Plays some ticks; returns the packets sent in each. */
  play(ticks: number): number[] {
    const counts: number[] = [];
    for (let i = 0; i < ticks; i++) {
      game.step(this.world, this.world.tick + 1, game.createInputs());
      const { tick } = this.world;
      this.history.record(tick);
      for (; this.acks.length > 0 && this.acks[0].at <= tick; this.acks.shift())
        this.encoder.acknowledge(this.acks[0].newest, this.acks[0].mask);
      const before = this.sizes.length;
      this.encoder.encode(
        this.look(),
        { newestInput: 0, margin: 0 },
        (frame) => this.take(frame),
        this.budget,
      );
      counts.push(this.sizes.length - before);
      this.wait(tick);
    }
    return counts;
  }

  take(frame: Uint8Array): void {
    const { decoder, world } = this;
    this.sizes.push(frame.length);
    expect(decoder.receive(frame)).toBeUndefined();
    this.acks.push({ at: world.tick + DELAY, newest: decoder.ackNewest, mask: decoder.ackMask });
    for (const replica of decoder.updated) {
      const history = this.history.tables[replica.type.index];
      const slot = history.table.find(replica.id);
      for (const column of replica.type.columns)
        if (isSent(column, replica.level))
          expect(replica.rows[column.index][replica.row(world.tick)]).toBe(
            history.value(slot, world.tick, replica.level, column.index),
          );
    }
  }

  look(): VisibleSet {
    const tables: number[] = [];
    const slots: number[] = [];
    const relevance: number[] = [];
    this.history.tables.forEach(({ table }, index) => {
      for (const slot of table.order.subarray(0, table.count)) {
        tables.push(index);
        slots.push(slot);
        relevance.push(this.relevance?.(table.ids[slot]) ?? 1);
      }
    });
    return {
      count: slots.length,
      tables: Uint8Array.from(tables),
      slots: Int32Array.from(slots),
      ...(this.relevance && { relevance: Float32Array.from(relevance) }),
    };
  }

  wait(tick: number): void {
    for (const replica of this.decoder.replicas()) {
      const waited = tick - replica.newest;
      this.longestWait = Math.max(this.longestWait, waited);
      this.waits.set(replica.id, (this.waits.get(replica.id) ?? 0) + waited);
    }
  }

  /** Mean of the waits of some entities. */
  meanWait(of: (id: number) => boolean): number {
    const waits = [...this.waits].filter(([id]) => of(id)).map(([, waited]) => waited);
    return waits.reduce((sum, waited) => sum + waited, 0) / waits.length;
  }
}

function walkers(count: number, owned = 0): Crowd {
  return new Crowd((world) => {
    for (let i = 0; i < count; i++)
      world.spawn("walker", { owner: i >= count - owned ? 1 : 2, x: i - count / 2, y: 0 });
  });
}

describe("a view that does not fit", () => {
  test("takes one packet per tick, of at most the budget, and nearly all of it", () => {
    for (const budget of [200, 500, MAX_SNAPSHOT_BYTES]) {
      const crowd = walkers(900);
      crowd.budget = budget;
      expect(Math.max(...crowd.play(150))).toBe(1);
      expect(Math.max(...crowd.sizes)).toBeLessThanOrEqual(budget);
      const settled = crowd.sizes.slice(-50);
      expect(settled.reduce((sum, size) => sum + size, 0) / settled.length).toBeGreaterThan(budget * 0.8);
    }
  });

  test("leaves nobody without news for much longer than a second", () => {
    const crowd = walkers(300);
    crowd.budget = 500;
    crowd.play(200);
    expect([...crowd.decoder.replicas()]).toHaveLength(300);
    crowd.longestWait = 0;
    crowd.play(100);
    expect(crowd.longestWait).toBeGreaterThan(1);
    expect(crowd.longestWait).toBeLessThan(45);
    expect(crowd.encoder.baselinesLost).toBe(0);
  });

  test("tells what the client owns in every packet", () => {
    const crowd = walkers(600, 3);
    crowd.budget = 400;
    crowd.play(10);
    for (let i = 0; i < 40; i++) {
      crowd.play(1);
      expect(crowd.decoder.header.allOwned).toBe(true);
      const own = [...crowd.decoder.replicas()].filter(({ owner }) => owner === 1);
      expect(own.map(({ newest }) => newest)).toEqual(own.map(() => crowd.world.tick));
      expect(own).toHaveLength(3);
    }
  });

  test("tells more often what matters more to the viewer, and what the game gives more weight", () => {
    const near = walkers(400);
    near.budget = 500;
    near.relevance = (id) => (id % 4 === 0 ? 1 : 0.05);
    near.play(80);
    near.waits.clear();
    near.play(100);
    expect(near.meanWait((id) => id % 4 === 0) * 2).toBeLessThan(near.meanWait((id) => id % 4 !== 0));

    const ships = new Crowd((world) => {
      for (let i = 0; i < 100; i++) world.spawn("flagship", {});
      for (let i = 0; i < 300; i++) world.spawn("barge", {});
    });
    ships.budget = 500;
    ships.play(80);
    ships.waits.clear();
    ships.play(100);
    expect(ships.meanWait((id) => id <= 100) * 2).toBeLessThan(ships.meanWait((id) => id > 100));
  });

  test("keeps those that matter current where all the others wait too long, and gives none of these up", () => {
    const crowd = walkers(900);
    crowd.budget = 260;
    crowd.relevance = (id) => (id % 20 === 0 ? 4 : 1 / 16);
    crowd.play(300);
    crowd.waits.clear();
    crowd.longestWait = 0;
    crowd.play(200);
    const near = crowd.meanWait((id) => id % 20 === 0) / 200;
    const far = crowd.meanWait((id) => id % 20 !== 0) / 200;
    expect(near * 6).toBeLessThan(far);
    expect(crowd.longestWait).toBeLessThan(200);
  });

  test("takes several packets only while the client does not know all of it, and the budget allows", () => {
    const crowd = walkers(500);
    crowd.budget = 4 * MAX_SNAPSHOT_BYTES;
    expect(crowd.play(1)[0]).toBe(4);
    crowd.play(20);
    expect([...crowd.decoder.replicas()]).toHaveLength(500);
    expect(crowd.play(20).every((packets) => packets === 1)).toBe(true);
  });

  test("is shown exactly again as soon as it fits", () => {
    const crowd = walkers(120);
    crowd.budget = 150;
    crowd.play(60);
    crowd.budget = MAX_SNAPSHOT_BYTES;
    crowd.play(2 * DELAY + 2);
    for (const replica of crowd.decoder.replicas()) expect(replica.newest).toBe(crowd.world.tick);
  });
});
