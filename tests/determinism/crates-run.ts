import { defineGame, entity, input, Rng } from "@tidelock/shared";
import { bodyFields3d, RAPIER, rapier3d } from "@tidelock/shared/rapier3d";

const TICKS = 10_000;
const CRATES = 6;
/** Crates are thrown into the air now and then, so that they never all lie still. */
const THROW_EVERY_TICKS = 50;

const body = bodyFields3d({ min: -64, max: 64, grid: 1 / 4096, maxSpeed: 60 });
const entities = { crate: entity(body) };

/** Rigid bodies in space whose engine keeps its state from tick to tick; the hash is over all of that state. */
export function run(): number[] {
  const physics = rapier3d("physics", {
    entities,
    engineState: "kept",
    gravity: { x: 0, y: -9.81, z: 0 },
    bodies: { crate: { colliders: () => [RAPIER.ColliderDesc.roundCuboid(0.4, 0.4, 0.4, 0.1)] } },
    setup(world) {
      world.createCollider(RAPIER.ColliderDesc.cuboid(64, 1, 64).setTranslation(0, -1, 0));
    },
  });
  const rng = new Rng(3, 21);
  const game = defineGame({
    name: "crates",
    tickRate: 60,
    entities,
    modules: [physics],
    input: input({}),
    step(world) {
      const isThrown = world.tick % THROW_EVERY_TICKS === 0 ? rng.int(CRATES) : -1;
      let index = 0;
      for (const crate of world.all("crate")) {
        if (index++ !== isThrown) continue;
        const { x, z } = crate.position;
        crate.velocity = { x: rng.range(-2, 2) - x / 4, y: rng.range(3, 8), z: rng.range(-2, 2) - z / 4 };
        crate.spin = { x: rng.range(-9, 9), y: rng.range(-9, 9), z: rng.range(-9, 9) };
      }
      physics.step(world);
    },
  });
  const world = game.createWorld();
  const inputs = game.createInputs();
  for (let i = 0; i < CRATES; i += 1) world.spawn("crate", { position: { x: i % 2, y: 1 + i, z: i / 9 } });
  const checkpoints: number[] = [];
  for (let tick = 1; tick <= TICKS; tick += 1) {
    game.step(world, tick, inputs);
    if (tick % 100 === 0) checkpoints.push(world.hash());
  }
  return checkpoints;
}
