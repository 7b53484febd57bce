import type { CheckedLine } from "../trace-line.ts";
import { isExcused, isKind, type LineOf, type Violation } from "./violation.ts";

/** Ticks from the last one at the old owner to the first one at the new, beyond the one that is due. */
const MAX_SKIPPED_TICKS = 2;
const MAX_COMMIT_TICKS = 2;

/**
 * I5, first half: the new owner begins where the old one ended. I6, first half: a commit follows its decision. I7: what swings is not handed
 * over. I11: groups stay together.
 */
export function checkHandoffs(lines: readonly CheckedLine[]): Violation[] {
  const faults = lines.filter(isKind("fault"));
  const decided = new Map(lines.filter(isKind("decided")).map((line) => [line.hid, line]));
  const committed = new Map(lines.filter(isKind("committed")).map((line) => [line.hid, line]));
  const frozen = new Map(lines.filter(isKind("frozen")).map((line) => [line.hid, line]));
  const swings = new Set(lines.filter(isKind("swing")).map(({ group }) => group));
  const violations: Violation[] = [];

  for (const { ms, hid, group } of decided.values())
    if (swings.has(group))
      violations.push({ invariant: "I7", ms, text: `group ${group} only swings, and ${hid} hands it over` });

  for (const { ms, hid, first, tick, members } of lines.filter(isKind("promoted"))) {
    const skipped = first - (tick + 1);
    const sinceMs = decided.get(hid)?.ms ?? ms;
    if (skipped < 0 || (skipped > MAX_SKIPPED_TICKS && !isExcused(faults, sinceMs, ms)))
      violations.push({ invariant: "I5", ms, text: `${hid}: tick ${tick} is followed by tick ${first}` });
    const sent = frozen.get(hid)?.members ?? [];
    if (sent.length > 0 && members.length !== sent.length)
      violations.push({
        invariant: "I11",
        ms,
        text: `${hid}: of ${sent.join()} only ${members.map(([id]) => id).join()} arrived`,
      });
  }
  return [...violations, ...checkPace([...committed.values()], decided, faults), ...checkGroups(lines)];
}

function checkPace(
  committed: readonly LineOf<"committed">[],
  decided: ReadonlyMap<string, LineOf<"decided">>,
  faults: readonly LineOf<"fault">[],
): Violation[] {
  const paces = committed
    .flatMap((line) => {
      const start = decided.get(line.hid);
      if (start === undefined || isExcused(faults, start.ms, line.ms)) return [];
      return { line, ticks: line.known - start.tick };
    })
    .sort((a, b) => a.ticks - b.ticks);
  const p99 = paces[Math.ceil(paces.length * 0.99) - 1];
  if (p99 === undefined || p99.ticks <= MAX_COMMIT_TICKS) return [];
  return [
    {
      invariant: "I6",
      ms: p99.line.ms,
      text: `${p99.line.hid}: ${p99.ticks} ticks from decision to commit, 99th percentile`,
    },
  ];
}

/** In any tick, the members of a group are simulated by one region. */
function checkGroups(lines: readonly CheckedLine[]): Violation[] {
  const violations: Violation[] = [];
  const places = new Map<number, { readonly tick: number; readonly region: number }>();
  const members = new Map<number, number[]>();
  for (const line of lines) {
    if (line.kind === "simulated") {
      const groups = new Map<number, number[]>();
      for (const [id, , group] of line.entities) groups.set(group, [...(groups.get(group) ?? []), id]);
      for (const [group, ids] of groups) {
        const place = places.get(group);
        if (place?.tick === line.tick && place.region !== line.region)
          violations.push({
            invariant: "I11",
            ms: line.ms,
            text: `group ${group} is in regions ${place.region} and ${line.region} in tick ${line.tick}`,
          });
        places.set(group, { tick: line.tick, region: line.region });
        members.set(group, ids);
      }
    } else if (line.kind === "frozen") {
      for (const [group, ids] of members) {
        const going = ids.filter((id) => line.members.includes(id)).length;
        if (going > 0 && going < ids.length)
          violations.push({
            invariant: "I11",
            ms: line.ms,
            text: `${line.hid} takes ${line.members.join()} of group ${group}, which is ${ids.join()}`,
          });
      }
    }
  }
  return violations;
}
