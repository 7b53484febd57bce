import { defineGame, entity, input, position3d, quaternion } from "@tidelock/shared";
import { Cubes, CUBE_COUNT, FIELD_METRES, TICK_RATE } from "./cubes.ts";
import type { ReplicatedWorld } from "./replicated-world.ts";

/** Steps per metre that a client is shown. */
const SHOWN_PER_METRE = 512;
/** Components up to 1/sqrt(2) in 255 steps, as in the recordings that others measured on. */
const ROTATION_BITS = 9;

/**
 * The field of cubes as a game of ours: its step copies the physics engine. Call `loadPhysics` before. Only what is looked at is
 * told, positions and rotations: velocities that physics changes in every tick cost more than they foretell.
 */
export function createCubes(seed: number): ReplicatedWorld {
  const source = new Cubes(seed);
  const game = defineGame({
    name: "cubes",
    tickRate: TICK_RATE,
    entities: {
      cube: entity({
        position: position3d({ min: -FIELD_METRES, max: FIELD_METRES, grid: 1 / SHOWN_PER_METRE }),
        rotation: quaternion({ bits: ROTATION_BITS }),
      }),
    },
    input: input({}),
    step(world) {
      for (const cube of world.all("cube")) {
        const body = source.bodies[cube.id - 1];
        cube.position = body.translation();
        cube.rotation = body.rotation();
      }
    },
  });
  const world = game.createWorld();
  for (let i = 0; i < CUBE_COUNT; i++) world.spawn("cube", {});
  const inputs = game.createInputs();
  return {
    tickRate: TICK_RATE,
    types: game.types,
    world,
    step() {
      source.step();
      game.step(world, world.tick + 1, inputs);
    },
  };
}
