import type { MaskTable } from "../bits/mask-table.ts";

/** Static entropy codes of one entity type, trained from recorded runs: data, and a part of the schema. */
export interface TypeTables {
  /** Per group of columns, which masks of changed columns come often. Left out: what is usual for such types. */
  readonly masks?: readonly MaskTable[];
  /** By column name, `name@shown` for differences in shown steps: code lengths of the residuals' buckets. */
  readonly fields: Readonly<Record<string, readonly number[]>>;
}
