import { cos, sin } from "@tidelock/shared";

/** What moves a boat: the same fields whatever their precision. */
export interface Sailing {
  x: number;
  y: number;
  vx: number;
  vy: number;
  heading: number;
  turn: number;
  throttle: number;
}

const THRUST = 6;
/** Part of the speed that the water takes in a second. */
const DRAG = 0.8;
/** Units from the middle to each side. */
export const SEA = 256;

/** One tick of a boat that nobody steers anew: what its step does, and what it declares as its motion. */
export function sail(boat: Sailing, dt: number): void {
  boat.heading += boat.turn * dt;
  boat.vx += (cos(boat.heading) * boat.throttle * THRUST - boat.vx * DRAG) * dt;
  boat.vy += (sin(boat.heading) * boat.throttle * THRUST - boat.vy * DRAG) * dt;
  if (Math.abs(boat.x) > SEA - 8 && boat.x * boat.vx > 0) boat.vx = -boat.vx;
  if (Math.abs(boat.y) > SEA - 8 && boat.y * boat.vy > 0) boat.vy = -boat.vy;
  boat.x += boat.vx * dt;
  boat.y += boat.vy * dt;
}
