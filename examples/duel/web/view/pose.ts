/** A place in metres, relative to where the fighter stands; x is forwards. */
export type Point = readonly [x: number, y: number];

/** How a body is held: hips, hands and feet say it all, since knees and elbows follow from them. */
export interface Pose {
  readonly hips: Point;
  /** Degrees from upright, forwards. */
  readonly lean: number;
  /** Degrees of the head on top of that. */
  readonly nod: number;
  readonly frontHand: Point;
  readonly backHand: Point;
  readonly frontFoot: Point;
  readonly backFoot: Point;
}

function between(a: Point, b: Point, share: number): Point {
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];
}

export function blendPoses(a: Pose, b: Pose, share: number): Pose {
  return {
    hips: between(a.hips, b.hips, share),
    lean: a.lean + (b.lean - a.lean) * share,
    nod: a.nod + (b.nod - a.nod) * share,
    frontHand: between(a.frontHand, b.frontHand, share),
    backHand: between(a.backHand, b.backHand, share),
    frontFoot: between(a.frontFoot, b.frontFoot, share),
    backFoot: between(a.backFoot, b.backFoot, share),
  };
}

/** Poses by the frame at which they are reached. */
export type Track = readonly (readonly [frame: number, pose: Pose])[];

/** The pose of a track at a frame; between two it eases from one into the other. */
export function poseAt(track: Track, frame: number): Pose {
  let last = track[0];
  for (const next of track) {
    if (next[0] > frame) {
      const share = (frame - last[0]) / (next[0] - last[0]);
      return blendPoses(last[1], next[1], Math.max(0, share * share * (3 - 2 * share)));
    }
    last = next;
  }
  return last[1];
}
