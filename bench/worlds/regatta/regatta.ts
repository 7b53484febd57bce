import { WorldRandom } from "../random.ts";
import type { ReplicatedWorld } from "../replicated-world.ts";
import { BOATS, regatta, type Stage, TICK_RATE } from "./schemas.ts";

/** Sixty boats on a small sea, each of another player; declared in one of the stages' ways. */
export function createRegatta(stage: Stage, seed: number): ReplicatedWorld {
  const game = regatta(stage);
  const world = game.createWorld();
  world.seed = seed;
  const random = new WorldRandom(seed);
  for (let i = 0; i < BOATS; i++)
    world.spawn("boat", {
      owner: i + 1,
      x: random.between(-200, 200),
      y: random.between(-200, 200),
      heading: random.between(-3, 3),
      throttle: random.below(4),
      hp: 100,
      ammo: 999,
    });
  const inputs = game.createInputs();
  return {
    tickRate: TICK_RATE,
    types: game.types,
    world,
    step: () => game.step(world, world.tick + 1, inputs),
  };
}
