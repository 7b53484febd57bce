/** The field reaches this far from its middle, in units. */
export const HALF_WIDTH = 16;
export const HALF_HEIGHT = 3.2;
export const BOX_HALF = 0.6;
/** Boxes keep to the lower part, targets to the upper. */
export const BOX_TOP = 0.4;
export const BOX_SPEED = 8;
/** Units per second in a second: full speed after 70 ms, so that the first frame already shows it. */
export const BOX_ACCELERATION = 120;
/** What the server's push gives a box at once, in units per second. */
export const PUSH_SPEED = 26;
export const RELOAD_TICKS = 24;
export const TARGET_RADIUS = 0.6;
/** Height and speed of each target. */
export const TARGETS = [
  { y: -2.5, speed: 9 },
  { y: -1.1, speed: 6 },
] as const;
/** More than usual, so that there is room for the sliders: seldom snapshots and a long path both show others further in the past. */
export const MAX_REWIND_MS = 660;
