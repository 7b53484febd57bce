import { describe, expect, it } from "vitest";
import { axis, position, velocity } from "../schema/field.ts";
import { entity } from "../schema/entity-type.ts";
import { input } from "../input/input-type.ts";
import { StaticGrid } from "../physics/static-grid.ts";
import { defineGame } from "../simulation/game.ts";
import type { Past } from "../world/past.ts";
import { rewind } from "./rewind.ts";
import { gridWalls } from "./walls.ts";

const place = position({ min: -100, max: 100, grid: 1 / 4096 });
const game = defineGame({
  name: "rewound",
  tickRate: 60,
  entities: {
    player: entity({ x: place, y: place, vx: velocity("x", { max: 60 }) }),
    drone: entity({ x: place, y: place, z: place }, { predicted: "nobody" }),
  },
  input: input({ moveX: axis() }),
  lagCompensation: {},
  step() {},
});

interface Told {
  readonly victim: number;
  readonly rewindMs: number;
  readonly capped: boolean;
}

/**
 * A world at tick 100 in which player 1 looks at the moment `seen`, and everything of others was, at any tick, at its present place less
 * so much in x and y for each tick since.
 */
function range(seen: number, perTick: { x: number; y: number } = { x: 1, y: 0 }) {
  const world = game.createWorld();
  const told: Told[] = [];
  const past: Past = {
    maxTicks: 18,
    momentOf: (player) => (player === 1 ? seen : Number.NaN),
    seenBy: (player, type) => {
      const table = world.tables[type];
      const slotAt = (index: number): number => table.order[index];
      return {
        get count() {
          return table.count;
        },
        idAt: (index) => (table.owners[slotAt(index)] === player ? 0 : table.ids[slotAt(index)]),
        ownerAt: (index) => table.owners[slotAt(index)],
        mayTouch: () => true,
        locate(index, moment, out) {
          table.type.location.forEach((column, axis) => (out[axis] = table.values[column][slotAt(index)]));
          out[0] -= perTick.x * (world.tick - moment);
          out[1] -= perTick.y * (world.tick - moment);
          return true;
        },
        show: (view) => Object.assign(view, { x: 4711 }),
      };
    },
    noteHit: (_by, victim, rewindMs, capped) => void told.push({ victim, rewindMs, capped }),
  };
  world.past = past;
  world.tick = 100;
  return { world, told, shooter: world.spawn("player", { owner: 1 }) };
}

const along = { from: { x: 0, y: 0 }, to: { x: 40, y: 0 }, target: 0.5 };

describe("a ray", () => {
  it("meets targets where the player saw them, and says where, how far and how far back", () => {
    const { world, shooter, told } = range(88);
    const target = world.spawn("player", { owner: 2, x: 12, y: 10 });
    const hit = rewind(world, shooter).ray("player", { ...along, to: { x: 0, y: 40 } });
    expect(hit).toMatchObject({
      id: target.id,
      owner: 2,
      entity: target,
      x: 0,
      y: 9.5,
      distance: 9.5,
      capped: false,
    });
    expect(hit?.fraction).toBeCloseTo(9.5 / 40, 9);
    expect(hit?.rewindMs).toBeCloseTo(200, 9);
    expect(told).toMatchObject([{ victim: 2, capped: false }]);
    expect(
      rewind(world, shooter).ray("player", { ...along, from: { x: 12, y: 0 }, to: { x: 12, y: 40 } }),
    ).toBe(undefined);
  });

  it("looks no further back than the weapon allows, and says that it would have", () => {
    const { world, shooter } = range(60);
    world.spawn("player", { owner: 2, x: 18, y: 10 });
    const up = { ...along, to: { x: 0, y: 40 } };
    const seen = rewind(world, shooter);
    expect([seen.ticks, seen.capped]).toEqual([18, true]);
    expect(seen.ray("player", up)).toMatchObject({ owner: 2, capped: true, rewindMs: 300 });
    const strict = rewind(world, shooter, { maxMs: 100 });
    expect(strict.ms).toBeCloseTo(100, 9);
    expect(strict.ray("player", up)).toBe(undefined);
  });

  it("meets the first in its way, of two at the same place the one with the lower id, and never the player's own", () => {
    const { world, shooter } = range(100);
    world.spawn("player", { owner: 1, x: 5, y: 0 });
    const [near] = [
      world.spawn("player", { owner: 3, x: 20, y: 0 }),
      world.spawn("player", { owner: 2, x: 20, y: 0 }),
    ];
    world.spawn("player", { owner: 4, x: 30, y: 0 });
    expect(rewind(world, shooter).ray("player", along)?.id).toBe(near.id);
  });

  it("lets the game choose by what was seen", () => {
    const { world, shooter } = range(100);
    world.spawn("player", { owner: 2, x: 20, y: 0 });
    expect(rewind(world, shooter).ray("player", { ...along, where: ({ x }) => x === 4711 })).toBeDefined();
    expect(rewind(world, shooter).ray("player", { ...along, where: ({ x }) => x < 4711 })).toBe(undefined);
  });

  it("goes in three dimensions", () => {
    const { world, shooter } = range(90);
    const drone = world.spawn("drone", { x: 10, y: 0, z: 20 });
    const hit = rewind(world, shooter).ray("drone", {
      from: { x: 0, y: 0, z: 0 },
      to: { x: 0, y: 0, z: 30 },
      target: 1,
    });
    expect(hit).toMatchObject({ id: drone.id, z: 19 });
    expect(rewind(world, shooter).ray("drone", along)).toBe(undefined);
  });

  it("is stopped by walls as they are now", () => {
    const { world, shooter } = range(90);
    world.spawn("player", { owner: 2, x: 30, y: 0 });
    const walls = gridWalls(new StaticGrid([{ minX: 10, minY: -1, maxX: 11, maxY: 1 }]));
    expect(rewind(world, shooter).ray("player", along)).toBeDefined();
    expect(rewind(world, shooter).ray("player", { ...along, walls })).toBe(undefined);
  });

  it("sees the present where it is not known what the player saw, and in a world without a past", () => {
    const { world, shooter } = range(88);
    shooter.x = -50;
    world.spawn("player", { owner: 2, x: 12, y: 0 });
    const other = world.spawn("player", { owner: 3 });
    expect(rewind(world, other).ray("player", along)).toMatchObject({ owner: 2, rewindMs: 0, x: 11.5 });
    world.past = undefined;
    other.x = -50;
    expect(rewind(world, { owner: 1 }).ray("player", along)).toMatchObject({
      owner: 2,
      rewindMs: 0,
      x: 11.5,
    });
  });

  it("is refused for what has no place", () => {
    const { world, shooter } = range(88);
    expect(() => rewind(world, shooter).ray("nobody" as "player", along)).toThrow(/world\/no-place/);
  });
});

describe("a target behind cover", () => {
  // It has run down from y = 8, at 1 a tick, behind a wall that ends at y = 2.
  const walls = gridWalls(new StaticGrid([{ minX: 5, minY: -40, maxX: 6, maxY: 2 }]));
  const shoot = (coverMs?: number) => {
    const { world, shooter } = range(90, { x: 0, y: -1 });
    world.spawn("player", { owner: 2, x: 10, y: -2 });
    return rewind(world, shooter).ray("player", {
      from: { x: 0, y: 0 },
      to: { x: 10, y: 8 },
      target: 0.5,
      walls,
      ...(coverMs !== undefined && { coverMs }),
    });
  };

  it("is hit where it was seen, unless it has been out of sight for longer than the weapon allows", () => {
    expect(shoot()).toBeDefined();
    expect(shoot(150)).toBeDefined();
    // It was last in sight 6 ticks ago, at y = 4.
    expect(shoot(101)).toBeDefined();
    expect(shoot(90)).toBe(undefined);
  });
});

describe("an area", () => {
  it("touches all that were in it, by ascending id, and tells of each", () => {
    const { world, shooter, told } = range(90);
    const ids = [2, 3, 4].map((owner) => world.spawn("player", { owner, x: 10 + owner, y: 0 }).id);
    const hits = rewind(world, shooter).touching("player", {
      center: { x: 0, y: 0 },
      radius: 3,
      target: 0.5,
    });
    expect(hits.map(({ id }) => id)).toEqual(ids.slice(0, 2));
    expect(told.map(({ victim }) => victim)).toEqual([2, 3]);
    const arc = { center: { x: 0, y: 0 }, radius: 9, target: 0.5, facing: { x: -1, y: 0 }, arc: 1 };
    expect(rewind(world, shooter).touching("player", arc)).toEqual([]);
  });

  it("does not reach through walls", () => {
    const { world, shooter } = range(100);
    world.spawn("player", { owner: 2, x: 3, y: 0 });
    const walls = gridWalls(new StaticGrid([{ minX: 1, minY: -1, maxX: 2, maxY: 1 }]));
    const area = { center: { x: 0, y: 0 }, half: { x: 5, y: 1 }, target: 0.5 };
    expect(rewind(world, shooter).touching("player", area)).toHaveLength(1);
    expect(rewind(world, shooter).touching("player", { ...area, walls })).toEqual([]);
  });
});

describe("a projectile", () => {
  const flight = { from: { x: 0, y: 0 }, velocity: { x: 0, y: 120 }, target: 0.5 };

  it("comes out as far ahead as the player was behind", () => {
    const { world, shooter } = range(89.5);
    expect(rewind(world, shooter).advance("player", flight)).toMatchObject({
      x: 0,
      y: 21,
      blocked: false,
      hit: undefined,
    });
  });

  it("meets on the way what was there at that time, and not what was there before", () => {
    const { world, shooter } = range(90);
    // At tick 95 the projectile is at y = 10, and this one crosses its way.
    world.spawn("player", { owner: 2, x: 5, y: 10 });
    const early = world.spawn("player", { owner: 3, x: 10, y: 18 });
    const { hit } = rewind(world, shooter).advance("player", flight);
    expect(hit).toMatchObject({ owner: 2 });
    expect(early.alive).toBe(true);
    expect(
      rewind(world, shooter).ray("player", { from: { x: 0, y: 0 }, to: { x: 0, y: 20 }, target: 0.5 }),
    ).toMatchObject({
      owner: 3,
    });
  });

  it("ends at a wall", () => {
    const { world, shooter } = range(90);
    const walls = gridWalls(new StaticGrid([{ minX: -5, minY: 6, maxX: 5, maxY: 7 }]));
    const { y, blocked } = rewind(world, shooter).advance("player", { ...flight, walls });
    expect([y, blocked]).toEqual([6, true]);
  });

  it("that looks back by as much as its shooter did meets targets on their way of that tick", () => {
    const { world } = range(Number.NaN, { x: 3, y: 0 });
    world.spawn("player", { owner: 2, x: 30, y: 10 });
    const bullet = { owner: 1 };
    const way = { from: { x: -1.5, y: 9 }, to: { x: -1.5, y: 11 }, target: 0.5 };
    expect(rewind(world, bullet, { ticks: 10 }).sweep("player", way)).toMatchObject({ owner: 2 });
    expect(rewind(world, bullet, { ticks: 12 }).sweep("player", way)).toBe(undefined);
  });
});
