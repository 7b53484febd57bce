/** A change below this share of a grid step is a rounding error of the engine. */
const NOISE = 1 / 1024;

/**
 * The speed `after` a step that began at `before`, one grid step slower where rounding would undo that the step slowed it down:
 * damping that takes less than half a grid step per tick would otherwise never bring a body to rest. `way` is what the body
 * covered in the step of `dt` seconds: what lies on others and has a speed on paper only is left as it is.
 */
export function towardsRest(before: number, after: number, grid: number, way: number, dt: number): number {
  const steps = Math.round(after / grid);
  const isSlower = Math.abs(after) < Math.abs(before) - grid * NOISE;
  if (!isSlower || steps !== Math.round(before / grid)) return after;
  if (Math.abs(way) < (Math.abs(after) * dt) / 2) return after;
  return (steps > 0 ? steps - 1 : steps + 1) * grid;
}
