import {
  bool,
  button,
  entity,
  type EntityOf,
  enumeration,
  event,
  type EventsOf,
  input,
  type Inputs,
  position,
  uint,
  velocity,
  type World,
} from "@tidelock/shared";
import { BODY_HALF_WIDTH, FULL_HEALTH, HALF_STAGE, ROUNDS_TO_WIN } from "./rules.ts";

/** A moment, as the number of its tick: it costs nothing to send while it waits. */
const moment = uint({ max: 2 ** 29 });

const states = [
  "idle",
  "walk",
  "retreat",
  "crouch",
  "dash",
  "backdash",
  "crouchJump",
  "air",
  "land",
  "light",
  "low",
  "heavy",
  "sweep",
  "airLight",
  "airHeavy",
  "special",
  "hurt",
  "guard",
  "lowGuard",
  "reel",
  "down",
  "rise",
  "beaten",
  "cheer",
] as const;
export type State = (typeof states)[number];

export type Wish = "nothing" | "light" | "heavy" | "special" | "dash" | "jump";

const edge = HALF_STAGE + BODY_HALF_WIDTH;
const placeX = position({ min: -edge, max: edge, grid: 1 / 4096 });

const fighter = entity(
  {
    /** 0 begins on the left, 1 on the right. */
    side: uint({ max: 1 }),
    x: placeX,
    /** Height of the feet above the floor. */
    y: position({ min: 0, max: 4, grid: 1 / 4096 }),
    vx: velocity("x", { max: 16 }),
    vy: velocity("y", { max: 24 }),
    facesRight: bool({ initial: true }),
    state: enumeration(states),
    /** When the state began, put off by every stop since: see `frameOf`. */
    since: moment,
    /** Until when the fighter is stopped by an impact, and then stunned. */
    stopsUntil: moment,
    stunnedUntil: moment,
    health: uint({ max: FULL_HEALTH, initial: FULL_HEALTH }),
    /** Hits taken in a row without a chance to act. */
    combo: uint({ max: 99 }),
    /** Whether the attack under way has made contact: it hits once. */
    spent: bool(),
    /** The buttons held in the last tick, as bits: a press is what was not held before. */
    held: uint({ max: 255 }),
    /** The last press that could not act at once, and how long it may still. */
    wish: enumeration(["nothing", "light", "heavy", "special", "dash", "jump"]),
    wishUntil: moment,
    wins: uint({ max: ROUNDS_TO_WIN }),
    /** Wants to fight again. */
    ready: bool(),
    /** What a fighter without a player is up to, and until when. */
    plan: enumeration(["approach", "keepAway", "waitAndSee", "rush", "shoot", "leap"]),
    planUntil: moment,
  },
  { predicted: "everyone" },
);

/** It flies at one height: `FIREBALL_HEIGHT`. */
const fireball = entity(
  {
    side: uint({ max: 1 }),
    x: placeX,
    vx: velocity("x", { max: 16 }),
  },
  { predicted: "everyone" },
);

const match = entity(
  {
    phase: enumeration(["waiting", "intro", "fight", "knockOut", "over"]),
    endsAt: moment,
    round: uint({ max: 15 }),
    /** Who won the round, or in the end the match. */
    winner: enumeration(["nobody", "left", "right"]),
  },
  { predicted: "everyone" },
);

export const entities = { fighter, fireball, match };

export const controls = input({
  left: button(),
  right: button(),
  up: button(),
  down: button(),
  light: button(),
  heavy: button(),
  special: button(),
  dash: button(),
});

/** `side` is the one it happens to. Places are in metres. */
interface Contact {
  readonly side: number;
  readonly heavy: boolean;
  readonly x: number;
  readonly y: number;
}

export const events = {
  hit: event<Contact & { readonly combo: number }>(),
  block: event<Contact>(),
  fire: event<{ readonly side: number }>(),
  burst: event<{ readonly x: number; readonly y: number }>(),
  land: event<{ readonly side: number; readonly hard: boolean }>(),
  leap: event<{ readonly side: number }>(),
  swing: event<{ readonly side: number; readonly heavy: boolean }>(),
  knockOut: event<{ readonly side: number; readonly round: number }>(),
  round: event<{ readonly round: number }>(),
  begin: event<{ readonly round: number }>(),
};

export type DuelEvents = EventsOf<typeof events>;
export type DuelWorld = World<typeof entities, DuelEvents>;
export type DuelInputs = Inputs<typeof controls.fields>;
export type Fighter = EntityOf<typeof entities, "fighter">;
export type Match = EntityOf<typeof entities, "match">;
