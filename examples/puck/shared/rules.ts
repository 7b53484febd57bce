/** The numbers that make the game feel as it does. Distances in metres, times in ticks of 1/60 s unless named. */

export const TICK_RATE = 60;
export const MAX_PLAYERS = 8;
export const PLAYERS_PER_TEAM = MAX_PLAYERS / 2;

/** Half the pitch: goal lines lie at x = -+20, side lines at y = -+12. */
export const HALF_LENGTH = 20;
export const HALF_WIDTH = 12;
export const HALF_GOAL = 3.5;
export const GOAL_DEPTH = 3;
/** Corners are cut off by this much, so that no ball dies in one. */
export const CORNER = 3;

export const CRAFT_RADIUS = 0.8;
export const BALL_RADIUS = 0.7;
export const CRATE_SIDE = 1.1;

/** Metres per second, per second, at full stick; against the drag it makes 12.5 m/s. */
export const THRUST = 30;
/** What boost adds: 20 m/s in the end. */
export const BOOST_THRUST = 18;
/** Share of the speed that the air takes per second. */
export const DRAG = 2.4;
/** Metres per second below which a craft without thrust stands. */
export const CREEP = 0.6;
/** Radians per second that a craft turns towards where it is steered. */
export const TURN_RATE = 14;

/** A full tank. Boosting burns 1 per tick: a second and a half at a time. */
export const FULL_TANK = 90;
/** A tick's worth of boost comes back every so many ticks. */
export const REFILL_EVERY_TICKS = 3;

export const COUNTDOWN_TICKS = 2 * TICK_RATE;
/** The ball is in the net, the crowd cheers, and crafts may still be driven. */
export const CHEER_TICKS = 2.5 * TICK_RATE;
export const MATCH_TICKS = 3 * 60 * TICK_RATE;
/** How long the final score stands before the next match. */
export const FINAL_TICKS = 7 * TICK_RATE;
export const MOST_GOALS = 99;

/** A blow that changes the ball's speed by less, in metres per second, is not worth a sound. */
export const SOFTEST_BUMP = 2;
