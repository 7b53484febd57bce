import {
  angularVelocity,
  defineGame,
  entity,
  input,
  position3d,
  quaternion,
  rotateQuaternion,
  velocity3d,
} from "@tidelock/shared";
import {
  ASTEROID_COUNT,
  Asteroids,
  FARTHEST,
  GRID_PER_SHOWN,
  GRID_PER_UNIT,
  SETTLING_TICKS,
  SPEED_MAX,
  SPEED_MIN,
  SPIN_GRID,
  SPIN_MAX,
  steered,
  TICK_RATE,
} from "./asteroids.ts";
import type { ReplicatedWorld } from "./replicated-world.ts";

/** Components up to 1/sqrt(2) in 1023 steps of 0.0007: with a bit less they would be 0.0014, and 0.001 is asked for. */
const SHOWN_ROTATION_BITS = 11;
/** The state's own: it is turned and rounded thirty times a second. */
const ROTATION_BITS = 18;
/** Units per second of one grid step per tick. */
const PER_SECOND = TICK_RATE / GRID_PER_UNIT;

/** The asteroid field as a game of ours, settled: its step copies the generator. */
export function createAsteroids(seed: number, settlingTicks = SETTLING_TICKS): ReplicatedWorld {
  const source = new Asteroids(seed);
  for (let i = 0; i < settlingTicks; i++) source.step();
  const game = defineGame({
    name: "asteroids",
    tickRate: TICK_RATE,
    entities: {
      asteroid: entity(
        {
          position: position3d({
            min: -FARTHEST,
            max: FARTHEST,
            grid: 1 / GRID_PER_UNIT,
            shown: GRID_PER_SHOWN / GRID_PER_UNIT,
          }),
          velocity: velocity3d("position", { max: SPEED_MAX * 1.25, slowest: SPEED_MIN / 50 }),
          rotation: quaternion({ bits: ROTATION_BITS, shown: SHOWN_ROTATION_BITS }),
          spin: angularVelocity("rotation", { max: SPIN_MAX, grid: SPIN_GRID }),
        },
        {
          predicted: "nobody",
          motion({ position, velocity, rotation, spin }, dt) {
            const { x, y, z } = position;
            const [vx, vy, vz] = steered(
              [x * GRID_PER_UNIT, y * GRID_PER_UNIT, z * GRID_PER_UNIT],
              [velocity.x / PER_SECOND, velocity.y / PER_SECOND, velocity.z / PER_SECOND],
            );
            velocity.x = vx * PER_SECOND;
            velocity.y = vy * PER_SECOND;
            velocity.z = vz * PER_SECOND;
            position.x += velocity.x * dt;
            position.y += velocity.y * dt;
            position.z += velocity.z * dt;
            rotateQuaternion(rotation, spin.x, spin.y, spin.z, dt);
          },
        },
      ),
    },
    input: input({}),
    step(world) {
      for (const asteroid of world.all("asteroid")) {
        const i = asteroid.id - 1;
        const [px, py, pz] = source.position;
        const [vx, vy, vz] = source.velocity;
        asteroid.position = { x: px[i] / GRID_PER_UNIT, y: py[i] / GRID_PER_UNIT, z: pz[i] / GRID_PER_UNIT };
        asteroid.velocity = { x: vx[i] * PER_SECOND, y: vy[i] * PER_SECOND, z: vz[i] * PER_SECOND };
        const [x, y, z, w] = source.rotation.subarray(i * 4, i * 4 + 4);
        asteroid.rotation = { x, y, z, w };
        const [sx, sy, sz] = source.spin.subarray(i * 3, i * 3 + 3);
        asteroid.spin = { x: sx, y: sy, z: sz };
      }
    },
  });
  const world = game.createWorld();
  for (let i = 0; i < ASTEROID_COUNT; i++) world.spawn("asteroid", {});
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
