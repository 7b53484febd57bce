import type { CheckedLine } from "../trace-line.ts";

export type Invariant = "I1" | "I2" | "I3" | "I4" | "I5" | "I6" | "I7" | "I8" | "I9" | "I10" | "I11" | "I12";

export interface Violation {
  readonly invariant: Invariant;
  readonly ms: number;
  readonly text: string;
}

export type LineOf<K extends CheckedLine["kind"]> = Extract<CheckedLine, { readonly kind: K }>;

export function isKind<K extends CheckedLine["kind"]>(kind: K): (line: CheckedLine) => line is LineOf<K> {
  return (line): line is LineOf<K> => line.kind === kind;
}

/** Whether something between these times may be late because of a fault. */
export function isExcused(faults: readonly LineOf<"fault">[], fromMs: number, toMs: number): boolean {
  return faults.some(({ ms, untilMs }) => ms <= toMs && untilMs >= fromMs);
}
