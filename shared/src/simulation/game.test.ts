import { describe, expect, it } from "vitest";
import {
  angle,
  axis,
  bool,
  button,
  defineGame,
  entity,
  enumeration,
  event,
  input,
  ownerOnly,
  position,
  position2d,
  position3d,
  quaternion,
  uint,
  velocity,
  velocity2d,
} from "../index.ts";

const game = defineGame({
  name: "sample",
  tickRate: 60,
  entities: {
    player: entity({
      x: position({ min: -100, max: 100, grid: 1 / 4096, shown: 1 / 64 }),
      vx: velocity("x", { max: 8 }),
      aim: angle({ bits: 12 }),
      hp: uint({ max: 100, initial: 100 }),
      mood: enumeration(["calm", "angry"]),
      ducking: bool(),
      ammo: ownerOnly(uint({ max: 30 })),
    }),
    crate: entity({
      at: position2d({ min: -100, max: 100, grid: 1 / 4096 }),
      going: velocity2d("at", { max: 8 }),
      spot: position3d({ min: 0, max: 1, grid: 1 / 64 }),
      turn: quaternion({ bits: 10 }),
    }),
  },
  input: input({ moveX: axis(), fire: button() }),
  events: { shot: event<{ by: number }>() },
  step(world, inputs) {
    for (const player of world.all("player")) {
      const { moveX, fire } = inputs.of(player);
      player.vx = moveX * 7;
      player.x += player.vx * world.dt;
      if (fire) {
        world.emit("shot", { by: player.owner });
        world.spawn("crate", { owner: player.owner, at: { x: player.x, y: world.random(player).float() } });
      }
    }
  },
});

function run(ticks: number) {
  const world = game.createWorld();
  world.seed = 5;
  for (let owner = 1; owner <= 4; owner++) world.spawn("player", { owner });
  const inputs = game.createInputs();
  const row = new Int32Array(game.input.width);
  for (let tick = 1; tick <= ticks; tick++) {
    for (let owner = 1; owner <= 4; owner++) {
      game.input.write({ moveX: ((tick * owner) % 7) / 3 - 1, fire: (tick + owner) % 9 === 0 }, row);
      inputs.set(owner, row);
    }
    game.step(world, tick, inputs);
  }
  return world;
}

describe("a game", () => {
  it("gives the same hash for the same inputs, and another after any change", () => {
    const world = run(100);
    expect(run(100).hash()).toBe(world.hash());
    const before = world.hash();
    world.tables[0].quantised[0][0] += 1;
    expect(world.hash()).not.toBe(before);
  });

  it("goes on from a copy exactly as the original does", () => {
    const copy = game.createWorld();
    copy.copyFrom(run(60));
    const original = run(60);
    const inputs = game.createInputs();
    for (let tick = 61; tick < 120; tick++) {
      game.step(copy, tick, inputs);
      game.step(original, tick, inputs);
      expect(copy.hash()).toBe(original.hash());
    }
  });

  it("keeps every value on its grid after a step", () => {
    const world = run(30);
    for (const table of world.tables)
      for (let i = 0; i < table.count; i++) {
        const slot = table.order[i];
        const before = table.values.map((column) => column[slot]);
        table.loadValues(slot);
        expect(table.values.map((column) => column[slot])).toEqual(before);
      }
  });

  it("moves the slowest speed that the schema promises", () => {
    const world = game.createWorld();
    const player = world.spawn("player", { owner: 1 });
    for (let tick = 1; tick <= 60; tick++)
      world.advance(tick, () => (player.x += (player.vx = 8 / 512) * world.dt));
    expect(player.x).toBeGreaterThan(0.01);
  });

  it("reads and writes every kind of field", () => {
    const world = game.createWorld();
    const player = world.spawn("player", { owner: 3, mood: "angry", ducking: true });
    const crate = world.spawn("crate", { turn: { x: 0, y: 0, z: 3, w: 3 }, spot: { x: 0.5, y: 1, z: 2 } });
    world.advance(1, () => {
      player.aim = Math.PI * 3.5;
      crate.at.x = 1e9;
    });
    expect([player.mood, player.ducking, player.hp, player.owner, player.type]).toEqual([
      "angry",
      true,
      100,
      3,
      "player",
    ]);
    expect(player.aim).toBeCloseTo(-Math.PI / 2);
    expect([crate.at.x, crate.spot.z]).toEqual([100, 1]);
    expect(crate.turn.z).toBeCloseTo(Math.SQRT1_2, 2);
    expect(Math.hypot(crate.turn.x, crate.turn.y, crate.turn.z, crate.turn.w)).toBeCloseTo(1, 12);
  });

  it("lets entities spawned in a step join the next one and frees the slots of the dead", () => {
    const world = game.createWorld();
    const seen: number[] = [];
    world.advance(1, () => {
      const crate = world.spawn("crate", { owner: 1 });
      for (const _ of world.all("crate")) seen.push(1);
      expect(world.get("crate", crate.id)).toBe(crate);
    });
    const [crate] = world.all("crate");
    expect(seen).toEqual([]);
    world.advance(2, () => {
      world.despawn(crate);
      world.despawn(crate);
      for (const _ of world.all("crate")) seen.push(2);
    });
    expect([seen, crate.alive, world.countOf("crate")]).toEqual([[], false, 0]);
    const next = world.spawn("crate", {});
    expect([next.alive, crate.alive, world.tables[1].highWater]).toEqual([true, false, 1]);
  });

  it("lets a room remove entities in a loop over them, outside a step", () => {
    const world = game.createWorld();
    for (let i = 0; i < 6; i++) world.spawn("crate", {});
    for (const crate of world.all("crate")) if (crate.id !== 3) world.despawn(crate);
    expect([[...world.all("crate")].map(({ id }) => id), world.countOf("crate")]).toEqual([[3], 1]);
    world.advance(1, () => {});
    expect([[...world.all("crate")].map(({ id }) => id), world.countOf("crate")]).toEqual([[3], 1]);
  });

  it("names predicted spawns alike wherever they are computed", () => {
    const ids = (extra: boolean) => {
      const world = game.createWorld();
      if (extra) world.spawn("crate", {});
      const made: number[] = [];
      world.advance(77, () => {
        for (let i = 0; i < 8; i++) made.push(world.spawn("crate", { owner: 9 }).id);
      });
      return made;
    };
    expect(ids(true)).toEqual(ids(false));
    expect(new Set(ids(false)).size).toBe(8);
  });

  it("visits entities by ascending id whatever the order of their slots", () => {
    const world = run(90);
    for (const kind of ["player", "crate"] as const) {
      const ids = [...world.all(kind)].map((each) => each.id);
      expect(ids).toEqual(ids.toSorted((a, b) => a - b));
    }
  });

  it("names the mistake when the definition cannot work", () => {
    const define = (fields: Parameters<typeof entity>[0]) => () =>
      defineGame({
        name: "bad",
        tickRate: 60,
        entities: { thing: entity(fields) },
        input: input({}),
        step() {},
      });
    expect(
      define({ x: position({ min: 0, max: 10, grid: 1 / 256 }), vx: velocity("x", { max: 8 }) }),
    ).toThrow(/nothing slower than 0.234.*schema\/grid-too-coarse/s);
    expect(define({ vx: velocity("y", { max: 8 }) })).toThrow(/schema\/unknown-position/);
    expect(define({ x: position({ min: -1e6, max: 1e6, grid: 1 / 4096 }) })).toThrow(
      /schema\/range-too-fine/,
    );
    expect(define({ x: position({ min: 0, max: 1, grid: 0.01, shown: 0.015 }) })).toThrow(
      /schema\/bad-shown-step/,
    );
    expect(define({ id: uint({ max: 3 }) })).toThrow(/schema\/bad-name/);
    expect(define({ x: uint({ max: -3 }) })).toThrow(/schema\/bad-range/);
  });

  it("names entity and field when a step produces something that is no number", () => {
    const world = game.createWorld();
    const player = world.spawn("player", { owner: 1 });
    expect(() => world.advance(1, () => (player.vx = 0 / 0))).toThrow(
      /player\.vx of entity 1 .*world\/not-a-number/,
    );
  });
});
