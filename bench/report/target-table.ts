import type { PublishedRun } from "./results.ts";
import { table, type Row } from "./table.ts";

/** What is asked of a scene, met or not: a row per target, a column per path. */
export function targetTable(runs: readonly PublishedRun[]): string {
  const rows = new Map<string, Row>();
  for (const { path, result } of runs) {
    for (const { target, limit, measured, met } of result.targets) {
      const key = `${target} ${limit}`;
      const row = rows.get(key) ?? { target, limit };
      if (runs.length > 1 && path !== undefined)
        row[`${path.loss * 100}%, ${path.rttMs} ms`] = `${measured} ${met}`;
      else Object.assign(row, { measured, met });
      rows.set(key, row);
    }
  }
  return rows.size === 0 ? "" : table([...rows.values()]);
}
