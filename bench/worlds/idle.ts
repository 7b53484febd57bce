import { angle, defineGame, entity, input, position, uint, velocity } from "@tidelock/shared";
import { WorldRandom } from "./random.ts";
import type { ReplicatedWorld } from "./replicated-world.ts";

export const IDLE_COUNT = 10_000;
/** Simulation and send rate in ticks per second. */
const TICK_RATE = 20;
const WORLD_METRES = 1000;
const AXIS = { min: 0, max: WORLD_METRES, grid: 1 / 1024, shown: 1 / 64 };
const SPEED = { max: 10, slowest: 1 / 32 };
const HP_MAX = 127;

/** 10,000 entities that could move and never do. */
export function createIdle(seed: number, count = IDLE_COUNT): ReplicatedWorld {
  const game = defineGame({
    name: "idle",
    tickRate: TICK_RATE,
    entities: {
      thing: entity({
        x: position(AXIS),
        y: position(AXIS),
        vx: velocity("x", SPEED),
        vy: velocity("y", SPEED),
        heading: angle({ bits: 8 }),
        hp: uint({ max: HP_MAX }),
      }),
    },
    input: input({}),
    step: () => undefined,
  });
  const world = game.createWorld();
  const random = new WorldRandom(seed);
  for (let i = 0; i < count; i++) {
    world.spawn("thing", {
      x: random.between(0, WORLD_METRES),
      y: random.between(0, WORLD_METRES),
      heading: random.between(-Math.PI, Math.PI),
      hp: random.below(HP_MAX + 1),
    });
  }
  const inputs = game.createInputs();
  return {
    tickRate: TICK_RATE,
    types: game.types,
    world,
    step: () => game.step(world, world.tick + 1, inputs),
  };
}
