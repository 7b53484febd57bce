import type { CheckedLine } from "../trace-line.ts";
import { isExcused, isKind, type LineOf, type Violation } from "./violation.ts";

const MAX_TICKS_WITHOUT_FRAME = 3;

export interface ViewLimits {
  readonly tickRate: number;
  readonly topSpeed: number;
  readonly interestRadius: number;
  /** How far a thing may jump beyond what its speed allows: what a ghost's age hides. */
  readonly toleratedJump: number;
}

/** I6, second half: a client always has authoritative frames. I10: what is near stays in view and does not jump. */
export function checkViews(lines: readonly CheckedLine[], limits: ViewLimits): Violation[] {
  const faults = lines.filter(isKind("fault"));
  return [...checkFrames(lines, faults), ...checkSeen(lines, faults, limits)];
}

function checkFrames(lines: readonly CheckedLine[], faults: readonly LineOf<"fault">[]): Violation[] {
  const violations: Violation[] = [];
  const newest = new Map<number, LineOf<"frame">>();
  for (const line of lines.filter(isKind("frame"))) {
    const before = newest.get(line.player);
    const gap = before === undefined ? 0 : line.tick - before.tick - 1;
    if (before !== undefined && gap > MAX_TICKS_WITHOUT_FRAME && !isExcused(faults, before.ms, line.ms))
      violations.push({
        invariant: "I6",
        ms: line.ms,
        text: `player ${line.player} had no authoritative frame for ${gap} ticks before ${line.tick}`,
      });
    newest.set(line.player, line);
  }
  return violations;
}

function checkSeen(
  lines: readonly CheckedLine[],
  faults: readonly LineOf<"fault">[],
  limits: ViewLimits,
): Violation[] {
  const violations: Violation[] = [];
  const newest = new Map<number, LineOf<"view">>();
  const died = new Set(lines.filter(isKind("died")).map(({ id }) => id));
  for (const line of lines.filter(isKind("view"))) {
    const before = newest.get(line.player);
    newest.set(line.player, line);
    if (before === undefined || isExcused(faults, before.ms, line.ms)) continue;
    const reach = ((line.tick - before.tick) / limits.tickRate) * limits.topSpeed;
    const now = new Map(line.seen.map(([id, x, y]) => [id, [x, y] as const]));
    const [self] = before.seen;
    for (const [id, x, y] of before.seen) {
      const place = now.get(id);
      // What may have left by now is not missed: both may have moved.
      const isNear = distance(x, y, self[1], self[2]) < limits.interestRadius - 2 * reach;
      if (place === undefined && isNear && !died.has(id))
        violations.push({
          invariant: "I10",
          ms: line.ms,
          text: `entity ${id} is missing from the view of player ${line.player} in tick ${line.tick}`,
        });
      if (place !== undefined && distance(x, y, ...place) > reach + limits.toleratedJump)
        violations.push({
          invariant: "I10",
          ms: line.ms,
          text: `entity ${id} jumps by ${distance(x, y, ...place).toFixed(2)} in the view of player ${line.player} in tick ${line.tick}`,
        });
    }
  }
  return violations;
}

function distance(x: number, y: number, toX: number, toY: number): number {
  return Math.hypot(x - toX, y - toY);
}
