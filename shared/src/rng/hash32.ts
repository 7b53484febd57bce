/**
 * A well-mixed 32-bit hash of a few integers: the mixing steps and finaliser that Austin Appleby published as
 * MurmurHash3 (x86, 32 bits). Not for secrets: whoever sees hashes can compute them too.
 */

/** Mixes one 32-bit integer into a running hash. Finish with {@link finishHash}. */
export function mixHash(hash: number, value: number): number {
  let k = Math.imul(value, 0xcc9e2d51);
  k = (k << 15) | (k >>> 17);
  k = Math.imul(k, 0x1b873593);
  const h = hash ^ k;
  return (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0;
}

/** The finaliser: every bit of the input changes every bit of the output with probability close to one half. */
export function finishHash(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/**
 * The hash of the given integers, each taken modulo 2^32, as an unsigned 32-bit integer. Their number counts:
 * `hash32(1)` and `hash32(1, 0)` differ.
 */
export function hash32(...values: readonly number[]): number {
  let hash = 0;
  for (let i = 0; i < values.length; i += 1) hash = mixHash(hash, values[i]);
  return finishHash(hash ^ (values.length * 4));
}
