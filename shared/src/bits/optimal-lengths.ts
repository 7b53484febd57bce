import { TidelockError } from "../errors/tidelock-error.ts";
import { LONGEST_CODE } from "./prefix-code.ts";

/** Added to every count, so that what was never seen can still be said. Source: R. Krichevsky and V. Trofimov (1981). */
const UNSEEN = 0.5;

/** A symbol, or a pair of what lies one level deeper. */
interface Package {
  readonly weight: number;
  readonly symbol: number;
  readonly pair?: readonly [Package, Package];
}

/**
 * Lengths of the prefix code that is shortest for symbols that come as often as `counts` says, with no code above `longest`
 * bits. Every symbol gets a code, and the same counts give the same lengths everywhere. Source: L. Larmore and
 * D. Hirschberg, "A fast algorithm for optimal length-limited Huffman codes" (1990). Throws `snapshot/bad-code` on counts
 * that are no such thing, or too many of them for `longest` (1 to 20).
 */
export function optimalLengths(counts: readonly number[], longest = 16): number[] {
  const bad = counts.find((count) => !(count >= 0 && count < 2 ** 50));
  if (bad !== undefined)
    throw new TidelockError(
      "snapshot/bad-code",
      `a symbol has the count ${bad}; counts are numbers from 0 to 2^50`,
    );
  if (!(longest >= 1 && longest <= LONGEST_CODE) || counts.length < 2 || counts.length > 2 ** longest)
    throw new TidelockError(
      "snapshot/bad-code",
      `${counts.length} symbols cannot have codes of at most ${longest} bits; give 2 to 2^longest counts and a longest code of 1 to ${LONGEST_CODE} bits`,
    );
  const leaves: Package[] = counts
    .map((count, symbol) => ({ weight: count + UNSEEN, symbol }))
    .sort((a, b) => a.weight - b.weight || a.symbol - b.symbol);
  let level = leaves;
  for (let depth = 1; depth < longest; depth++) level = merge(leaves, pairs(level));
  const lengths = counts.map(() => 0);
  const open = level.slice(0, 2 * counts.length - 2);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.pair === undefined) lengths[next.symbol]++;
    else open.push(...next.pair);
  }
  return lengths;
}

function pairs(level: readonly Package[]): Package[] {
  const result: Package[] = [];
  for (let i = 0; i + 1 < level.length; i += 2)
    result.push({
      weight: level[i].weight + level[i + 1].weight,
      symbol: -1,
      pair: [level[i], level[i + 1]],
    });
  return result;
}

/** Both lists in one, by weight; of equal weight the symbols come first. */
function merge(leaves: readonly Package[], packages: readonly Package[]): Package[] {
  const result: Package[] = [];
  let leaf = 0;
  for (const each of packages) {
    while (leaf < leaves.length && leaves[leaf].weight <= each.weight) result.push(leaves[leaf++]);
    result.push(each);
  }
  return [...result, ...leaves.slice(leaf)];
}
