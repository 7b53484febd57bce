import { rounded } from "./percentile.ts";
import type { Row } from "./table.ts";

/** A figure that should not exceed a limit, as a row to publish whether it does or not. */
export function atMost(what: string, measured: number, limit: number): Row {
  return {
    target: what,
    limit: `<= ${limit}`,
    measured: rounded(measured, 3),
    met: measured <= limit ? "yes" : "NO",
  };
}
