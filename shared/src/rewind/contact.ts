/**
 * The share, 0 to 1, of a way after which a point that goes from `from` to `to` comes within `reach` of another that goes meanwhile
 * from `start` to `end`; Infinity when it does not. All are arrays of three; a plane has zeros in the third.
 */
export function contactTime(
  from: Float64Array,
  to: Float64Array,
  start: Float64Array,
  end: Float64Array,
  reach: number,
): number {
  let outside = -reach * reach;
  let approach = 0;
  let way = 0;
  for (let axis = 0; axis < 3; axis++) {
    const apart = from[axis] - start[axis];
    const moved = to[axis] - from[axis] - (end[axis] - start[axis]);
    outside += apart * apart;
    approach += apart * moved;
    way += moved * moved;
  }
  if (outside <= 0) return 0;
  if (approach >= 0) return Infinity;
  const discriminant = approach * approach - way * outside;
  if (discriminant < 0) return Infinity;
  const time = (-approach - Math.sqrt(discriminant)) / way;
  return time <= 1 ? time : Infinity;
}
