import { axis, button, defineGame, entity, input } from "@tidelock/shared";
import { bodyFields3d, RAPIER, rapier3d } from "@tidelock/shared/rapier3d";

const body = bodyFields3d({ min: -64, max: 64, grid: 1 / 4096, maxSpeed: 40 });

const entities = {
  player: entity(body, { predicted: "everyone" }),
  crate: entity(body, { predicted: "everyone" }),
};

const round = RAPIER.ColliderDesc.ball(0.5).setFriction(0.8);
const box = RAPIER.ColliderDesc.cuboid(0.5, 0.5, 0.5).setDensity(0.4);
const rolling = RAPIER.RigidBodyDesc.dynamic().setAngularDamping(2);

export const physics = rapier3d("physics", {
  entities,
  gravity: { x: 0, y: -9.81, z: 0 },
  bodies: {
    player: { body: () => rolling, colliders: () => [round] },
    crate: { colliders: () => [box] },
  },
  setup(engine) {
    engine.createCollider(RAPIER.ColliderDesc.cuboid(60, 1, 60).setTranslation(0, -1, 0));
  },
});

export const crates = defineGame({
  name: "crates",
  tickRate: 60,
  entities,
  modules: [physics],
  shareInputs: true,
  input: input({ moveX: axis(), moveZ: axis(), jump: button() }),
  step(world, inputs) {
    physics.begin(world);
    for (const player of world.all("player")) {
      const { moveX, moveZ, jump } = inputs.of(player);
      const ball = physics.bodyOf(world, player);
      ball?.applyTorqueImpulse({ x: moveZ * 0.15, y: 0, z: moveX * -0.15 }, true);
      if (jump && player.position.y < 0.52) ball?.applyImpulse({ x: 0, y: 3, z: 0 }, true);
    }
    physics.step(world);
  },
});
