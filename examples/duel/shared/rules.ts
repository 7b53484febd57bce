/** The numbers that make the game feel as it does. Distances in metres, times in ticks of 1/60 s unless named. */

export const TICK_RATE = 60;
export const FIGHTERS = 2;

/** From the middle of the stage to its walls. */
export const HALF_STAGE = 7;
/** Fighters are never further apart: both always fit on the screen. */
export const WIDEST_GAP = 7.5;
export const START_X = 1.8;
export const BODY_HALF_WIDTH = 0.4;

/** Metres per second. */
export const WALK_SPEED = 3.1;
export const RETREAT_SPEED = 2.5;
export const JUMP_SPEED = 9.6;
export const JUMP_DRIFT = 3.4;
/** Metres per second, per second: a jump takes three quarters of a second and reaches 1.8 m. */
export const GRAVITY = 26;
/** What remains of a push after each tick on the ground, and below which speed it ends. */
export const GROUND_FRICTION = 0.84;
export const SLOWEST_SLIDE = 0.15;

export const FULL_HEALTH = 1000;
/** Percent of its damage that a hit does, by its place in a combo; the last goes for all further ones. */
export const COMBO_SCALING = [100, 100, 85, 70, 55, 45, 35];
/** Percent of its damage that a blocked projectile does. */
export const CHIP_PERCENT = 12;

/** A button pressed this long before it can act still acts: nobody hits a single tick on purpose. */
export const BUFFER_TICKS = 6;

export const FIREBALL_SPEED = 6.2;
export const FIREBALL_HALF_SIZE = 0.24;
export const FIREBALL_HEIGHT = 1.12;

export const ROUNDS_TO_WIN = 2;
export const ROUND_TICKS = 60 * TICK_RATE;
export const INTRO_TICKS = 1.6 * TICK_RATE;
export const KNOCK_OUT_TICKS = 2.6 * TICK_RATE;
