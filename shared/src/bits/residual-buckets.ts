/**
 * How a residual is taken apart into a bucket, which has a prefix code, and bits written plainly. A residual is a signed whole
 * number other than 0; as a number from 0 (-1, 1, -2, 2 ...) each of the first eight is a bucket of its own, and from there
 * each power of two is two.
 */
const SINGLE_BUCKETS = 8;

/** Buckets that the residuals of a column `width` bits wide can fall into. */
export function bucketCount(width: number): number {
  return SINGLE_BUCKETS + 2 * Math.max(0, width - 2);
}

/** The residual, not 0 and at most 2^31 either way, as a number from 0. */
export function foldResidual(residual: number): number {
  return residual < 0 ? -2 * residual - 2 : 2 * residual - 1;
}

/** Turns back what `foldResidual` did, for any whole number from 0 to 2^32-1. */
export function unfoldResidual(folded: number): number {
  return folded % 2 === 0 ? -(folded / 2 + 1) : (folded + 1) / 2;
}

export function bucketOf(folded: number): number {
  if (folded < SINGLE_BUCKETS) return folded;
  const exponent = 31 - Math.clz32(folded);
  return SINGLE_BUCKETS + 2 * (exponent - 3) + ((folded >>> (exponent - 1)) & 1);
}

/** The smallest folded residual of a bucket. */
export function bucketStart(bucket: number): number {
  if (bucket < SINGLE_BUCKETS) return bucket;
  return (2 + (bucket & 1)) * 2 ** bucketBits(bucket);
}

/** Bits that follow a bucket's code: which of its residuals it is. */
export function bucketBits(bucket: number): number {
  return bucket < SINGLE_BUCKETS ? 0 : ((bucket - SINGLE_BUCKETS) >> 1) + 2;
}
