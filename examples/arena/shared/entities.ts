import {
  angle,
  axis,
  button,
  entity,
  type EntityOf,
  enumeration,
  event,
  type EventsOf,
  input,
  type Inputs,
  ownerOnly,
  position,
  uint,
  velocity,
  type World,
} from "@tidelock/shared";
import { HALF } from "./map.ts";
import { BULLET_SPEED, FULL_HEALTH, LAG_STEPS, MAGAZINE, MAX_LAG_MS, TICK_RATE, TOP_SPEED } from "./rules.ts";

/** The state lives on steps of a quarter of a millimetre; who only looks is sent steps of 16 mm, half a pixel. */
const place = position({ min: -HALF, max: HALF, grid: 1 / 4096, shown: 1 / 64 });

/** A moment, as the number of its tick: unlike a countdown it stays the same, and so costs nothing to send, while it waits. */
const moment = uint({ max: 2 ** 29 });

const player = entity({
  x: place,
  y: place,
  vx: velocity("x", { max: TOP_SPEED + 1 }),
  vy: velocity("y", { max: TOP_SPEED + 1 }),
  aim: angle({ bits: 12 }),
  hp: uint({ max: FULL_HEALTH, initial: FULL_HEALTH }),
  condition: enumeration(["fighting", "shielded", "sunk"]),
  /** When the condition ends: the respawn of the sunk, the last moment of a shield. */
  conditionEndsAt: ownerOnly(moment),
  healsAt: ownerOnly(moment),
  ammo: ownerOnly(uint({ max: MAGAZINE, initial: MAGAZINE })),
  /** When the gun may fire again; with an empty magazine, when it is full again. */
  gunReadyAt: ownerOnly(moment),
});

const bullet = entity({
  x: place,
  y: place,
  vx: velocity("x", { max: BULLET_SPEED + 2 }),
  vy: velocity("y", { max: BULLET_SPEED + 2 }),
  endsAt: ownerOnly(moment),
  /** How far back its shooter saw the others when it was fired, in 64ths of a tick. */
  lag: ownerOnly(uint({ max: (MAX_LAG_MS / 1000) * TICK_RATE * LAG_STEPS })),
});

export const entities = { player, bullet };

/** What a player does in one tick. `aim` is in radians, clockwise on the screen, 0 to the right. */
export const controls = input({
  moveX: axis(),
  moveY: axis(),
  aim: angle({ bits: 12 }),
  fire: button(),
  reload: button(),
});

export interface Hit {
  /** Player numbers. */
  readonly victim: number;
  readonly by: number;
  readonly damage: number;
  readonly x: number;
  readonly y: number;
}

export interface Kill {
  readonly victim: number;
  readonly by: number;
  readonly x: number;
  readonly y: number;
}

export const events = { hit: event<Hit>(), kill: event<Kill>() };

export type ArenaEvents = EventsOf<typeof events>;
export type ArenaWorld = World<typeof entities, ArenaEvents>;
export type ArenaInputs = Inputs<typeof controls.fields>;
export type Player = EntityOf<typeof entities, "player">;
export type Bullet = EntityOf<typeof entities, "bullet">;
