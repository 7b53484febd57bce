/** A full turn in radians. */
export const TAU = 6.283185307179586;

/** The same direction in [-pi, pi). Values already in that range come back unchanged, bit for bit. */
export function wrapAngle(radians: number): number {
  if (radians >= -Math.PI && radians < Math.PI) return radians;
  // The remainder is exact, so only the last addition rounds.
  let rest = radians % TAU;
  if (rest < -Math.PI) rest += TAU;
  else if (rest >= Math.PI) rest -= TAU;
  return rest;
}

/** The shortest signed turn that leads from `from` to `to`, in [-pi, pi). */
export function turnBetween(from: number, to: number): number {
  return wrapAngle(to - from);
}

/** The angle at `fraction` of the shortest turn from `from` to `to`, in [-pi, pi). */
export function lerpAngle(from: number, to: number, fraction: number): number {
  return wrapAngle(from + turnBetween(from, to) * fraction);
}
