import type { State } from "./entities.ts";

export type Posture = "standing" | "crouching" | "air" | "down";
/** A low attack must be guarded crouching, a high one standing, a mid one either way. */
export type Height = "low" | "mid" | "high";

/** A box relative to the feet of a fighter who faces right. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}

export interface Attack {
  /** Ticks before it can hit; ticks in which it hits. What is left of the move is recovery. */
  readonly startup: number;
  readonly active: number;
  readonly height: Height;
  readonly damage: number;
  readonly hitStun: number;
  readonly blockStun: number;
  /** Ticks for which both stand still at the moment of impact. */
  readonly stop: number;
  /** Metres per second at which the victim is pushed away. */
  readonly push: number;
  /** Metres per second upwards: takes the victim off its feet. */
  readonly launch?: number;
  readonly box: Box;
  /** What may follow at once when it has made contact. */
  readonly cancels: readonly State[];
}

export interface Move {
  /** How long it takes; 0: until something else begins. */
  readonly ticks: number;
  /** What comes after it. */
  readonly next: State;
  readonly posture: Posture;
  /** Whether anything new may begin, and one may guard. */
  readonly free?: boolean;
  /** Metres per second towards where the fighter faces. */
  readonly speed?: number;
  /** From the first to, without, the second of these ticks nothing hits. */
  readonly untouchable?: readonly [number, number];
  readonly attack?: Attack;
  /** The tick in which a fireball leaves the hands. */
  readonly fires?: number;
}

const box = (left: number, right: number, bottom: number, top: number): Box => ({ left, right, bottom, top });

/** Every state of a fighter. The rules are the same for all of them; what differs stands here. */
export const moves: Readonly<Record<State, Move>> = {
  idle: { ticks: 0, next: "idle", posture: "standing", free: true },
  walk: { ticks: 0, next: "idle", posture: "standing", free: true },
  retreat: { ticks: 0, next: "idle", posture: "standing", free: true },
  crouch: { ticks: 0, next: "idle", posture: "crouching", free: true },
  dash: { ticks: 15, next: "idle", posture: "standing", speed: 7.4 },
  backdash: { ticks: 18, next: "idle", posture: "standing", speed: -5.6, untouchable: [0, 7] },
  crouchJump: { ticks: 3, next: "air", posture: "standing" },
  air: { ticks: 0, next: "land", posture: "air" },
  land: { ticks: 3, next: "idle", posture: "standing" },

  light: {
    ticks: 15,
    next: "idle",
    posture: "standing",
    attack: {
      startup: 4,
      active: 3,
      height: "mid",
      damage: 42,
      hitStun: 16,
      blockStun: 11,
      stop: 6,
      push: 3.2,
      box: box(0.2, 1.05, 0.95, 1.5),
      cancels: ["light", "low", "heavy", "sweep", "special"],
    },
  },
  low: {
    ticks: 16,
    next: "crouch",
    posture: "crouching",
    attack: {
      startup: 5,
      active: 3,
      height: "low",
      damage: 38,
      hitStun: 16,
      blockStun: 11,
      stop: 6,
      push: 3,
      box: box(0.2, 1.1, 0, 0.5),
      cancels: ["light", "low", "heavy", "sweep", "special"],
    },
  },
  heavy: {
    ticks: 36,
    next: "idle",
    posture: "standing",
    speed: 1.4,
    attack: {
      startup: 14,
      active: 4,
      height: "high",
      damage: 115,
      hitStun: 24,
      blockStun: 15,
      stop: 11,
      push: 5.2,
      box: box(0.2, 1.3, 0.5, 1.95),
      cancels: ["special"],
    },
  },
  sweep: {
    ticks: 33,
    next: "crouch",
    posture: "crouching",
    attack: {
      startup: 8,
      active: 3,
      height: "low",
      damage: 85,
      hitStun: 20,
      blockStun: 12,
      stop: 9,
      push: 2.6,
      launch: 3.4,
      box: box(0.2, 1.45, 0, 0.4),
      cancels: ["special"],
    },
  },
  airLight: {
    ticks: 0,
    next: "land",
    posture: "air",
    attack: {
      startup: 4,
      active: 8,
      height: "high",
      damage: 50,
      hitStun: 17,
      blockStun: 11,
      stop: 7,
      push: 3,
      box: box(0.05, 0.85, 0.3, 1.05),
      cancels: [],
    },
  },
  airHeavy: {
    ticks: 0,
    next: "land",
    posture: "air",
    attack: {
      startup: 8,
      active: 5,
      height: "high",
      damage: 95,
      hitStun: 21,
      blockStun: 14,
      stop: 10,
      push: 4,
      box: box(0, 1.1, 0.05, 1.15),
      cancels: [],
    },
  },
  special: { ticks: 42, next: "idle", posture: "standing", fires: 13 },

  hurt: { ticks: 0, next: "idle", posture: "standing" },
  guard: { ticks: 0, next: "idle", posture: "standing" },
  lowGuard: { ticks: 0, next: "crouch", posture: "crouching" },
  reel: { ticks: 0, next: "down", posture: "air" },
  down: { ticks: 34, next: "rise", posture: "down" },
  rise: { ticks: 16, next: "idle", posture: "down" },
  beaten: { ticks: 0, next: "beaten", posture: "down" },
  cheer: { ticks: 0, next: "cheer", posture: "standing" },
};

/** What a fireball does to whom it meets. */
export const fireballAttack: Attack = {
  startup: 0,
  active: 0,
  height: "mid",
  damage: 75,
  hitStun: 21,
  blockStun: 15,
  stop: 8,
  push: 4.4,
  box: box(0, 0, 0, 0),
  cancels: [],
};

/** Where a fighter can be hit. */
export const hurtBoxes: Readonly<Record<Posture, Box>> = {
  standing: box(-0.32, 0.36, 0, 1.75),
  crouching: box(-0.34, 0.4, 0, 1.12),
  air: box(-0.34, 0.36, 0.25, 1.65),
  down: box(0, 0, 0, 0),
};
