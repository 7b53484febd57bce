import type { CheckedLine } from "../trace-line.ts";
import { isKind, type Violation } from "./violation.ts";

/** I9: after a process is killed, at whatever step, its regions are owned again, and I1 to I4 hold. */
export function checkRecovery(lines: readonly CheckedLine[], found: readonly Violation[]): Violation[] {
  const kills = lines.filter(isKind("fault")).filter(({ what }) => what === "kill");
  if (kills.length === 0) return [];
  const steps = kills.map(({ step }) => step ?? "any").join(", ");
  const violations: Violation[] = [];
  const broken = found.filter(({ invariant }) => ["I1", "I2", "I3", "I4"].includes(invariant));
  if (broken.length > 0)
    violations.push({
      invariant: "I9",
      ms: broken[0].ms,
      text: `after a kill at ${steps}: ${broken[0].text}`,
    });
  const owned = new Set(lines.filter(isKind("owns")).map(({ region }) => region));
  const counted = new Set(lines.filter(isKind("census")).map(({ region }) => region));
  for (const region of owned)
    if (!counted.has(region))
      violations.push({
        invariant: "I9",
        ms: lines.at(-1)?.ms ?? 0,
        text: `after a kill at ${steps} region ${region} is nobody's in the end`,
      });
  return violations;
}
