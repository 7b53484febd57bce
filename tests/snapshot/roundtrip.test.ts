import { DeltaCache, MAX_SNAPSHOT_BYTES, Rng, WorldHistory } from "@tidelock/shared";
import { describe, expect, it } from "vitest";
import { Observer } from "./observer.ts";
import { wandering } from "./wandering-world.ts";

function run(options: {
  seed: number;
  ticks: number;
  movers: number;
  paths: { loss: number; delay: number }[];
  sendEvery?: number;
  flicker?: boolean;
  /** Whether entities come and go between far and near, and owners between teams. */
  shifting?: boolean;
}) {
  const random = new Rng(options.seed);
  const world = wandering.createWorld();
  world.seed = options.seed;
  for (let i = 0; i < options.movers; i++)
    world.spawn("mover", { owner: (i % options.paths.length) + 1, x: i % 50, y: -i % 50 });
  const history = new WorldHistory(world);
  const cache = new DeltaCache(history);
  const observers = options.paths.map((path, i) => new Observer(history, cache, i + 1, path));
  const inputs = wandering.createInputs();
  for (let tick = 1; tick <= options.ticks; tick++) {
    wandering.step(world, tick, inputs);
    history.record(tick);
    for (const observer of observers) {
      observer.deliver(random);
      if (tick % (options.sendEvery ?? 1) !== 0) continue;
      observer.look(
        (id) => !options.flicker || ((id * 31 + (tick >> 4)) & 3) !== 0,
        (id) => (options.shifting ? ((id >> 5) * 7 + id + observer.player + (tick >> 5)) & 3 : 0),
      );
      observer.send(random);
      observer.deliver(random);
    }
  }
  return { observers, world, history };
}

describe("snapshots", () => {
  it("show every client the server's state bit for bit, without loss and with it, near and far", () => {
    for (let seed = 1; seed <= 6; seed++) {
      const paths = [
        { loss: 0, delay: 0 },
        { loss: 0.05, delay: 3 },
        { loss: 0.4, delay: 1 },
        { loss: 0, delay: 9 },
      ];
      const { observers } = run({
        seed,
        ticks: 300,
        movers: 24,
        paths,
        sendEvery: 1 + (seed % 3),
        flicker: seed % 2 === 0,
      });
      for (const observer of observers) {
        expect(observer.compared).toBeGreaterThan(1000);
        expect(observer.drops).toEqual({});
      }
    }
  });

  it("show each client what its team and its distance allow, while both change", () => {
    for (let seed = 1; seed <= 3; seed++) {
      const { observers } = run({
        seed,
        ticks: 250,
        movers: 16,
        paths: [
          { loss: 0, delay: 2 },
          { loss: 0.3, delay: 1 },
          { loss: 0.1, delay: 6 },
        ],
        flicker: seed === 2,
        shifting: true,
      });
      for (const observer of observers) {
        expect(observer.compared).toBeGreaterThan(1000);
        expect(observer.drops).toEqual({});
      }
    }
  });

  it("leave a client with exactly the entities in its view once the world stands still", () => {
    const { observers, world } = run({ seed: 3, ticks: 200, movers: 20, paths: [{ loss: 0.3, delay: 2 }] });
    const [observer] = observers;
    const random = new Rng(9);
    const history = new WorldHistory(world);
    const settled = new Observer(history, new DeltaCache(history), 1, { loss: 0.3, delay: 2 });
    for (let tick = 201; tick < 260; tick++) {
      history.record(tick);
      settled.deliver(random);
      settled.look((id) => (tick < 230 ? true : id % 2 === 0));
      settled.send(random);
    }
    const expected = history.tables
      .flatMap(({ table }) => [...table.order.subarray(0, table.count)].map((slot) => table.ids[slot]))
      .filter((id) => id % 2 === 0);
    expect([...settled.decoder.replicas()].map(({ id }) => id).toSorted((a, b) => a - b)).toEqual(
      expected.toSorted((a, b) => a - b),
    );
    expect(observer.encoder.entityCount).toBeGreaterThan(0);
  });

  it("never exceed one packet, telling the rest later", () => {
    const { observers } = run({
      seed: 5,
      ticks: 120,
      movers: 900,
      paths: [
        { loss: 0.1, delay: 2 },
        { loss: 0, delay: 0 },
      ],
    });
    for (const observer of observers) {
      expect(observer.largest).toBeLessThanOrEqual(MAX_SNAPSHOT_BYTES);
      expect(observer.packets).toBe(120);
      expect(observer.drops).toEqual({});
      expect(observer.compared).toBeGreaterThan(50_000);
    }
  });

  it("cost next to nothing while everything does what it was expected to do", () => {
    const world = wandering.createWorld();
    for (let i = 0; i < 50; i++) world.spawn("mover", { x: -50 + i, vx: 1.5, vy: -0.7 });
    const history = new WorldHistory(world);
    const cache = new DeltaCache(history);
    const observer = new Observer(history, cache, 1, { loss: 0.2, delay: 4 });
    const random = new Rng(1);
    const sizes: number[] = [];
    for (let tick = 1; tick <= 60; tick++) {
      world.advance(tick, () => {
        for (const mover of world.all("mover")) {
          mover.x += mover.vx * world.dt;
          mover.y += mover.vy * world.dt;
        }
      });
      history.record(tick);
      observer.deliver(random);
      observer.look(() => true);
      const before = observer.bytes;
      observer.send(random);
      sizes.push(observer.bytes - before);
    }
    // Header 8 bytes, one run of 50 and the end symbol.
    expect(sizes.slice(30)).toEqual(Array.from({ length: 30 }, () => 10));
  });

  it("recover a client that was silent for longer than any baseline, and count it", () => {
    const { observers, history } = run({ seed: 8, ticks: 100, movers: 10, paths: [{ loss: 0, delay: 1 }] });
    const [observer] = observers;
    const { table } = history.tables[0];
    expect(observer.encoder.baselinesLost).toBe(0);
    const random = new Rng(1);
    for (let tick = 101; tick < 200; tick++) history.record(tick);
    observer.look(() => true);
    observer.send(random);
    history.record(200);
    observer.deliver(random);
    expect(observer.encoder.baselinesLost).toBeGreaterThanOrEqual(table.count);
    expect(observer.decoder.newestTick).toBe(199);
  });

  it("refuse an acknowledgement of packets never sent", () => {
    const { observers } = run({ seed: 2, ticks: 20, movers: 3, paths: [{ loss: 0, delay: 0 }] });
    expect(observers[0].encoder.acknowledge(20, 0xffffffff)).toBe(false);
    expect(observers[0].encoder.acknowledge(19, 0xffffffff)).toBe(true);
  });
});
