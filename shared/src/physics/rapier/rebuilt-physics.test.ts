import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { TidelockError } from "../../errors/tidelock-error.ts";
import { input } from "../../input/input-type.ts";
import { entity } from "../../schema/entity-type.ts";
import { axis, position, uint } from "../../schema/field.ts";
import { defineGame } from "../../simulation/game.ts";
import { bodyFields2d, RAPIER, rapier2d } from "./rapier2d.ts";

const body = bodyFields2d({ min: -32, max: 32, grid: 1 / 4096, maxSpeed: 60 });
const entities = {
  ball: entity({ ...body, endsAt: uint({ max: 1000 }) }),
  box: entity(body),
  mark: entity({ x: position({ min: 0, max: 1, grid: 1 / 8 }) }),
};
const shapes = {
  ball: { colliders: () => [RAPIER.ColliderDesc.ball(0.5).setRestitution(0.7)] },
  box: { colliders: () => [RAPIER.ColliderDesc.cuboid(0.5, 0.5)] },
};

function gameWith(gravity: { x: number; y: number }) {
  const physics = rapier2d("physics", {
    entities,
    bodies: shapes,
    gravity,
    setup(engine) {
      engine.createCollider(RAPIER.ColliderDesc.cuboid(32, 1).setTranslation(0, -1));
    },
  });
  const game = defineGame({
    name: "bodies",
    tickRate: 60,
    entities,
    modules: [physics],
    input: input({ x: axis() }),
    step(world) {
      for (const ball of world.all("ball"))
        if (ball.endsAt > 0 && world.tick >= ball.endsAt) world.despawn(ball);
      physics.step(world);
    },
  });
  return { game, physics };
}

const { game, physics } = gameWith({ x: 0, y: -9.81 });
const inputs = game.createInputs();
type World = ReturnType<typeof game.createWorld>;

function run(world: World, ticks: number): World {
  for (let i = 0; i < ticks; i++) game.step(world, world.tick + 1, inputs);
  return world;
}

/** Another world with the entities of this one, by their fields alone: what a client has that joins now. */
function joined(world: World, keep: (id: number) => boolean = () => true): World {
  const other = game.createWorld();
  other.tick = world.tick;
  for (const [index, table] of world.tables.entries())
    for (let i = 0; i < table.count; i++) {
      const slot = table.order[i];
      if (!keep(table.ids[slot])) continue;
      const to = other.tables[index].add(table.ids[slot], table.owners[slot], false);
      for (const [c, column] of table.quantised.entries())
        other.tables[index].quantised[c][to] = column[slot];
      other.tables[index].loadValues(to);
    }
  return other;
}

const places = fc.array(
  fc.record({
    type: fc.constantFrom("ball" as const, "box" as const),
    x: fc.double({ min: -4, max: 4, noNaN: true }),
    y: fc.double({ min: 0.5, max: 8, noNaN: true }),
    vx: fc.double({ min: -9, max: 9, noNaN: true }),
    angle: fc.double({ min: -3, max: 3, noNaN: true }),
  }),
  { minLength: 1, maxLength: 12 },
);

describe("bodies that are rebuilt in every tick", () => {
  test("fall, bounce and come to rest with all their fields, to the last bit", () => {
    const world = game.createWorld();
    const ball = world.spawn("ball", { x: 3, y: 4, vx: 1 });
    const stack = Array.from({ length: 6 }, (_, i) => world.spawn("box", { x: (i % 2) * 0.1, y: 0.5 + i }));
    run(world, 40);
    expect(ball.vy).not.toBe(0);
    run(world, 80);
    const heights = stack.map(({ y }) => y);
    expect(heights.every((y, i) => Math.abs(y - 0.5 - i) < 0.1)).toBe(true);
    expect(run(world, 600) && stack.map(({ y }) => y)).toEqual(heights);
  });

  test("do in a world that was copied, or made from the fields alone, what they do in the first", () => {
    fc.assert(
      fc.property(places, fc.integer({ min: 1, max: 40 }), (bodies, ticks) => {
        const world = game.createWorld();
        for (const { type, ...values } of bodies) world.spawn(type, values);
        run(world, ticks);
        const copy = game.createWorld();
        copy.copyFrom(world);
        const late = joined(world);
        // The others have stepped in between, on an engine that all of them share.
        const expected = run(world, 20).hash();
        expect(run(copy, 20).hash()).toBe(expected);
        expect(run(late, 20).hash()).toBe(expected);
      }),
      { numRuns: 30 },
    );
  });

  test("do not depend on others that they have nothing to do with", () => {
    fc.assert(
      fc.property(places, places, fc.integer({ min: 0, max: 8 }), (here, there, every) => {
        const world = game.createWorld();
        const mine = new Set<number>();
        // In turn, so that ids of the two places lie among each other.
        for (let i = 0; i < 12; i++) {
          const near = here[i];
          const far = there[i];
          if (near !== undefined) mine.add(world.spawn(near.type, { ...near, x: near.x - 16 }).id);
          if (far !== undefined && i % 9 >= every) world.spawn(far.type, { ...far, x: far.x + 16 });
        }
        // From here on the state is on the grid.
        run(world, 1);
        const alone = joined(world, (id) => mine.has(id));
        const poses = (of: World): number[][] =>
          [...of.all("box"), ...of.all("ball")]
            .filter(({ id }) => mine.has(id))
            .map(({ id, x, y, vx, vy, angle, spin }) => [id, x, y, vx, vy, angle, spin]);
        for (let i = 0; i < 40; i++) expect(poses(run(alone, 1))).toEqual(poses(run(world, 1)));
      }),
      { numRuns: 60 },
    );
  });

  test("come and go with their entities", () => {
    const world = game.createWorld();
    const floor = world.spawn("box", { x: 0, y: 0.5 });
    const ball = world.spawn("ball", { x: 0, y: 1.5, endsAt: 30 });
    run(world, 10);
    expect(physics.bodyOf(world, ball)?.mass()).toBeGreaterThan(0);
    expect(ball.y).toBeGreaterThan(1.4);
    run(world, 30);
    expect([ball.alive, physics.bodyOf(world, ball)]).toEqual([false, undefined]);
    expect(physics.bodyOf(world, floor)).toBeDefined();
  });

  test("can be pushed and asked through the engine, for one tick", () => {
    const { game: flat, physics: engine } = gameWith({ x: 0, y: 0 });
    const world = flat.createWorld();
    const ball = world.spawn("ball", { x: 2, y: 5 });
    world.advance(1, () => {
      const raw = engine.begin(world);
      engine.bodyOf(world, ball)?.applyImpulse({ x: 3, y: 0 }, true);
      engine.step(world);
      const hit = raw.castRay(new RAPIER.Ray({ x: 2, y: 20 }, { x: 0, y: -1 }), 100, true);
      const parent = hit?.collider.parent();
      expect(parent && engine.entityOf(world, parent)).toBe(ball);
    });
    const pushed = ball.vx;
    expect(pushed).toBeGreaterThan(1);
    world.advance(2, () => engine.step(world));
    expect(ball.vx).toBe(pushed);
  });

  test("are not those of another world that stepped since", () => {
    const world = game.createWorld();
    const ball = world.spawn("ball", { y: 5 });
    run(world, 1);
    run(game.createWorld(), 1);
    expect(physics.bodyOf(world, ball)).toBeUndefined();
    physics.begin(world);
    expect(physics.bodyOf(world, ball)?.translation().y).toBeCloseTo(ball.y, 6);
  });
});

describe("a body", () => {
  test("asks for the fields that its entity lacks, by name", () => {
    const wrong = rapier2d("physics", { entities, bodies: { mark: { colliders: () => [] } } });
    const odd = defineGame({
      name: "odd",
      tickRate: 60,
      entities,
      modules: [wrong],
      input: input({ x: axis() }),
      step: (world) => wrong.step(world),
    });
    const step = (): void => odd.step(odd.createWorld(), 1, odd.createInputs());
    expect(step).toThrow(TidelockError);
    expect(step).toThrow(/"mark" has a body but no y, vx, vy, angle, spin/);
  });
});
