import {
  bucketBits,
  type CodeTables,
  type Column,
  maskGroups,
  type MaskTable,
  maskLengths,
  optimalLengths,
  PLAIN_BITS,
  tableFields,
  tableOf,
  TABLES_VERSION,
  type TypeTables,
  usualMasks,
} from "@tidelock/shared";
import type { TypeCounts } from "./delta-counts.ts";

/** Fewer samples say too little to be preferred to what is usual. */
const FEWEST_SAMPLES = 64;
/** A mask has a code of its own if it is one in so many at least. */
const RAREST_MASK = 2048;
const MOST_MASKS = 256;

/** What training made of one type. */
export interface TrainedType {
  readonly name: string;
  readonly tables: TypeTables;
  /** Changes that were counted. */
  readonly deltas: number;
  /** Bits of masks and residuals: as recorded, and with the tables. */
  readonly recordedBits: number;
  readonly trainedBits: number;
}

/** The codes that are shortest for what was counted. Types of which too little was seen keep the built-in codes. */
export function trainType({ type, masks, fields, bits }: TypeCounts): TrainedType {
  const deltas = sum([...(masks[0] ?? new Map<number, number>()).values()]);
  let trainedBits = 0;
  const usual = usualMasks(type);
  const maskTables = maskGroups(type.columns.length).map((columns, group) => {
    const counts = masks[group] ?? new Map<number, number>();
    const table = deltas < FEWEST_SAMPLES ? usual[group] : maskTable(counts, columns);
    trainedBits += maskBits(table, counts, columns);
    return table;
  });
  const lengths: Record<string, readonly number[]> = {};
  for (const [key, buckets] of tableFields(type)) {
    const column = type.columns.find(({ name }) => name === key.replace("@shown", ""))!;
    const seen = fields.get(key) ?? [];
    const counts = Array.from({ length: buckets }, (_, bucket) => seen[bucket] ?? 0);
    const samples = sum(counts);
    const code = optimalLengths(counts);
    const codeBits = sum(counts.map((count, bucket) => count * (code[bucket] + bucketBits(bucket))));
    const isWorthIt = column.bits > PLAIN_BITS || codeBits < samples * column.bits;
    const isKept = samples >= FEWEST_SAMPLES && isWorthIt;
    if (isKept) lengths[key] = code;
    trainedBits += (isKept ? codeBits : samples * column.bits) + samples * latticeBit(column);
  }
  return {
    name: type.name,
    tables: { ...(deltas >= FEWEST_SAMPLES && { masks: maskTables }), fields: lengths },
    deltas,
    recordedBits: bits,
    trainedBits,
  };
}

/** Tables of all types for which there is something to put in them. */
export function codeTables(trained: readonly TrainedType[]): CodeTables {
  const types = trained.filter(({ tables }) => tables.masks !== undefined);
  return {
    version: TABLES_VERSION,
    types: Object.fromEntries(types.map(({ name, tables }) => [name, tables])),
  };
}

function maskTable(counts: ReadonlyMap<number, number>, columns: number): MaskTable {
  const total = sum([...counts.values()]);
  const frequent = [...counts]
    .filter(([, count]) => count > 1 && count * RAREST_MASK >= total)
    .sort(([maskA, a], [maskB, b]) => b - a || maskA - maskB)
    .slice(0, MOST_MASKS);
  const escapes = total - sum(frequent.map(([, count]) => count));
  return tableOf(new Map(frequent), columns, escapes);
}

function maskBits(table: MaskTable, counts: ReadonlyMap<number, number>, columns: number): number {
  const lengths = maskLengths(table);
  const symbols = new Map(table.masks.map(([mask], symbol) => [mask, symbol]));
  return sum(
    [...counts].map(([mask, count]) => {
      const symbol = symbols.get(mask);
      return count * (symbol === undefined ? table.escape + columns : lengths[symbol]);
    }),
  );
}

/** The bit before a residual that says in which steps it is; entities known exactly go without. */
function latticeBit({ shownSteps }: Column): number {
  return shownSteps > 1 ? 1 : 0;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
