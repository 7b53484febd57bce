/** Where a moving circle or a ray first meets an obstacle. One object is reused for many queries. */
export interface SweepHit {
  /** The fraction of the motion made until contact, in [0, 1]; 1 when nothing was hit. */
  time: number;
  /** The position (of the centre) at that time. */
  x: number;
  y: number;
  /** The unit vector away from the obstacle; (0, 0) when nothing was hit. */
  normalX: number;
  normalY: number;
  /** The obstacle's index in the grid's list; -1 when nothing was hit. */
  obstacle: number;
}

export function createSweepHit(): SweepHit {
  return { time: 1, x: 0, y: 0, normalX: 0, normalY: 0, obstacle: -1 };
}
