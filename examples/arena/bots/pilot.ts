import type { EntityShown } from "@tidelock/client";
import { lineOfSight } from "@tidelock/shared";
import type { entities } from "../shared/entities.ts";
import { BULLET_SPEED } from "../shared/rules.ts";
import { terrain } from "../shared/terrain.ts";

type Ship = EntityShown<typeof entities.player.fields>;

export interface PilotCommand {
  moveX: number;
  moveY: number;
  aim: number;
  fire: boolean;
}

const SIGHT_METRES = 17;
/** The gun turns this fast, in radians per second: slow enough to be outmanoeuvred. */
const TURN_RATE = 5;
/** The gun fires when it points this near to where it should. */
const FIRE_WITHIN = 0.14;
/** Metres at which a pilot stops closing in, and at which it backs away. */
const COMFORT = 10;
const TOO_NEAR = 5;
const STUCK_METRES_PER_SECOND = 0.8;

/** Plays one ship: wanders, fights whoever is in sight, leads its shots, and misses like a person. */
export class Pilot {
  readonly #command: PilotCommand = { moveX: 0, moveY: 0, aim: 0, fire: false };
  #heading = Math.random() * Math.PI * 2;
  #headingFor = 0;
  #strafe = 1;
  /** How far off this pilot aims, in radians; it drifts. */
  #error = 0;
  #burst = 0;

  steer(me: Ship | undefined, others: readonly Ship[], seconds: number): PilotCommand {
    const command = this.#command;
    command.fire = false;
    command.moveX = command.moveY = 0;
    if (!me || me.hp === 0) return command;
    this.#headingFor -= seconds;
    if (this.#headingFor <= 0) this.#changeMind();
    // Held up by a wall: try another way at once.
    else if (this.#headingFor < 1.2 && Math.hypot(me.vx, me.vy) < STUCK_METRES_PER_SECOND) this.#changeMind();
    const target = nearestInSight(me, others);
    if (target) this.#engage(command, me, target, seconds);
    else this.#wander(command, seconds);
    return command;
  }

  #changeMind(): void {
    this.#heading += (Math.random() - 0.5) * 3.4;
    this.#headingFor = 0.7 + Math.random() * 1.6;
    if (Math.random() < 0.4) this.#strafe = -this.#strafe;
    this.#error = (Math.random() - 0.5) * 0.3;
  }

  #wander(command: PilotCommand, seconds: number): void {
    command.moveX = Math.cos(this.#heading);
    command.moveY = Math.sin(this.#heading);
    turn(command, this.#heading, seconds);
  }

  #engage(command: PilotCommand, me: Ship, target: Ship, seconds: number): void {
    const dx = target.x - me.x;
    const dy = target.y - me.y;
    const distance = Math.hypot(dx, dy);
    const flight = distance / BULLET_SPEED;
    const wanted = Math.atan2(dy + target.vy * flight, dx + target.vx * flight) + this.#error;
    const off = turn(command, wanted, seconds);
    this.#burst = this.#burst > -0.5 ? this.#burst - seconds : 0.5 + Math.random();
    command.fire = this.#burst > 0 && Math.abs(off) < FIRE_WITHIN;
    // Circles its target, closing in from afar and backing off when too near.
    const approach = distance > COMFORT ? 0.8 : distance < TOO_NEAR ? -0.8 : 0;
    command.moveX = (dx / distance) * approach - (dy / distance) * this.#strafe * 0.8;
    command.moveY = (dy / distance) * approach + (dx / distance) * this.#strafe * 0.8;
  }
}

function nearestInSight(me: Ship, others: readonly Ship[]): Ship | undefined {
  let nearest: Ship | undefined;
  let best = SIGHT_METRES;
  for (const other of others) {
    const distance = Math.hypot(other.x - me.x, other.y - me.y);
    if (other.mine || other.condition !== "fighting" || distance >= best || distance === 0) continue;
    if (!lineOfSight(terrain, me.x, me.y, other.x, other.y)) continue;
    best = distance;
    nearest = other;
  }
  return nearest;
}

/** Turns the gun towards `wanted` as fast as it can and returns what is left to turn. */
function turn(command: PilotCommand, wanted: number, seconds: number): number {
  const off = Math.atan2(Math.sin(wanted - command.aim), Math.cos(wanted - command.aim));
  const most = TURN_RATE * seconds;
  command.aim += Math.max(-most, Math.min(most, off));
  return off;
}
