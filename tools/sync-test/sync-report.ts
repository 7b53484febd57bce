import { describeFault, type SyncTestResult } from "@tidelock/shared/sync-test";
import type { AmbientCall } from "../determinism/ambient-calls.ts";
import { callText } from "../determinism/call-text.ts";

/** What a run of SyncTest came to. */
export interface SyncReport {
  readonly passed: boolean;
  readonly lines: readonly string[];
}

/** Puts the outcome of a test into lines. What was tested is part of it: a test of nothing does not pass. */
export function syncReport(result: SyncTestResult, calls: readonly AmbientCall[]): SyncReport {
  const { fault, ticks, hash, coverage } = result;
  const { busyTicks } = coverage;
  const lines = [...coverage.entities].map(
    ([type, { most, changes }]) => `  ${type}: at most ${most} at a time, ${changes} came or went`,
  );
  for (const [name, count] of coverage.events) lines.push(`  event ${name}: ${count}`);
  lines.push(`  ${busyTicks} of ${ticks} ticks changed something`);
  for (const call of calls) lines.push(`FAULT  ${callText(call)}`);
  if (fault !== undefined) lines.push(`FAULT  ${describeFault(fault)}`);
  else if (busyTicks === 0)
    lines.push(
      "FAULT  nothing happened, so nothing was tested: export a scenario that gives players their entities, beside the game",
    );
  const passed = fault === undefined && calls.length === 0 && busyTicks > 0;
  if (passed) lines.push(`ok     ${ticks} ticks, hash ${hash.toString(16).padStart(8, "0")}`);
  return { passed, lines };
}
