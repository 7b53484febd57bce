import { axis, defineGame, entity, input } from "@tidelock/shared";
import { bodyFields2d, RAPIER, rapier2d } from "@tidelock/shared/rapier2d";

const body = bodyFields2d({ min: -32, max: 32, grid: 1 / 4096, maxSpeed: 40 });
const entities = { lamp: entity(body, { predicted: "everyone" }) };
const LENGTH = 3;

export const physics = rapier2d("physics", {
  entities,
  gravity: { x: 0, y: -9.81 },
  bodies: { lamp: { colliders: () => [RAPIER.ColliderDesc.ball(0.3)] } },
});

/** Lamps that hang from the ceiling. */
export const lamps = defineGame({
  name: "lamps",
  tickRate: 60,
  entities,
  modules: [physics],
  input: input({ wind: axis() }),
  step(world) {
    const engine = physics.begin(world);
    for (const lamp of world.all("lamp")) {
      const bulb = physics.bodyOf(world, lamp);
      if (bulb === undefined) continue;
      const hook = engine.createRigidBody(RAPIER.RigidBodyDesc.fixed().setTranslation(lamp.id * 2, 10));
      const rope = RAPIER.JointData.rope(LENGTH, { x: 0, y: 0 }, { x: 0, y: 0 });
      engine.createImpulseJoint(rope, hook, bulb, true);
    }
    physics.step(world);
  },
});
