import { describe, expect, it } from "vitest";
import { isKind } from "./checker/violation.ts";
import type { ModelEntity } from "./model-host.ts";
import { MODEL_WORLD, ModelWorld } from "./model-world.ts";

function twoRegions(): ModelWorld {
  const world = new ModelWorld();
  world.start("a", 0);
  world.start("b", 1);
  world.run(300);
  return world;
}

/** Puts an entity of region 0 beyond its border. */
function beyond(world: ModelWorld, x: number, values: Partial<ModelEntity> = {}): ModelEntity {
  return Object.assign(world.spawn({ ...values, x: 59 }), { x });
}

describe("a handoff without faults", () => {
  it("moves what crosses a border for good, once, at a higher epoch, without a tick missing", () => {
    const world = twoRegions();
    const { id } = world.spawn({ x: 55, vx: 6 });
    world.run(2500);
    expect(world.find(id)?.region).toBe(1);
    const promoted = world.trace.filter(isKind("promoted"));
    expect(promoted).toMatchObject([{ members: [[id, 2]] }]);
    expect(promoted[0].first).toBe(promoted[0].tick + 1);
    Object.assign(world.find(id)!.entity, { vx: 0 });
    expect(world.finish()).toEqual([]);
  });

  it("goes on both ways for long: every player's frames and inputs continue", () => {
    const world = twoRegions();
    for (let player = 1; player <= 6; player++)
      world.spawn({ x: 52 + player, y: player * 8, vx: player % 2 === 0 ? 9 : -9, player });
    for (let ms = 0; ms < 30_000; ms += 50) {
      const tick = Math.floor(world.clock.nowMs() / 50);
      for (let player = 1; player <= 6; player++)
        world.input(player, tick + 2, (tick + player * 9) % 80 < 40 ? 9 : -9, 0);
      world.run(50);
    }
    world.run(200);
    for (let id = 1; id <= 6; id++) Object.assign(world.find(id)!.entity, { vx: 0 });
    expect(world.trace.filter(isKind("promoted")).length).toBeGreaterThanOrEqual(25);
    expect(world.finish()).toEqual([]);
  });

  it("does not move what swings over the border by less than the hysteresis", () => {
    const world = twoRegions();
    const amplitudes = [0.5, 1, 1.8, 2.3];
    const swinging = amplitudes.map((amplitude, i) => ({
      amplitude,
      entity: world.spawn({ x: 60 - amplitude, y: 10 + i, vx: 2 + 2 * i }),
    }));
    for (const { entity } of swinging)
      world.trace.push({ kind: "swing", ms: world.clock.nowMs(), group: entity.id });
    for (let ms = 0; ms < 20_000; ms += 50) {
      for (const { amplitude, entity } of swinging)
        if (Math.abs(entity.x - 60) >= amplitude)
          entity.vx = entity.x > 60 ? -Math.abs(entity.vx) : Math.abs(entity.vx);
      world.run(50);
    }
    expect(world.trace.filter(isKind("decided"))).toEqual([]);
    for (const { entity } of swinging) entity.vx = 0;
    for (const { entity } of swinging) entity.x = 50;
    expect(world.finish()).toEqual([]);
  });

  it("moves what came to rest beyond the border, and leaves it there", () => {
    const world = twoRegions();
    const { id } = beyond(world, 61);
    world.run(250);
    expect(world.find(id)?.region).toBe(0);
    world.run(300);
    expect(world.find(id)?.region).toBe(1);
    world.find(id)!.entity.x = 59;
    world.run(5000);
    expect(world.find(id)?.region).toBe(1);
    expect(world.finish()).toEqual([]);
  });

  it("does not move anything back within a second", () => {
    const world = twoRegions();
    const { id } = beyond(world, 63, { vx: 1 });
    world.run(200);
    const first = world.find(id)!;
    expect(first.region).toBe(1);
    Object.assign(first.entity, { x: 50, vx: 0 });
    world.run(800);
    expect(world.find(id)?.region).toBe(1);
    world.run(500);
    expect(world.find(id)?.region).toBe(0);
    expect(world.finish()).toEqual([]);
  });

  it("moves a vehicle and its riders together", () => {
    const world = twoRegions();
    const first = world.spawn({ x: 55, vx: 8, player: 1 });
    const vehicle = world.spawn({ x: 55, vx: 8 });
    const riders = [first, world.spawn({ x: 55, vx: 8, player: 2 })];
    for (const rider of riders) rider.leader = vehicle.id;
    world.run(1200);
    for (const { id } of [vehicle, ...riders]) expect(world.find(id)?.region).toBe(1);
    expect(world.trace.filter(isKind("promoted"))).toHaveLength(1);
    // They are known by the vehicle there too: it keeps them from going back at once.
    for (const { id } of [vehicle, ...riders]) Object.assign(world.find(id)!.entity, { x: 50, vx: 0 });
    world.run(200);
    expect(world.find(vehicle.id)?.region).toBe(1);
    for (const { id } of [vehicle, ...riders]) world.find(id)!.entity.vx = 0;
    expect(world.finish()).toEqual([]);
  });

  it("waits for a lock to end, and breaks it after two seconds", () => {
    const world = twoRegions();
    const brief = beyond(world, 64, { locked: true });
    const long = beyond(world, 64, { locked: true });
    world.run(1000);
    expect([world.find(brief.id)?.region, world.find(long.id)?.region]).toEqual([0, 0]);
    brief.locked = false;
    world.run(500);
    expect([world.find(brief.id)?.region, world.find(long.id)?.region]).toEqual([1, 0]);
    world.run(1500);
    expect(world.find(long.id)).toMatchObject({ region: 1, entity: { locked: false } });
    expect(world.finish()).toEqual([]);
  });

  it("moves over a corner into the region that lies across", () => {
    const world = new ModelWorld(1, { ...MODEL_WORLD, rows: 2 });
    world.start("a", 0, 1);
    world.start("b", 2, 3);
    world.run(300);
    const { id } = world.spawn({ x: 57, y: 57, vx: 7, vy: 7 });
    world.run(2000);
    expect(world.find(id)?.region).toBe(3);
    Object.assign(world.find(id)!.entity, { vx: 0, vy: 0 });
    expect(world.finish()).toEqual([]);
  });

  it("stops what its neighbour does not take at the end of the overlap, and lets it go when it does", () => {
    const world = new ModelWorld();
    world.start("a", 0);
    world.run(300);
    const walker = world.spawn({ x: 55, vx: 10 });
    world.run(6000);
    const { overlap } = world.definition;
    expect(walker.x).toBeGreaterThan(60 + overlap);
    expect(walker.x).toBeLessThan(61 + overlap);
    world.start("b", 1);
    world.run(3000);
    expect(world.find(walker.id)?.region).toBe(1);
    Object.assign(world.find(walker.id)!.entity, { vx: 0 });
    expect(world.finish()).toEqual([]);
  });

  it("passes a request on to where the entity went", () => {
    const world = twoRegions();
    const { id } = beyond(world, 63);
    world.run(600);
    expect(world.find(id)?.region).toBe(1);
    const asker = world.owner(1)!.process.regions.get(1)!.region;
    asker.request(0, id, Uint8Array.of(7));
    world.run(50);
    expect(world.owner(1)?.host.requests).toEqual([{ entity: id, request: Uint8Array.of(7) }]);
  });
});

describe("what is near a border", () => {
  it("is seen from the other side throughout, and does not jump", () => {
    const world = twoRegions();
    const viewer = world.spawn({ x: 50, y: 30, vx: 4, player: 1 });
    const others = [0, 1, 2, 3].map((i) =>
      world.spawn({ x: 52 + 4 * i, y: 26 + 3 * i, vx: i % 2 === 0 ? 4 : -4 }),
    );
    for (let ms = 0; ms < 5000; ms += 50) {
      world.run(50);
      world.look(1, viewer.id);
    }
    expect(world.trace.filter(isKind("promoted")).length).toBeGreaterThanOrEqual(3);
    const seen = world.trace.filter(isKind("view")).map((line) => line.seen.length);
    expect(Math.min(...seen)).toBe(1 + others.length);
    for (const { id } of [viewer, ...others]) Object.assign(world.find(id)!.entity, { vx: 0 });
    expect(world.finish()).toEqual([]);
  });
});
