/** `value` held between `min` and `max` (both included). NaN becomes `min`: a bad number never enters the state. */
export function clamp(value: number, min: number, max: number): number {
  if (value > max) return max;
  return value >= min ? value : min;
}

/** The point at `fraction` of the way from `from` to `to`; exactly `from` at 0 and exactly `to` at 1. */
export function lerp(from: number, to: number, fraction: number): number {
  return from * (1 - fraction) + to * fraction;
}

/**
 * The length of the vector (x, y). Math.hypot may differ between engines; Math.sqrt is exactly specified.
 * Components beyond about 1e154 overflow to Infinity.
 */
export function lengthOf(x: number, y: number): number {
  return Math.sqrt(x * x + y * y);
}
