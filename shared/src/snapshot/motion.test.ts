import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Vector2 } from "../schema/vector-field.ts";
import {
  angle,
  angularVelocity,
  defineGame,
  entity,
  type EntityType,
  input,
  ownerOnly,
  position2d,
  quaternion,
  rotateQuaternion,
  uint,
  velocity,
  velocity2d,
} from "../index.ts";
import { difference, MotionModel } from "./motion.ts";

const at = position2d({ min: -10, max: 10, grid: 1 / 256 });
const going = velocity2d("at", { max: 40, slowest: 0.2 });

function thrust(self: { at: Vector2; going: Vector2; fuel: number }, dt: number): void {
  self.going.y -= 10 * dt;
  if (self.fuel > 0) self.going.x += 1;
  self.fuel -= 1;
  self.at.x += self.going.x * dt;
  self.at.y += self.going.y * dt;
}

const game = defineGame({
  name: "motions",
  tickRate: 30,
  entities: {
    mover: entity({ at, going }),
    needle: entity({ heading: angle({ bits: 8 }), rate: velocity("heading", { max: 20, slowest: 1 }) }),
    top: entity({ turn: quaternion({ bits: 18 }), spin: angularVelocity("turn", { max: 8 }) }),
    rocket: entity({ at, going, fuel: ownerOnly(uint({ max: 50, initial: 3 })) }, { motion: thrust }),
    liar: entity(
      { at },
      {
        motion(self) {
          self.at.x = NaN;
          self.at.y += 100;
        },
      },
    ),
  },
  input: input({}),
  step: () => {},
});

function typeOf(name: string): EntityType {
  const type = game.types.find((type) => type.name === name);
  if (type === undefined) throw new Error(name);
  return type;
}

/** Any state of a type, within its columns' ranges. */
function states(type: EntityType): fc.Arbitrary<Int32Array> {
  return fc
    .tuple(...type.columns.map(({ lowest, highest }) => fc.integer({ min: lowest, max: highest })))
    .map((values) => Int32Array.from(values));
}

function advanced(type: EntityType, state: Int32Array, ticks: number): number[] {
  const copy = Int32Array.from(state);
  new MotionModel(type).advance(copy, ticks);
  return [...copy];
}

describe("the motion of a kind of entity", () => {
  test.each(game.types.map((type) => ({ name: type.name, type })))(
    "of $name leads to the same place in one leap as tick by tick, within its ranges",
    ({ type }) => {
      fc.assert(
        fc.property(states(type), fc.integer({ min: 0, max: 64 }), (state, ticks) => {
          const leap = advanced(type, state, ticks);
          const walk = Int32Array.from(state);
          for (let i = 0; i < ticks; i++) new MotionModel(type).advance(walk, 1);
          expect(leap).toEqual([...walk]);
          for (const { index, lowest, highest } of type.columns) {
            expect(leap[index]).toBeGreaterThanOrEqual(lowest);
            expect(leap[index]).toBeLessThanOrEqual(highest);
          }
        }),
      );
    },
  );

  test("stops at the end of a range and goes round a circle", () => {
    expect(advanced(typeOf("mover"), Int32Array.of(2550, 0, 100, -7), 3)).toEqual([2560, -21, 100, -7]);
    expect(advanced(typeOf("needle"), Int32Array.of(120, 5), 3)).toEqual([-121, 5]);
  });

  test("turns a rotation to the bit as a world does that turns it once per tick", () => {
    const world = game.createWorld();
    const top = world.spawn("top", {
      spin: { x: 1, y: -2, z: 3 },
      turn: { x: 0.1, y: 0.2, z: -0.5, w: 0.7 },
    });
    const { quantised } = world.tables[typeOf("top").index];
    const step = (): void => {
      const { x, y, z } = top.spin;
      rotateQuaternion(top.turn, x, y, z, world.dt);
    };
    world.advance(1, step);
    const state = Int32Array.from(quantised, (column) => column[0]);
    for (let tick = 2; tick <= 20; tick++) world.advance(tick, step);
    expect(advanced(typeOf("top"), state, 19)).toEqual(quantised.map((column) => column[0]));
  });

  test("that a game declares sees a field for some only as new at every tick, and cannot change it", () => {
    const rocket = typeOf("rocket");
    const first = advanced(rocket, Int32Array.of(0, 0, 0, 0, 50), 30);
    expect(first[4]).toBe(50);
    expect(advanced(rocket, Int32Array.of(0, 0, 0, 0, 0), 30).slice(0, 4)).toEqual(first.slice(0, 4));
  });

  test("that a game declares changes nothing where it gives no number", () => {
    expect(advanced(typeOf("liar"), Int32Array.of(5, 0), 1)).toEqual([5, 2560]);
  });
});

describe("the difference of two values", () => {
  test("is the short way round for angles", () => {
    const [heading] = typeOf("needle").columns;
    expect(difference(heading, 127, -128)).toBe(1);
    expect(difference(heading, -128, 127)).toBe(-1);
    expect(difference(typeOf("mover").columns[0], -5, 7)).toBe(12);
  });
});
