/** Pixels at the top and at the bottom of the screen that panels and thumbs cover. */
export interface Inset {
  readonly top: number;
  readonly bottom: number;
}

/** Metres of rock that may be seen beyond the arena's edge. */
const BEYOND = 1.5;
/** Metres before its limit at which the picture begins to slow down, so that it does not stop with a jerk. */
const KNEE = 5;

/**
 * Where the middle of the picture lies along one axis when `wanted` is to be in it: all of the picture is arena as far
 * as that can be, for what lies outside is nothing to look at. All in metres; the arena reaches from -half to +half,
 * `before` and `after` are what is covered at the two ends of the picture and may hang over the edge.
 */
export function visibleMiddle(
  wanted: number,
  half: number,
  span: number,
  before: number,
  after: number,
): number {
  const least = -half - BEYOND - before + span / 2;
  const most = half + BEYOND + after - span / 2;
  // The whole arena fits into the picture.
  if (least >= most) return (least + most) / 2;
  const centre = (least + most) / 2;
  const room = (most - least) / 2;
  const knee = Math.min(KNEE, room);
  const off = wanted - centre;
  const over = Math.abs(off) - (room - knee);
  if (over <= 0) return wanted;
  return centre + Math.sign(off) * (room - knee * Math.exp(-over / knee));
}
