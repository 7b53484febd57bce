import {
  axis,
  button,
  entity,
  type EntityOf,
  enumeration,
  event,
  type EventsOf,
  input,
  type Inputs,
  uint,
  type World,
} from "@tidelock/shared";
import { bodyFields2d } from "@tidelock/shared/rapier2d";
import { FULL_TANK, MOST_GOALS } from "./rules.ts";

/** State lies on steps of a quarter of a millimetre. Everybody predicts everything, so nobody is sent less. */
const body = bodyFields2d({ min: -32, max: 32, grid: 1 / 4096, maxSpeed: 60 });

/** A moment, as the number of its tick: unlike a countdown it stays the same, and so costs nothing to send, while it waits. */
const moment = uint({ max: 2 ** 29 });

export const TEAMS = ["left", "right"] as const;
export type Team = (typeof TEAMS)[number];

const craft = entity(
  {
    ...body,
    team: enumeration(TEAMS),
    /** Which of the team's kick-off spots is its own. */
    spot: uint({ max: 3 }),
    tank: uint({ max: FULL_TANK, initial: FULL_TANK }),
    boosting: enumeration(["off", "on"]),
  },
  { predicted: "everyone" },
);

const ball = entity(
  {
    ...body,
    /** The player who touched it last, 0 for nobody since kick-off. */
    touchedBy: uint({ max: 16383 }),
  },
  { predicted: "everyone" },
);

/** Something to push around. */
const crate = entity({ ...body }, { predicted: "everyone" });

/** There is one: the score, and what is going on. */
const match = entity(
  {
    phase: enumeration(["waiting", "countdown", "play", "cheer", "final"]),
    phaseEndsAt: moment,
    left: uint({ max: MOST_GOALS }),
    right: uint({ max: MOST_GOALS }),
    /** Ticks of play that are left; the clock stands still while nobody plays. */
    ticksLeft: moment,
  },
  { predicted: "everyone" },
);

export const entities = { match, ball, craft, crate };

/** What a player does in one tick. */
export const controls = input({ moveX: axis(), moveY: axis(), boost: button() });

export interface Goal {
  readonly team: Team;
  /** The player number of the last to touch the ball, 0 for nobody. */
  readonly by: number;
  readonly x: number;
  readonly y: number;
}

export interface Bump {
  readonly x: number;
  readonly y: number;
  /** Change of the ball's speed, in metres per second. */
  readonly strength: number;
}

export const events = {
  goal: event<Goal>(),
  bump: event<Bump>(),
  whistle: event<{ readonly end: boolean }>(),
};

export type PuckWorld = World<typeof entities, EventsOf<typeof events>>;
export type PuckInputs = Inputs<typeof controls.fields>;
export type Craft = EntityOf<typeof entities, "craft">;
export type Ball = EntityOf<typeof entities, "ball">;
export type Match = EntityOf<typeof entities, "match">;
