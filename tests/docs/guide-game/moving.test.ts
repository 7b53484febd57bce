import { expect, it } from "vitest";
import { isHidden, moveCar, moveShip, moveWalker, shoot } from "./moving.ts";

const dt = 1 / 60;

it("moves a ship along walls, with the velocity of what happened", () => {
  const ship = { x: 0, y: 1, vx: 3, vy: -6 };
  for (let tick = 0; tick < 60; tick += 1) moveShip(ship, dt);
  expect(ship.y).toBeCloseTo(0.5, 2);
  expect(ship.vy).toBe(0);
  expect(ship.vx).toBeCloseTo(3, 2);
});

it("stops a car by its turned corner", () => {
  const car = { x: 0, y: 5, heading: Math.PI / 4 };
  for (let tick = 0; tick < 60; tick += 1) moveCar(car, 0, -0.2);
  expect(car.y).toBeCloseTo(Math.sqrt(4.5), 2);
});

it("tells how far shots go", () => {
  expect(shoot(-10, 3, 20, 0)).toEqual({ reach: 0.1, pierced: 2 });
  expect(shoot(-10, 9, 20, 0)).toEqual({ reach: 1, pierced: 0 });
});

it("walks over steps and up a ramp, and jumps", () => {
  const walker = { x: 0, y: 0.91, z: 0, vy: 0, grounded: true };
  for (let tick = 0; tick < 120; tick += 1) moveWalker(walker, 3, 0, false, dt);
  expect(walker.x).toBeCloseTo(6, 1);
  expect(walker.y).toBeCloseTo(1.5, 2);
  for (let tick = 0; tick < 270; tick += 1) moveWalker(walker, -3, 0, false, dt);
  expect(walker.y).toBeGreaterThan(2);
  moveWalker(walker, 0, 0, true, dt);
  expect(walker.grounded).toBe(false);
});

it("hides walkers behind a column", () => {
  const at = (x: number, z: number) => ({ x, y: 1, z, vy: 0, grounded: true });
  expect(isHidden(at(0, 3), at(0, 9))).toBe(true);
  expect(isHidden(at(2, 3), at(2, 9))).toBe(false);
});
