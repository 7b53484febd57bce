import { atan2, wrapAngle } from "@tidelock/shared";
import type { Craft, PuckInputs, PuckWorld } from "./entities.ts";
import { BOOST_THRUST, CREEP, DRAG, FULL_TANK, REFILL_EVERY_TICKS, THRUST, TURN_RATE } from "./rules.ts";

/** Turns what the players hold into the speed of their crafts; what they run into is up to the engine. */
export function drive(world: PuckWorld, inputs: PuckInputs): void {
  for (const craft of world.all("craft")) {
    const { moveX, moveY, boost } = inputs.of(craft);
    const length = Math.sqrt(moveX * moveX + moveY * moveY);
    // Two keys at once point at a corner of the square, 1.4 long: a diagonal is not a way to be faster.
    const scale = length > 1 ? 1 / length : 1;
    const isBoosting = burn(craft, boost && length > 0, world.tick);
    const thrust = (isBoosting ? THRUST + BOOST_THRUST : THRUST) * scale * world.dt;
    const kept = 1 - DRAG * world.dt;
    craft.vx = craft.vx * kept + moveX * thrust;
    craft.vy = craft.vy * kept + moveY * thrust;
    if (length > 0) turn(craft, atan2(moveY, moveX), TURN_RATE * world.dt);
    // A share of so little is less than a step of the speed's grid, and would never end.
    else if (Math.abs(craft.vx) + Math.abs(craft.vy) < CREEP) craft.vx = craft.vy = 0;
  }
}

/** Takes a tick's boost from the tank, or puts some back. */
function burn(craft: Craft, isWanted: boolean, tick: number): boolean {
  const isBoosting = isWanted && craft.tank > 0;
  if (isBoosting) craft.tank--;
  else if (craft.tank < FULL_TANK && tick % REFILL_EVERY_TICKS === 0) craft.tank++;
  craft.boosting = isBoosting ? "on" : "off";
  return isBoosting;
}

function turn(craft: Craft, towards: number, most: number): void {
  const left = wrapAngle(towards - craft.angle);
  craft.angle = wrapAngle(craft.angle + Math.max(-most, Math.min(most, left)));
}
