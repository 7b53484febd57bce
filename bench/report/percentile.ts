/** The value below which `fraction` (0 to 1) of the samples lie; the nearest sample, never an average. */
export function percentile(samples: readonly number[], fraction: number): number {
  if (samples.length === 0) return Number.NaN;
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * fraction))];
}

/** Rounded to `digits` decimals, for figures that people read. */
export function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
