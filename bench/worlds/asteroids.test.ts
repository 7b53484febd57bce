import { describe, expect, it } from "vitest";
import {
  ASTEROID_COUNT,
  Asteroids,
  FARTHEST,
  FIELD_RADIUS,
  GRID_PER_UNIT,
  SPEED_MAX,
  SPEED_MIN,
  TICK_RATE,
} from "./asteroids.ts";
import { createAsteroids } from "./asteroids-game.ts";

const TICKS = 600;

function run(seed: number, look: (field: Asteroids, tick: number) => void = () => undefined): Asteroids {
  const field = new Asteroids(seed);
  for (let tick = 0; tick < TICKS; tick++) {
    field.step();
    look(field, tick);
  }
  return field;
}

function length(...parts: number[]): number {
  return Math.hypot(...parts);
}

describe("the asteroid field", () => {
  it("is the same field for the same seed and another for another seed", () => {
    const [one, same, other] = [7, 7, 8].map((seed) => run(seed));
    expect(same.position).toEqual(one.position);
    expect(same.rotation).toEqual(one.rotation);
    expect(other.position).not.toEqual(one.position);
  });

  it("keeps everybody between 1 and 4 units per second and near the field", () => {
    let outside = 0;
    run(1, ({ position, velocity }) => {
      for (let i = 0; i < ASTEROID_COUNT; i++) {
        const distance = length(...position.map((axis) => axis[i])) / GRID_PER_UNIT;
        if (distance > FARTHEST) throw new Error(`${i} is ${distance} from the centre`);
        const isOutside = distance > FIELD_RADIUS;
        if (isOutside) outside++;
        const speed = (length(...velocity.map((axis) => axis[i])) * TICK_RATE) / GRID_PER_UNIT;
        // Outside the field it slows down to turn; just back in it may have won or lost a little.
        const slowest = isOutside ? 0 : SPEED_MIN * 0.8;
        if (speed < slowest || speed > SPEED_MAX * 1.1) throw new Error(`${i} at ${speed}`);
      }
    });
    expect(outside).toBeGreaterThan(0);
    expect(outside / (ASTEROID_COUNT * TICKS)).toBeLessThan(0.1);
  });

  it("flies straight most of the time and collides every now and then", () => {
    let straight = 0;
    let spins = 0;
    let before = new Asteroids(2);
    const copy = ({ velocity, spin }: Asteroids) => ({
      velocity: velocity.map((axis) => axis.slice()),
      spin: spin.slice(),
    });
    let last = copy(before);
    before = run(2, (field) => {
      for (let i = 0; i < ASTEROID_COUNT; i++) {
        if (field.velocity.every((axis, a) => axis[i] === last.velocity[a][i])) straight++;
        if (field.spin[i * 3] !== last.spin[i * 3]) spins++;
      }
      last = copy(field);
    });
    expect(straight / (ASTEROID_COUNT * TICKS)).toBeGreaterThan(0.9);
    expect(spins).toBeGreaterThan(10);
  });

  it("turns by the spin, with rotations that stay rotations", () => {
    const { rotation } = run(3);
    for (let i = 0; i < ASTEROID_COUNT; i++)
      expect(length(...rotation.subarray(i * 4, i * 4 + 4))).toBeCloseTo(1, 12);
  });

  it("is stored with steps of 0.001 of a rotation's components at most", () => {
    const source = new Asteroids(4);
    const { world, step } = createAsteroids(4, 0);
    for (let tick = 0; tick < 30; tick++) {
      step();
      source.step();
      const [table] = world.tables;
      const first = table.type.properties.findIndex(({ name }) => name === "rotation");
      const { first: column } = table.type.properties[first];
      for (let i = 0; i < ASTEROID_COUNT; i++) {
        const truth = source.rotation.subarray(i * 4, i * 4 + 4);
        const stored = [0, 1, 2, 3].map((part) => table.values[column + part][i]);
        const sign = Math.sign(stored.reduce((sum, part, at) => sum + part * truth[at], 0));
        // The component left out follows from the other three, whose errors it adds up.
        const worst = Math.max(...stored.map((part, at) => Math.abs(part * sign - truth[at])));
        if (worst > 0.0011) throw new Error(`rotation of ${i} off by ${worst}`);
        for (let axis = 0; axis < 3; axis++) expect(table.quantised[axis][i]).toBe(source.position[axis][i]);
      }
    }
  });
});
