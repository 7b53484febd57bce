/** The numbers that make the game feel as it does. Distances in metres, times in ticks of 1/60 s unless named. */

export const TICK_RATE = 60;
export const MAX_PLAYERS = 64;

export const PLAYER_RADIUS = 0.5;
/** Metres per second at full stick. */
export const TOP_SPEED = 7;
/** Metres per second, per second: full speed after 0.12 s, so that a key press is felt at once yet has weight. */
export const ACCELERATION = 60;

export const FULL_HEALTH = 100;
export const HIT_DAMAGE = 20;
export const RESPAWN_TICKS = 2 * TICK_RATE;
/** After a respawn nothing hurts for this long, or until the first shot. */
export const SHIELD_TICKS = 1.5 * TICK_RATE;
/** Left alone for this long, a player heals. */
export const HEAL_DELAY_TICKS = 4 * TICK_RATE;
export const HEAL_EVERY_TICKS = 12;
export const HEAL_AMOUNT = 4;

/** Metres per second. A bullet crosses half a screen in two thirds of a second: it can be seen and dodged. */
export const BULLET_SPEED = 30;
export const BULLET_RADIUS = 0.1;
export const BULLET_LIFE_TICKS = TICK_RATE;
/** Bullets leave from here, ahead of the centre: inside the player's own radius, so that no wall is ever skipped. */
export const MUZZLE_DISTANCE = 0.45;
/** A bullet meets ships where its shooter saw them, no further back than this, in milliseconds. */
export const MAX_LAG_MS = 250;
/** Steps per tick in which a bullet remembers how far back its shooter saw. */
export const LAG_STEPS = 64;
/** Who has been behind cover for longer, in milliseconds, is no longer hit where the shooter still sees them. */
export const COVER_MS = 100;
export const FIRE_EVERY_TICKS = 8;
export const MAGAZINE = 20;
export const RELOAD_TICKS = TICK_RATE;
/** Radians to either side of the aim, at most. */
export const BULLET_SPREAD = 0.02;
