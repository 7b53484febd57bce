import { codeFault } from "./prefix-code.ts";

/** Up to this many columns share one mask. */
const SINGLE_MASK_COLUMNS = 24;
/** Columns per mask where there are more. */
const GROUP_COLUMNS = 16;

/**
 * Which masks of changed columns come often, each with the length of its code in bits; and the length of the escape that stands
 * before every other mask, which follows plainly. No masks and an escape of 0: all masks are written plainly.
 */
export interface MaskTable {
  /** Pairs of a mask and its length; no tuples, so that imported JSON is of this type. */
  readonly masks: readonly (readonly number[])[];
  readonly escape: number;
}

/** How many columns each mask of an entity covers: all in one up to 24, else 16 each and the rest. */
export function maskGroups(columns: number): number[] {
  if (columns <= SINGLE_MASK_COLUMNS) return [columns];
  const groups: number[] = [];
  for (let left = columns; left > 0; left -= GROUP_COLUMNS) groups.push(Math.min(left, GROUP_COLUMNS));
  return groups;
}

/** What is wrong with a table for masks of that many columns, as the end of a sentence; undefined if nothing is. */
export function maskTableFault({ masks, escape }: MaskTable, columns: number): string | undefined {
  if (masks.length === 0)
    return escape === 0 ? undefined : `has no masks and an escape of ${escape} bits, not 0`;
  const seen = new Set<number>();
  for (const pair of masks) {
    if (pair.length !== 2) return `lists [${pair.join(", ")}], which is no pair of a mask and its length`;
    const [mask] = pair;
    if (!Number.isInteger(mask) || mask < 0 || mask >= 2 ** columns)
      return `lists the mask ${mask}; masks of ${columns} columns are whole numbers below ${2 ** columns}`;
    if (seen.has(mask)) return `lists the mask ${mask} twice`;
    seen.add(mask);
  }
  return codeFault(maskLengths({ masks, escape }));
}

/** Code lengths by symbol: the masks in their order, then the escape. */
export function maskLengths({ masks, escape }: MaskTable): number[] {
  return [...masks.map(([, length]) => length), escape];
}
