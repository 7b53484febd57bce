import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { input } from "../../input/input-type.ts";
import { entity } from "../../schema/entity-type.ts";
import { axis, bool } from "../../schema/field.ts";
import { defineGame } from "../../simulation/game.ts";
import { bodyFields2d, RAPIER, rapier2d } from "./rapier2d.ts";

const body = bodyFields2d({ min: -64, max: 64, grid: 1 / 4096, maxSpeed: 30 });
const entities = { ball: entity({ ...body, isDoomed: bool() }), box: entity(body) };

/** How many bodies were made, to see that some were not. */
let made = 0;

function gameWith(reach: number | undefined) {
  const count = (): RAPIER.RigidBodyDesc => {
    made++;
    return RAPIER.RigidBodyDesc.dynamic().setLinearDamping(0.3).setCcdEnabled(true);
  };
  const physics = rapier2d("physics", {
    entities,
    bodies: {
      ball: { body: count, colliders: () => [RAPIER.ColliderDesc.ball(0.5).setRestitution(0.8)], reach },
      box: { body: count, colliders: () => [RAPIER.ColliderDesc.cuboid(0.5, 0.5)], reach },
    },
    setup(engine) {
      for (const side of [-1, 1]) {
        engine.createCollider(RAPIER.ColliderDesc.cuboid(1, 22).setTranslation(side * 21, 0));
        engine.createCollider(RAPIER.ColliderDesc.cuboid(22, 1).setTranslation(0, side * 21));
      }
    },
  });
  return defineGame({
    name: "pool",
    tickRate: 60,
    entities,
    modules: [physics],
    input: input({ x: axis() }),
    step(world) {
      for (const ball of world.all("ball")) if (ball.isDoomed) world.despawn(ball);
      physics.step(world);
    },
  });
}

const limited = gameWith(0.75);
const whole = gameWith(undefined);
const inputs = limited.createInputs();
type World = ReturnType<typeof limited.createWorld>;

function run(game: typeof limited, world: World, ticks: number): World {
  for (let i = 0; i < ticks; i++) game.step(world, world.tick + 1, inputs);
  return world;
}

const coordinate = fc.double({ min: -18, max: 18, noNaN: true });
const speed = fc.double({ min: -25, max: 25, noNaN: true });
const bodies = fc.array(
  fc.record({
    type: fc.constantFrom("ball" as const, "box" as const),
    x: coordinate,
    y: coordinate,
    vx: speed,
    vy: speed,
  }),
  { minLength: 2, maxLength: 30 },
);
const changes = fc.array(
  fc.record({ which: fc.nat(29), how: fc.constantFrom("put", "push", "take"), x: coordinate, y: coordinate }),
  { minLength: 1, maxLength: 3 },
);

describe("a tick that is stepped again with some bodies changed", () => {
  test("ends as if all had been stepped, tick after tick", () => {
    fc.assert(
      fc.property(bodies, changes, fc.integer({ min: 1, max: 12 }), (start, corrections, ticks) => {
        const first = limited.createWorld();
        for (const { type, ...values } of start) first.spawn(type, values);
        run(limited, first, 3);
        const again = limited.createWorld();
        again.copyFrom(first);
        run(limited, first, ticks);
        const all = [...again.all("ball"), ...again.all("box")];
        for (const { which, how, x, y } of corrections) {
          const one = all[which % all.length];
          if (how === "take") again.despawn(one);
          else if (how === "put") [one.x, one.y] = [x, y];
          else one.vx += 1;
        }
        const expected = whole.createWorld();
        for (const [i, table] of expected.tables.entries()) table.copyFrom(again.tables[i]);
        expected.tick = again.tick;
        for (let i = 0; i < ticks; i++)
          expect(run(limited, again, 1).hash()).toBe(run(whole, expected, 1).hash());
      }),
      { numRuns: 150 },
    );
  });

  test("steps what the change can reach, and nothing else", () => {
    const world = limited.createWorld();
    const pushed = world.spawn("ball", { x: -10 });
    world.spawn("box", { x: -8.6 });
    for (let i = 0; i < 6; i++) world.spawn("box", { x: 10, y: i * 3 - 9, vx: 1 });
    run(limited, world, 1);
    const past = limited.createWorld();
    past.copyFrom(world);
    run(limited, world, 4);
    world.copyFrom(past);
    made = 0;
    run(limited, world, 4);
    expect(made).toBe(0);
    world.copyFrom(past);
    pushed.vx = 5;
    run(limited, world, 4);
    expect(made).toBe(2 * 4);
  });
});
