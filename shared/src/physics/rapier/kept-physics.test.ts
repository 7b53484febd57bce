import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { input } from "../../input/input-type.ts";
import { entity } from "../../schema/entity-type.ts";
import { axis, bool } from "../../schema/field.ts";
import { defineGame } from "../../simulation/game.ts";
import { bodyFields3d, RAPIER, rapier3d } from "./rapier3d.ts";

const body = bodyFields3d({ min: -32, max: 32, grid: 1 / 4096, maxSpeed: 60 });
const entities = { crate: entity({ ...body, isDoomed: bool() }) };
const physics = rapier3d("physics", {
  entities,
  engineState: "kept",
  gravity: { x: 0, y: -9.81, z: 0 },
  bodies: { crate: { colliders: () => [RAPIER.ColliderDesc.cuboid(0.5, 0.5, 0.5)] } },
  setup(engine) {
    engine.createCollider(RAPIER.ColliderDesc.cuboid(32, 1, 32).setTranslation(0, -1, 0));
  },
});
const game = defineGame({
  name: "crates",
  tickRate: 60,
  entities,
  modules: [physics],
  input: input({ x: axis() }),
  step(world) {
    for (const crate of world.all("crate")) if (crate.isDoomed) world.despawn(crate);
    if (world.tick % 10 === 0 && world.tick <= 60)
      world.spawn("crate", { position: { x: world.tick / 100, y: 5, z: 0 }, spin: { x: 1, y: 0, z: 2 } });
    physics.step(world);
  },
});
const inputs = game.createInputs();
type World = ReturnType<typeof game.createWorld>;

function run(world: World, ticks: number): World {
  for (let i = 0; i < ticks; i++) game.step(world, world.tick + 1, inputs);
  return world;
}

describe("an engine whose state is kept", () => {
  test("is copied whole: the copy goes on as the original does, engine included", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 90 }), fc.integer({ min: 1, max: 60 }), (before, after) => {
        const world = run(game.createWorld(), before);
        const copy = game.createWorld();
        copy.copyFrom(world);
        expect(copy.hash()).toBe(world.hash());
        expect(run(copy, after).hash()).toBe(run(world, after).hash());
      }),
      { numRuns: 15 },
    );
  });

  test("goes back and forth between saved worlds as if it had not", () => {
    const saved: World[] = [];
    const hashes: number[] = [];
    const world = game.createWorld();
    for (let tick = 0; tick < 80; tick++) {
      const copy = game.createWorld();
      copy.copyFrom(world);
      saved.push(copy);
      hashes.push(world.hash());
      run(world, 1);
    }
    for (const tick of [70, 3, 41, 40, 12]) {
      world.copyFrom(saved[tick]);
      while (world.tick < 79) {
        run(world, 1);
        expect(world.hash()).toBe(hashes[world.tick]);
      }
    }
  });

  test("has a hash that tells what entities do not show", () => {
    const world = run(game.createWorld(), 300);
    const asleep = game.createWorld();
    asleep.copyFrom(world);
    physics.begin(asleep);
    for (const crate of asleep.all("crate")) physics.bodyOf(asleep, crate)?.sleep();
    const wasAsleep = [...asleep.all("crate")].map(({ id }) => id);
    expect(wasAsleep).toHaveLength(6);
    expect(asleep.hash()).not.toBe(world.hash());
  });

  test("lets bodies fall asleep, and wakes those whose entity was put elsewhere", () => {
    const world = run(game.createWorld(), 600);
    const [crate] = world.all("crate");
    expect(physics.bodyOf(world, crate)?.isSleeping()).toBe(true);
    crate.position.y += 3;
    const { y } = crate.position;
    run(world, 10);
    expect(crate.position.y).toBeLessThan(y - 0.05);
  });

  test("forgets the bodies of entities that are gone", () => {
    const world = run(game.createWorld(), 100);
    for (const crate of world.all("crate")) crate.isDoomed = true;
    run(world, 2);
    expect(world.countOf("crate")).toBe(0);
    expect(physics.begin(world).bodies.len()).toBe(0);
  });

  test("keeps what the game adds to it beside the entities", () => {
    const world = run(game.createWorld(), 20);
    const [crate] = world.all("crate");
    const raw = physics.begin(world);
    const anchor = raw.createRigidBody(RAPIER.RigidBodyDesc.fixed().setTranslation(0, 9, 0));
    const origin = { x: 0, y: 0, z: 0 };
    const held = physics.bodyOf(world, crate);
    if (held === undefined) throw new Error("the crate has no body");
    raw.createImpulseJoint(RAPIER.JointData.spherical(origin, { x: 0, y: 4, z: 0 }), anchor, held, true);
    const copy = game.createWorld();
    copy.copyFrom(world);
    expect(run(copy, 200).hash()).toBe(run(world, 200).hash());
    expect(crate.position.y).toBeGreaterThan(4);
  });
});
