import { NO_FAULTS, type WorldOptions } from "@tidelock/server/region";
import { describe, expect, it, test } from "vitest";
import { isKind } from "./checker/violation.ts";
import type { ModelEntity } from "./model-host.ts";
import type { ModelProcess } from "./model-process.ts";
import { MODEL_WORLD, ModelWorld } from "./model-world.ts";

/** Region 0 is A's, region 1 is B's, and a player walks over the border between them. */
class Crossing {
  readonly world: ModelWorld;
  readonly a: ModelProcess;
  readonly b: ModelProcess;
  readonly walker: ModelEntity;

  constructor(options: Partial<WorldOptions> = {}) {
    this.world = new ModelWorld(1, { ...MODEL_WORLD, ...options });
    this.a = this.world.start("a", 0);
    this.b = this.world.start("b", 1);
    this.world.run(300);
    this.walker = this.world.spawn({ x: 58, vx: 8, player: 1 });
    // What is born in the moment of a crash may be lost; this one is written down.
    this.world.run(100);
  }

  /** Another process that takes over what is left without an owner. */
  standBy(): ModelProcess {
    return this.world.start("c", 0, 1);
  }

  /** Stops what walks, once it is where nothing hands it over any more. */
  settle(ms = 8000): void {
    for (let passed = 0; passed < ms; passed += 100) {
      this.world.run(100);
      const found = this.world.find(this.walker.id);
      if (found !== undefined && found.entity.x > 70) found.entity.vx = 0;
    }
  }

  get where(): number | undefined {
    return this.world.find(this.walker.id)?.region;
  }

  get epoch(): number {
    const region = this.where ?? 0;
    return (
      this.world.owner(region)?.process.regions.get(region)?.region.authority.owned.get(this.walker.id)
        ?.epoch ?? 0
    );
  }

  count(kind: "promoted" | "committed" | "called-off" | "decided"): number {
    return this.world.trace.filter(isKind(kind)).length;
  }
}

describe("the failure table", () => {
  it("B is silent before it accepts: A keeps the authority, and tries again at growing intervals", () => {
    const c = new Crossing();
    c.world.fault("partition", 8000);
    c.b.connection.cut = true;
    c.world.run(1500);
    expect([c.where, c.epoch, c.count("committed")]).toEqual([0, 1, 0]);
    const decided = c.world.trace.filter(isKind("decided")).map(({ ms }) => ms);
    expect(decided.length).toBeGreaterThanOrEqual(2);
    expect(decided[1] - decided[0]).toBeGreaterThanOrEqual(750);
    c.b.connection.cut = false;
    c.settle();
    expect([c.where, c.epoch]).toEqual([1, 2]);
    expect(c.world.finish()).toEqual([]);
  });

  it("B rejects: A keeps the authority, and tries again", () => {
    const c = new Crossing({ capacity: 1 });
    const resident = c.world.spawn({ x: 100, items: [] });
    c.world.run(900);
    expect([c.where, c.epoch, c.count("decided") > 0, c.count("committed")]).toEqual([0, 1, true, 0]);
    c.b.regions.get(1)!.host.remove([resident.id]);
    c.settle();
    expect([c.where, c.epoch]).toEqual([1, 2]);
    expect(c.world.finish()).toEqual([]);
  });

  it("A dies before the commit: the entity is still A's, its shadow expires, and A's region is restored elsewhere", () => {
    const c = new Crossing();
    c.standBy();
    c.a.connection.commit = () => c.world.kill(c.a, "before the commit");
    c.settle(2000);
    expect(c.world.trace.filter(isKind("frozen"))).toHaveLength(1);
    expect([c.where, c.count("promoted")]).toEqual([undefined, 0]);
    c.settle(12_000);
    expect([c.where, c.epoch]).toEqual([1, 2]);
    expect(c.world.finish()).toEqual([]);
  });

  it("A dies after the commit, before telling B: B finds it in its inbox", () => {
    const c = new Crossing();
    c.standBy();
    c.world.when(c.a, "commit", "done", () => c.world.kill(c.a, "commit done"));
    c.settle(2000);
    expect([c.where, c.epoch, c.count("committed"), c.count("promoted")]).toEqual([1, 2, 0, 1]);
    const promoted = c.world.trace.find(isKind("promoted"));
    const killed = c.world.trace.find(isKind("fault"));
    expect(promoted!.ms - killed!.ms).toBeLessThanOrEqual(250);
    expect(c.world.finish()).toEqual([]);
  });

  test.each(["journal sent", "journal done", "inbox answered"])(
    "B dies after the commit (%s): its region is restored with the entity, once",
    (step) => {
      const c = new Crossing();
      c.standBy();
      const [operation, phase] = step.split(" ");
      c.world.when(c.a, "commit", "done", () =>
        c.world.when(c.b, operation, phase as "sent", () => c.world.kill(c.b, step)),
      );
      c.settle(10_000);
      expect(c.world.trace.filter(isKind("fault"))).toHaveLength(1);
      expect([c.where, c.epoch]).toEqual([1, 2]);
      expect(c.world.finish()).toEqual([]);
    },
  );

  it("the commit's answer is lost: the entity stands still until it is read back", () => {
    const c = new Crossing();
    c.world.when(c.a, "commit", "done", () => {
      c.world.fault("bus", 2000);
      c.world.bus.faults = { ...NO_FAULTS, lostAnswers: 1, lostMessages: 1 };
      c.world.clock.after(400, () => (c.world.bus.faults = NO_FAULTS));
    });
    c.settle();
    expect([c.where, c.epoch, c.count("committed"), c.count("called-off")]).toEqual([1, 2, 1, 0]);
    expect(c.world.finish()).toEqual([]);
  });

  it("the commit is lost on its way: it is called off, and the entity goes on at a higher epoch", () => {
    const c = new Crossing();
    c.world.fault("bus", 3000);
    const { commit } = c.a.connection;
    let calls = 0;
    c.a.connection.commit = (transfer, again, answer) => {
      if (++calls > 1) return commit.call(c.a.connection, transfer, again, answer);
      // It comes after its fate has been settled.
      c.world.clock.after(500, () => answer(undefined));
      c.world.clock.after(2000, () => commit.call(c.a.connection, transfer, again, () => {}));
    };
    c.settle();
    expect([c.where, c.epoch, c.count("called-off"), c.count("committed")]).toEqual([1, 4, 1, 1]);
    expect(calls).toBe(2);
    expect(c.world.finish()).toEqual([]);
  });

  it("Redis loses the commit when it restarts: both refuse the old epoch, and the highest is written back", () => {
    const c = new Crossing();
    c.world.when(c.a, "commit", "answered", () => c.world.clock.after(20, () => c.world.bus.restart(500)));
    c.world.fault("store", 6000);
    c.settle(1000);
    expect([c.where, c.epoch]).toEqual([1, 2]);
    c.settle(4000);
    expect(c.world.store.records([c.walker.id])).toEqual([{ id: c.walker.id, epoch: 2, region: 1 }]);
    expect(c.world.finish()).toEqual([]);
  });

  it("Redis loses the commit and B dies with it: A's tombstone brings the entity to whoever restores B", () => {
    const c = new Crossing();
    c.standBy();
    c.world.when(c.a, "commit", "answered", () =>
      c.world.clock.after(20, () => {
        c.world.bus.restart(500);
        c.world.kill(c.b, "commit answered");
      }),
    );
    c.settle(12_000);
    expect([c.where, c.epoch]).toEqual([1, 2]);
    expect(c.world.finish()).toEqual([]);
  });

  it("everything comes twice and in another order: it happens once", () => {
    const c = new Crossing();
    c.world.fault("bus", 8000);
    c.world.bus.faults = { ...NO_FAULTS, doubledMessages: 1, delayMs: [0, 120] };
    c.settle();
    c.world.bus.faults = NO_FAULTS;
    expect([c.where, c.epoch, c.count("promoted")]).toEqual([1, 2, 1]);
    expect(c.world.finish()).toEqual([]);
  });

  it("the client never reaches B: the entity waits at B, and A passes its inputs on for a second", () => {
    const c = new Crossing();
    const send = (number: number) => c.a.regions.get(0)!.region.receiveInput(1, number, Uint8Array.of(0, 5));
    while (c.where !== 1) c.world.run(50);
    const tick = () => c.b.regions.get(1)!.region.tick;
    send(tick() + 2);
    c.world.run(500);
    send(tick() + 2);
    c.world.run(1000);
    const applied = () =>
      c.world.trace.filter(isKind("input")).filter(({ process }) => process === "b").length;
    expect(applied()).toBe(2);
    send(tick() + 2);
    c.world.run(500);
    expect(applied()).toBe(2);
    expect(c.world.find(c.walker.id)?.entity.vy).toBe(5);
    expect(c.world.finish()).toEqual([]);
  });

  it("two borders are crossed quickly: the second handoff begins after the first is written down", () => {
    const world = new ModelWorld(1, {
      columns: 3,
      rows: 1,
      regionSize: 60,
      tickRate: 20,
      interestRadius: 20,
      topSpeed: 20,
    });
    const [, b] = [world.start("a", 0), world.start("b", 1), world.start("c", 2)];
    world.run(300);
    const runner = world.spawn({ x: 55, vx: 20 });
    world.run(300);
    // Past the second border before the first handoff is through.
    world.when(b, "journal", "sent", () => {
      world.fault("bus", 2000);
      world.bus.faults = { ...NO_FAULTS, delayMs: [300, 300] };
    });
    runner.x = 63;
    world.run(400);
    const there = world.find(runner.id);
    if (there !== undefined) there.entity.x = 130;
    world.run(1000);
    world.bus.faults = NO_FAULTS;
    world.run(3000);
    const arrived = world.find(runner.id);
    expect(arrived?.region).toBe(2);
    if (arrived !== undefined) arrived.entity.vx = 0;
    const stages = world.trace.filter(({ kind }) => kind === "promoted" || kind === "decided");
    expect(stages.map(({ kind }) => kind)).toEqual(["decided", "promoted", "decided", "promoted"]);
    expect(world.finish()).toEqual([]);
  });

  it("regions at their limit hand over to each other: both go through", () => {
    const world = new ModelWorld(1, {
      columns: 2,
      rows: 1,
      regionSize: 60,
      tickRate: 20,
      interestRadius: 20,
      topSpeed: 10,
      capacity: 1,
    });
    world.start("a", 0);
    world.start("b", 1);
    world.run(300);
    const east = world.spawn({ x: 57, vx: 8 });
    const west = world.spawn({ x: 63, vx: -8 });
    world.run(2500);
    const found = [world.find(east.id), world.find(west.id)];
    expect(found.map((place) => place?.region)).toEqual([1, 0]);
    for (const place of found) if (place !== undefined) place.entity.vx = 0;
    expect(world.finish()).toEqual([]);
  });

  it("an owner is paused past its lease and resumed: nothing it does is accepted", () => {
    const c = new Crossing();
    c.standBy();
    c.walker.vx = 0;
    c.world.run(4000);
    c.world.fault("pause", 12_000);
    c.a.pause();
    c.world.run(5000);
    expect(c.world.owner(0)?.process.name).toBe("c");
    c.a.resume();
    c.world.run(2000);
    expect(c.world.owner(0)?.process.name).toBe("c");
    expect(c.a.regions.get(0)?.region.running ?? false).toBe(false);
    expect(c.world.trace.filter((line) => line.kind === "lost" && line.process === "a")).toHaveLength(1);
    expect(c.world.finish()).toEqual([]);
  });

  it("A dies between a trade and its writing: nobody has gone over with what another still has", () => {
    const c = new Crossing();
    c.standBy();
    const resident = c.world.spawn({ x: 20 });
    c.world.run(100);
    c.a.connection.journal = (_region, _epoch, _batch, answer) =>
      void c.world.clock.after(300, () => answer(undefined));
    const [item] = resident.items.splice(0);
    c.walker.items.push(item);
    for (const entity of [resident, c.walker]) entity.version++;
    c.world.run(2500);
    expect([c.count("decided"), c.count("committed")]).toEqual([1, 0]);
    c.world.kill(c.a);
    c.settle(12_000);
    expect(c.where).toBe(1);
    expect(c.world.finish()).toEqual([]);
  });

  it("Redis is away for ten seconds: the world pauses, nobody owns anything twice, and it goes on from memory", () => {
    const c = new Crossing();
    c.standBy();
    c.walker.vx = 0;
    c.world.run(3000);
    c.walker.vx = 2;
    c.world.fault("store", 20_000);
    c.world.bus.down = true;
    c.world.run(2400);
    expect([c.world.owner(0), c.world.owner(1)]).toEqual([undefined, undefined]);
    const { x } = c.a.regions.get(0)!.host.entities.get(c.walker.id)!;
    c.world.run(7600);
    c.world.bus.restart(0);
    c.world.bus.down = false;
    c.world.run(3600);
    expect([c.world.owner(0)?.process.name, c.world.owner(1)?.process.name]).toEqual(["a", "b"]);
    const resumed = c.world.trace.filter(isKind("owns")).slice(-2);
    expect(resumed.map((line) => line.resumed)).toEqual([true, true]);
    expect(c.walker.x).toBeGreaterThan(x);
    expect(c.walker.x).toBeLessThan(x + 2);
    c.settle();
    c.walker.vx = 0;
    c.world.run(3000);
    for (const region of [0, 1])
      for (const entity of c.world.owner(region)?.host.entities.values() ?? []) entity.vx = 0;
    expect(c.world.finish()).toEqual([]);
  });
});
