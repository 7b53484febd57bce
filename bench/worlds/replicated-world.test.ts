import { beforeAll, describe, expect, it } from "vitest";
import { createArena, PLAYER_COUNT, PROJECTILE_COUNT } from "./arena.ts";
import { createAsteroids } from "./asteroids-game.ts";
import { createCubes } from "./cubes-game.ts";
import { CUBE_COUNT, FIELD_METRES, loadPhysics } from "./cubes.ts";
import { createIdle } from "./idle.ts";
import type { ReplicatedWorld } from "./replicated-world.ts";

const TICKS = 90;
const worlds: [string, (seed: number) => ReplicatedWorld][] = [
  ["asteroids", (seed) => createAsteroids(seed, 30)],
  ["arena", createArena],
  ["cubes", createCubes],
  ["idle", (seed) => createIdle(seed, 500)],
];

beforeAll(loadPhysics);

function run(create: (seed: number) => ReplicatedWorld, seed: number): ReplicatedWorld {
  const replicated = create(seed);
  for (let tick = 0; tick < TICKS; tick++) replicated.step();
  return replicated;
}

describe.each(worlds)("the world of %s", (_, create) => {
  it("is the same for the same seed and another for another seed", () => {
    const [one, same, other] = [5, 5, 6].map((seed) => run(create, seed).world.hash());
    expect(same).toBe(one);
    expect(other).not.toBe(one);
  });
});

describe("the worlds' contents", () => {
  it("idle stays as it is", () => {
    const { world, step } = createIdle(1, 200);
    step();
    const before = [...world.tables[0].quantised[0]];
    step();
    expect([...world.tables[0].quantised[0]]).toEqual(before);
  });

  it("arena always has its players and its projectiles, some of them new", () => {
    const { world, step } = createArena(2);
    step();
    const ids = new Set<number>();
    for (let tick = 0; tick < 120; tick++) {
      step();
      expect(world.tables[0].count).toBe(PLAYER_COUNT);
      expect(world.tables[1].count).toBe(PROJECTILE_COUNT);
      for (const slot of world.tables[1].order.subarray(0, PROJECTILE_COUNT))
        ids.add(world.tables[1].ids[slot]);
    }
    expect(ids.size).toBeGreaterThan(PROJECTILE_COUNT * 2);
  });

  it("cubes get pushed about while most of them rest", () => {
    const { world, step } = createCubes(3);
    const [table] = world.tables;
    let moving = 0;
    for (let tick = 0; tick < 300; tick++) {
      const before = table.quantised.map((column) => column.slice());
      step();
      for (const axis of [0, 1, 2])
        for (let i = 0; i < CUBE_COUNT; i++)
          if (Math.abs(table.values[axis][i]) >= FIELD_METRES) throw new Error(`cube ${i} left the field`);
      if (tick < 150) continue;
      for (let i = 0; i < CUBE_COUNT; i++)
        if (table.quantised.some((column, index) => column[i] !== before[index][i])) moving++;
    }
    expect(moving / 150).toBeGreaterThan(20);
    expect(moving / 150).toBeLessThan(CUBE_COUNT / 2);
  });
});
