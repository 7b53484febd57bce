/** Where a moving shape or a ray first meets an obstacle, in 3D. One object is reused for many queries. */
export interface SweepHit3 {
  /** The fraction of the motion made until contact, in [0, 1]; 1 when nothing was hit. */
  time: number;
  /** The position (of the centre) at that time. */
  x: number;
  y: number;
  z: number;
  /** The unit vector away from the obstacle; (0, 0, 0) when nothing was hit. */
  normalX: number;
  normalY: number;
  normalZ: number;
  /** The obstacle's index in the grid's list; -1 when nothing was hit. */
  obstacle: number;
}

export function createSweepHit3(): SweepHit3 {
  return { time: 1, x: 0, y: 0, z: 0, normalX: 0, normalY: 0, normalZ: 0, obstacle: -1 };
}

/** Takes a contact that is earlier than the one already there; the lower index wins ties. */
export function acceptHit3(
  hit: SweepHit3,
  obstacle: number,
  time: number,
  normalX: number,
  normalY: number,
  normalZ: number,
): void {
  if (hit.obstacle >= 0 && (time > hit.time || (time === hit.time && obstacle >= hit.obstacle))) return;
  hit.time = time;
  // Adding 0 turns -0, which equals 0 but has other bits, into 0.
  hit.normalX = normalX + 0;
  hit.normalY = normalY + 0;
  hit.normalZ = normalZ + 0;
  hit.obstacle = obstacle;
}
