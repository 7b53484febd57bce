import type { CheckedLine } from "../trace-line.ts";
import { isKind, type Violation } from "./violation.ts";

/** I4: each input of a player is applied at most once, and in order, whoever applies it. */
export function checkInputs(lines: readonly CheckedLine[]): Violation[] {
  const violations: Violation[] = [];
  const newest = new Map<number, number>();
  for (const { ms, player, number, process, region } of lines.filter(isKind("input"))) {
    const before = newest.get(player) ?? -1;
    if (number <= before)
      violations.push({
        invariant: "I4",
        ms,
        text: `${process} applied input ${number} of player ${player} in region ${region} after input ${before} was applied`,
      });
    newest.set(player, Math.max(before, number));
  }
  return violations;
}
