/**
 * The angle of a vector with the same bits in every engine (Math.atan2 is implementation-defined). Only + - * / and
 * Math.round are used, which IEEE 754 and ECMAScript define exactly.
 *
 * Method: fold into the first octant, t = small/large in [0, 1]; take the nearest k/8 and use the addition theorem
 * atan(t) = atan(k/8) + atan((t - k/8) / (1 + t*k/8)). The second argument is at most 1/16, where the Taylor series of
 * the arctangent (coefficients 1/(2n+1)) cut after u^13 has a remainder below (1/16)^15/15 = 6e-20. The table of
 * atan(k/8) was computed from the series with 75 digits and rounded to double.
 *
 * Accuracy: the error is below 7e-16 (absolute) for all finite arguments.
 */
const ATAN_OF_EIGHTHS = [
  0, 0.12435499454676144, 0.24497866312686414, 0.35877067027057225, 0.4636476090008061, 0.5585993153435624,
  0.6435011087932844, 0.7188299996216245, 0.7853981633974483,
];
const HALF_PI = 1.5707963267948966;

const A3 = -1 / 3;
const A5 = 1 / 5;
const A7 = -1 / 7;
const A9 = 1 / 9;
const A11 = -1 / 11;
const A13 = 1 / 13;

/** For t in [0, 1]. */
function atanOfRatio(t: number): number {
  const eighths = Math.round(t * 8);
  const near = eighths * 0.125;
  const u = (t - near) / (1 + t * near);
  const z = u * u;
  return ATAN_OF_EIGHTHS[eighths] + (u + u * z * (A3 + z * (A5 + z * (A7 + z * (A9 + z * (A11 + z * A13))))));
}

/**
 * The angle of the vector (x, y) from the x axis, in radians, in [-pi, pi]; bit-equal in every engine. Signed zeros and
 * infinities are treated as by Math.atan2: atan2(0, 0) is 0, atan2(0, -1) is pi. NaN gives NaN.
 */
export function atan2(y: number, x: number): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
  const absX = Math.abs(x);
  const absY = Math.abs(y);
  let angle: number;
  if (absX === absY) {
    angle = absX === 0 ? 0 : ATAN_OF_EIGHTHS[8];
  } else if (absX > absY) {
    angle = atanOfRatio(absY / absX);
  } else {
    angle = HALF_PI - atanOfRatio(absX / absY);
  }
  // 1/x tells -0 from 0.
  if (x < 0 || (x === 0 && 1 / x < 0)) angle = Math.PI - angle;
  return y < 0 || (y === 0 && 1 / y < 0) ? -angle : angle;
}
