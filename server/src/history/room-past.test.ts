import {
  defineGame,
  entity,
  input,
  position,
  axis,
  type PastEntities,
  velocity,
  viewDistance,
  WorldHistory,
} from "@tidelock/shared";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { RoomPast } from "./room-past.ts";
import { Viewer } from "./viewer.ts";

const place = position({ min: -100, max: 100, grid: 1 / 1024 });
const game = defineGame({
  name: "past",
  tickRate: 60,
  entities: {
    mover: entity(
      { x: place, y: place, vx: velocity("x", { max: 60 }), vy: velocity("y", { max: 60 }) },
      { predicted: "nobody" },
    ),
  },
  input: input({ moveX: axis() }),
  lagCompensation: {},
  step(world) {
    for (const mover of world.all("mover")) {
      mover.x += mover.vx * world.dt;
      mover.y += mover.vy * world.dt;
    }
  },
});

/** A room in which player 1 is sent a snapshot every second tick and has those that `arrives` says. */
function room(arrives: (tick: number) => boolean = () => true) {
  const world = game.createWorld();
  const history = new WorldHistory(world);
  const viewer = new Viewer(60, game.lagCompensation!, () => {});
  const past = new RoomPast(game.lagCompensation!, history, (player) => (player === 1 ? viewer : undefined));
  return {
    world,
    viewer,
    step() {
      game.step(world, world.tick + 1, game.createInputs());
      history.record(world.tick);
      past.record(world.tick);
      if (world.tick % 2 !== 0) return;
      viewer.sent(world.tick / 2, world.tick);
      if (arrives(world.tick)) viewer.acknowledge(world.tick / 2, 0);
    },
    /** Player 1 looks at a moment. */
    look(moment: number): PastEntities {
      viewer.receive(world.tick + 1, viewDistance(world.tick + 1, moment), world.tick + 1);
      viewer.consume(world.tick + 1);
      return past.seenBy(1, 0);
    },
  };
}

const at = Float64Array.of(0, 0, 0);

test("places entities between the ticks that the player has, not between all that were sent", () => {
  const { world, step, look } = room((tick) => tick !== 20);
  const mover = world.spawn("mover", { vx: 6 });
  for (let tick = 1; tick <= 30; tick++) {
    // At 20 it turns round: whoever has not got 20 sees it cut the corner.
    if (tick === 21) mover.vx = -6;
    step();
  }
  const seen = look(20);
  expect(seen.locate(0, 20, at)).toBe(true);
  expect(at[0]).toBeCloseTo(1.8, 1);
  expect(seen.locate(0, 19, at)).toBe(true);
  expect(at[0]).toBeCloseTo(1.8, 1);
});

test("knows nobody before he came, nor after he died, nor who had his slot before", () => {
  const { world, step, look } = room();
  const first = world.spawn("mover", { x: 5 });
  for (let tick = 1; tick <= 20; tick++) step();
  expect(look(15).idAt(0)).toBe(first.id);
  world.despawn(first);
  expect(look(15).idAt(0)).toBe(0);
  step();
  const second = world.spawn("mover", { x: 9 });
  for (let tick = 22; tick <= 30; tick++) step();
  const seen = look(26);
  expect(seen.idAt(0)).toBe(second.id);
  expect(seen.locate(0, 26, at)).toBe(true);
  expect(at[0]).toBe(9);
  expect(seen.locate(0, 18, at)).toBe(false);
});

test("never passes over an entity that was in the box at a moment that may be asked for", () => {
  const turns = fc.array(
    fc.tuple(fc.double({ min: -50, max: 50, noNaN: true }), fc.double({ min: -50, max: 50, noNaN: true })),
    {
      minLength: 20,
      maxLength: 40,
    },
  );
  fc.assert(
    fc.property(turns, fc.double({ min: 0, max: 18, noNaN: true }), fc.boolean(), (turns, back, isAsked) => {
      const { world, step, look } = room();
      const mover = world.spawn("mover", {});
      for (const [vx, vy] of turns) {
        mover.vx = vx;
        mover.vy = vy;
        for (let i = 0; i < 4; i++) step();
        // Whether it was asked for every now and then or never before must make no difference.
        if (isAsked) look(world.tick - 6);
      }
      const seen = look(world.tick - back);
      if (!seen.locate(0, world.tick - back, at)) return;
      const edge = 1e-9;
      const low = Float64Array.from(at, (value) => value - edge);
      const high = Float64Array.from(at, (value) => value + edge);
      expect(seen.mayTouch(0, low, high)).toBe(true);
      expect(seen.mayTouch(0, Float64Array.of(101, 101, 0), Float64Array.of(150, 150, 0))).toBe(false);
    }),
    { numRuns: 60 },
  );
});
