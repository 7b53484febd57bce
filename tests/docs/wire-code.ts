/** Prefix codes by section 4.8 of docs/wire-format.md and by nothing else. */

/** The symbols by their bits. */
export type WireCode = ReadonlyMap<string, number>;

/** The canonical code of these lengths. */
export function codeOf(lengths: readonly number[]): WireCode {
  const symbols = lengths
    .map((length, symbol) => ({ length, symbol }))
    .toSorted((a, b) => a.length - b.length || a.symbol - b.symbol);
  const code = new Map<string, number>();
  let next = 0;
  symbols.forEach(({ length, symbol }, i) => {
    if (i > 0) next = (next + 1) * 2 ** (length - symbols[i - 1].length);
    code.set(next.toString(2).padStart(length, "0"), symbol);
  });
  return code;
}

/** Lengths of the code for symbols of these weights: packages, merged 15 times. */
export function lengthsFor(counts: readonly number[]): number[] {
  const alone = counts
    .map((count, symbol) => ({ weight: count + 0.5, symbols: [symbol] }))
    .toSorted((a, b) => a.weight - b.weight);
  let list = alone;
  for (let times = 0; times < 15; times++) {
    const packages = [];
    for (let i = 1; i < list.length; i += 2)
      packages.push({
        weight: list[i - 1].weight + list[i].weight,
        symbols: [...list[i - 1].symbols, ...list[i].symbols],
      });
    list = [...alone, ...packages].toSorted((a, b) => a.weight - b.weight);
  }
  const lengths = counts.map(() => 0);
  for (const { symbols } of list.slice(0, 2 * counts.length - 2))
    for (const symbol of symbols) lengths[symbol]++;
  return lengths;
}

/** Lowest folded residual and number of plain bits of each bucket, for a width. */
export function bucketsOf(width: number): { lowest: number; bits: number }[] {
  const buckets = Array.from({ length: 8 }, (_, lowest) => ({ lowest, bits: 0 }));
  for (let bits = 2; bits < width; bits++)
    buckets.push({ lowest: 2 * 2 ** bits, bits }, { lowest: 3 * 2 ** bits, bits });
  return buckets;
}

/** Lengths for the buckets of a width that nothing was trained for. */
export function usualBucketLengths(width: number, order: number): number[] {
  return lengthsFor(
    bucketsOf(width).map(({ lowest, bits }) => {
      const length = 2 * Math.floor(Math.log2(Math.floor(lowest / 2 ** order) + 1)) + 1 + order;
      return 2 ** (40 + bits - length);
    }),
  );
}
