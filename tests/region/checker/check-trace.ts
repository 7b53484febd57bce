import type { CheckedLine } from "../trace-line.ts";
import { checkAuthority } from "./check-authority.ts";
import { checkConservation } from "./check-conservation.ts";
import { checkHandoffs } from "./check-handoffs.ts";
import { checkInputs } from "./check-inputs.ts";
import { checkRecovery } from "./check-recovery.ts";
import { checkSizes } from "./check-sizes.ts";
import { checkViews, type ViewLimits } from "./check-views.ts";
import type { Violation } from "./violation.ts";

export interface CheckOptions extends ViewLimits {
  /** The run ended with a census, after some seconds of peace. */
  readonly isQuiet: boolean;
}

/** Checks the merged traces of all processes against the invariants I1 to I12. */
export function checkTrace(trace: readonly CheckedLine[], options: CheckOptions): Violation[] {
  const lines = [...trace].sort((a, b) => a.ms - b.ms);
  const state = [
    ...checkAuthority(lines),
    ...(options.isQuiet ? checkConservation(lines) : []),
    ...checkInputs(lines),
  ];
  return [
    ...state,
    ...checkHandoffs(lines),
    ...checkViews(lines, options),
    ...checkSizes(lines, options.isQuiet),
    ...(options.isQuiet ? checkRecovery(lines, state) : []),
  ];
}

/** Reads a trace of one JSON object per line. */
export function readTrace(text: string): CheckedLine[] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as CheckedLine);
}
