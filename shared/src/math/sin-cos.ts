/**
 * Sine and cosine with the same bits in every engine. The built-in ones are implementation-defined (V8, JavaScriptCore
 * and SpiderMonkey differ in the last bit), and one differing bit ends bit-equal prediction. Only + - * and Math.round
 * are used here, which IEEE 754 and ECMAScript define exactly.
 *
 * Method: subtract the nearest multiple of pi/2 (Cody and Waite, "Software Manual for the Elementary Functions", 1980),
 * then sum the Taylor series on [-pi/4, pi/4]. The coefficients are the exact 1/n! of Taylor's theorem; cut after x^15
 * (sine) and x^16 (cosine) the remainder is at most (pi/4)^17/17! = 5e-17 and (pi/4)^18/18! = 2e-18, below half a unit
 * in the last place of the result's range.
 *
 * Accuracy: the error is below 2.3e-16 (absolute) for |x| <= 1.6e6 radians. Beyond that the results are still the same everywhere
 * and in [-1, 1], but the angle is first taken modulo 2 pi in double precision, so the error grows as |x| * 4e-17.
 * NaN and infinities give NaN.
 */

/** pi/2 as the sum of two 33-bit parts and a rest: k * part is exact for |k| < 2^20. */
const HALF_PI_HIGH = 1.5707963267341256;
const HALF_PI_MIDDLE = 6.077100506303966e-11;
const HALF_PI_LOW = 2.0222662487959506e-21;
const TWO_OVER_PI = 0.6366197723675814;
const TAU = 6.283185307179586;
/** 2^20 quarter turns: the range in which the reduction above is exact. */
const EXACT_RANGE = 1.6e6;

const S3 = -1 / 6;
const S5 = 1 / 120;
const S7 = -1 / 5040;
const S9 = 1 / 362880;
const S11 = -1 / 39916800;
const S13 = 1 / 6227020800;
const S15 = -1 / 1307674368000;

const C4 = 1 / 24;
const C6 = -1 / 720;
const C8 = 1 / 40320;
const C10 = -1 / 3628800;
const C12 = 1 / 479001600;
const C14 = -1 / 87178291200;
const C16 = 1 / 20922789888000;

function sinOfSmall(x: number): number {
  const z = x * x;
  return x + x * z * (S3 + z * (S5 + z * (S7 + z * (S9 + z * (S11 + z * (S13 + z * S15))))));
}

function cosOfSmall(x: number): number {
  const z = x * x;
  // 1 - z/2 is kept apart, with what its rounding lost, so that the large terms cost no precision.
  const half = 0.5 * z;
  const head = 1 - half;
  const lost = 1 - head - half;
  return head + (lost + z * z * (C4 + z * (C6 + z * (C8 + z * (C10 + z * (C12 + z * (C14 + z * C16)))))));
}

function foldIntoExactRange(x: number): number {
  return x > EXACT_RANGE || x < -EXACT_RANGE ? x % TAU : x;
}

function reduce(x: number, quarterTurns: number): number {
  return x - quarterTurns * HALF_PI_HIGH - quarterTurns * HALF_PI_MIDDLE - quarterTurns * HALF_PI_LOW;
}

/** The sine of `radians`; bit-equal in every engine. Accuracy and range: see the head of this file. */
export function sin(radians: number): number {
  const x = foldIntoExactRange(radians);
  const quarterTurns = Math.round(x * TWO_OVER_PI);
  const rest = reduce(x, quarterTurns);
  switch (quarterTurns & 3) {
    case 0:
      return sinOfSmall(rest);
    case 1:
      return cosOfSmall(rest);
    case 2:
      return -sinOfSmall(rest);
    default:
      return -cosOfSmall(rest);
  }
}

/** The cosine of `radians`; bit-equal in every engine. Accuracy and range: see the head of this file. */
export function cos(radians: number): number {
  const x = foldIntoExactRange(radians);
  const quarterTurns = Math.round(x * TWO_OVER_PI);
  const rest = reduce(x, quarterTurns);
  switch (quarterTurns & 3) {
    case 0:
      return cosOfSmall(rest);
    case 1:
      return -sinOfSmall(rest);
    case 2:
      return -cosOfSmall(rest);
    default:
      return sinOfSmall(rest);
  }
}
