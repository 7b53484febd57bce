import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  angularVelocity,
  type Column,
  defineGame,
  entity,
  type EntityType,
  input,
  position2d,
  quaternion,
  Rng,
  rotateQuaternion,
  teamOnly,
  uint,
  type Vector2,
  velocity2d,
} from "../index.ts";
import { type TableHistory, WorldHistory } from "./history.ts";
import { isRotationNear } from "./lattice.ts";
import { type DetailLevel, EXACT, FAR, isSent, SHOWN } from "./level.ts";
import { MotionModel } from "./motion.ts";

const SHOWN_STEPS = 16;
const COARSER = 4;
const EVERY = 3;
const place = { min: -10, max: 10.3, grid: 1 / 256, shown: SHOWN_STEPS / 256 };
const fields = {
  at: position2d(place),
  going: velocity2d("at", { max: 40, slowest: 0.2 }),
  turn: quaternion({ bits: 14, shown: 9 }),
  spin: angularVelocity("turn", { max: 8 }),
  hp: uint({ max: 100 }),
  goal: teamOnly(position2d(place)),
  drift: teamOnly(velocity2d("goal", { max: 40, slowest: 0.2 })),
  look: teamOnly(quaternion({ bits: 10 })),
};
const far = { every: EVERY, coarser: COARSER };

function fall(self: { at: Vector2; going: Vector2 }, dt: number): void {
  self.going.y -= 9.81 * dt;
  self.at.x += self.going.x * dt;
  self.at.y += self.going.y * dt;
}

const game = defineGame({
  name: "tracks",
  tickRate: 30,
  entities: {
    free: entity(fields, { far }),
    falling: entity(fields, { motion: fall, far }),
    // Nothing but the track in question keeps these from counting as at rest.
    heavy: entity(fields, { motion: fall, predicted: "nobody" }),
    loose: entity(fields, { predicted: "nobody" }),
  },
  input: input({}),
  step(world) {
    for (const name of ["free", "falling"] as const)
      for (const one of world.all(name)) {
        const random = world.random(one);
        // Half of them rest for long, some against what their motion says.
        if (random.float() < 0.02) one.hp = random.int(3);
        if (one.hp === 0) continue;
        if (random.float() < 0.1) one.going = { x: random.range(-9, 9), y: random.range(-9, 9) };
        if (random.float() < 0.1) one.drift = { x: random.range(-9, 9), y: 0 };
        if (random.float() < 0.05) one.turn = { x: random.float() - 0.5, y: 1, z: random.float(), w: 1 };
        if (random.float() < 0.05) one.look = { x: random.float() - 0.5, y: 1, z: random.float(), w: 1 };
        if (random.float() < 0.05) one.spin = { x: random.range(-2, 2), y: 0, z: random.range(-2, 2) };
        one.at.x += one.going.x * world.dt;
        one.at.y += one.going.y * world.dt;
        one.goal.x += one.drift.x * world.dt;
        rotateQuaternion(one.turn, one.spin.x, one.spin.y, one.spin.z, world.dt);
        if (random.float() < 0.005) world.despawn(one);
        else if (random.float() < 0.015) world.spawn(name, { owner: 1, hp: 2, going: { x: 1, y: 2 } });
      }
  },
});

const LEVELS: DetailLevel[] = [SHOWN, EXACT, FAR].flatMap((track) => [track, track | 4, track | 8]);

function row(history: TableHistory, slot: number, level: DetailLevel, tick: number): Int32Array {
  const state = new Int32Array(history.type.columns.length);
  history.load(slot, tick, level, state);
  return state;
}

function expected(type: EntityType, from: Int32Array, ticks: number): Int32Array {
  const state = Int32Array.from(from);
  MotionModel.of(type).advance(state, ticks);
  return state;
}

/** The columns that clients of a level get. */
function sent(type: EntityType, state: Int32Array, level: DetailLevel): number[] {
  return type.columns.filter((column) => isSent(column, level)).map(({ index }) => state[index]);
}

/** Plays the game and calls back after each tick for each entity, with the tick at which it came. */
function play(
  seed: number,
  ticks: number,
  visit: (history: TableHistory, slot: number, tick: number, since: number) => void,
): void {
  const world = game.createWorld();
  world.seed = seed;
  for (let i = 0; i < 12; i++) world.spawn(i % 2 === 0 ? "free" : "falling", { owner: 1, hp: i % 3 });
  const history = new WorldHistory(world);
  const since = new Map<number, number>();
  for (let tick = 1; tick <= ticks; tick++) {
    game.step(world, tick, game.createInputs());
    history.record(tick);
    for (const each of history.tables)
      for (const slot of each.table.order.subarray(0, each.table.count)) {
        const id = each.table.ids[slot];
        if (!since.has(id)) since.set(id, tick);
        visit(each, slot, tick, since.get(id) ?? tick);
      }
  }
}

describe("the tracks of a history", () => {
  test("are where the motion leads since the last surprise, for every level, and surprises are known", () => {
    fc.assert(
      fc.property(fc.nat(1000), (seed) => {
        const random = new Rng(seed);
        play(seed, 150, (history, slot, tick, since) => {
          const base = Math.max(since, tick - 63, tick - 1 - random.int(63));
          for (const level of LEVELS) {
            const surprised = history.surprisedAt(slot, level);
            expect(surprised).toBeGreaterThanOrEqual(since);
            const from = Math.max(base, Math.min(surprised, tick));
            const foretold = expected(history.type, row(history, slot, level, from), tick - from);
            expect(sent(history.type, foretold, level)).toEqual(
              sent(history.type, row(history, slot, level, tick), level),
            );
          }
        });
      }),
      { numRuns: 3 },
    );
  });

  test("are exact, or within half a shown step, or from far within the tolerance when looked at", () => {
    fc.assert(
      fc.property(fc.nat(1000), (seed) => {
        play(seed, 150, (history, slot, tick) => {
          const { table, type } = history;
          const truth = Int32Array.from(table.quantised, (column) => column[slot]);
          expect(row(history, slot, EXACT, tick)).toEqual(truth);
          const check = (level: DetailLevel, tolerance: (column: Column) => number): void => {
            const state = row(history, slot, level, tick);
            for (const column of type.columns) {
              if (!/at|goal|hp/.test(column.name)) continue;
              const off = Math.abs(state[column.index] - truth[column.index]);
              expect(off).toBeLessThanOrEqual(tolerance(column));
            }
            for (const { first } of type.rotations) {
              const part = type.columns[first + 1];
              const isNear = isRotationNear(
                state,
                table.quantised,
                first,
                slot,
                part.highest,
                tolerance(part),
              );
              expect(isNear).toBe(true);
            }
          };
          check(SHOWN, ({ shownSteps }) => shownSteps >> 1);
          if ((tick + slot) % EVERY === 0)
            check(FAR, ({ shownSteps }) => (shownSteps === 1 ? 2 : (shownSteps * COARSER) >> 1));
        });
      }),
      { numRuns: 3 },
    );
  });
});

describe("a track", () => {
  /** A lone entity whose world never moves it, whatever its motion says. */
  function still(name: "free" | "heavy" | "loose", values: object) {
    const world = game.createWorld();
    world.spawn(name, { owner: 1, hp: 0, ...values });
    const history = new WorldHistory(world);
    const table = history.tables.find(({ type }) => type.name === name);
    if (table === undefined) throw new Error(name);
    for (let tick = 1; tick <= 200; tick++) {
      world.advance(tick, () => {});
      history.record(tick);
    }
    return (level: DetailLevel) => table.surprisedAt(0, level);
  }

  test("goes on being surprised by what its motion would have moved and nothing has", () => {
    expect(still("heavy", {})(SHOWN)).toBe(200);
    expect(still("loose", { spin: { x: 0, y: 1, z: 0 } })(SHOWN)).toBe(200);
    // The track may be off by half a shown step until it is put right.
    expect(still("loose", { going: { x: 3, y: 0 } })(SHOWN)).toBeGreaterThan(195);
    expect(still("free", { going: { x: 3, y: 0 } })(EXACT)).toBe(200);
    expect(still("free", { going: { x: 3, y: 0 } })(FAR)).toBeGreaterThan(180);
  });

  test("is not surprised by what rests at the end of its range, or between two rotations", () => {
    const quarter = { x: 1, y: 0, z: 0, w: 1 };
    for (const level of [SHOWN, EXACT, FAR])
      expect(still("free", { at: { x: 10.3, y: -10 }, turn: quarter })(level)).toBe(1);
  });
});
