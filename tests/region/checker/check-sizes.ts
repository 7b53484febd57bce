import type { CheckedLine } from "../trace-line.ts";
import { isKind, type LineOf, type Violation } from "./violation.ts";

/** What a region may keep at most, whatever happens. */
const BOUNDS = { shadows: 256, tombstones: 8192, inbox: 1024, ghosts: 4096, inputs: 4096 };
/** What is gone when nothing has crossed for a while. */
const TRANSIENT = ["shadows", "tombstones", "inbox"] as const;

/** I12: shadows, tombstones and inboxes are bounded, and empty in the end. `isQuiet`: the run ended with some seconds of peace. */
export function checkSizes(lines: readonly CheckedLine[], isQuiet: boolean): Violation[] {
  const violations: Violation[] = [];
  const last = new Map<number, LineOf<"sizes">>();
  for (const line of lines.filter(isKind("sizes"))) {
    last.set(line.region, line);
    for (const [name, most] of Object.entries(BOUNDS)) {
      const found = line[name as keyof typeof BOUNDS];
      if (found > most)
        violations.push({
          invariant: "I12",
          ms: line.ms,
          text: `region ${line.region} keeps ${found} ${name}; ${most} are allowed`,
        });
    }
  }
  if (isQuiet)
    for (const line of last.values())
      for (const name of TRANSIENT)
        if (line[name] > 0)
          violations.push({
            invariant: "I12",
            ms: line.ms,
            text: `region ${line.region} still keeps ${line[name]} ${name} in the end`,
          });
  return violations;
}
