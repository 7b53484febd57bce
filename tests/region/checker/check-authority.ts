import type { CheckedLine } from "../trace-line.ts";
import type { LineOf, Violation } from "./violation.ts";

interface Seen {
  epoch: number;
  regionEpoch: number;
  tick: number;
  where: string;
}

/** I1: one process at a time simulates an entity. I5, second half: no tick of it twice. I8: nobody acts in the name of an epoch that is over. */
export function checkAuthority(lines: readonly CheckedLine[]): Violation[] {
  const violations: Violation[] = [];
  const entities = new Map<number, Seen>();
  const reigns = new Map<number, number>();
  for (const line of lines) {
    if (!("regionEpoch" in line)) continue;
    const { ms, region, regionEpoch, process } = line;
    const reign = reigns.get(region) ?? 0;
    if (line.kind === "owns") reigns.set(region, Math.max(reign, regionEpoch));
    const acts = line.kind === "simulated" || line.kind === "committed" || line.kind === "promoted";
    if ((acts || line.kind === "stored" || line.kind === "owns") && regionEpoch < reign)
      violations.push({
        invariant: "I8",
        ms,
        text: `${process} did "${line.kind}" in region ${region} at epoch ${regionEpoch} after ${reign} had begun`,
      });
    if (line.kind === "simulated") checkStep(line, entities, violations);
  }
  return violations;
}

function checkStep(line: LineOf<"simulated">, entities: Map<number, Seen>, violations: Violation[]): void {
  const { ms, region, regionEpoch, process, tick } = line;
  const where = `${process}, region ${region}`;
  for (const [id, epoch] of line.entities) {
    const seen = entities.get(id);
    const now = `${where} at epoch ${epoch} of region epoch ${regionEpoch}`;
    if (seen !== undefined) {
      const isOlder =
        epoch < seen.epoch ||
        (epoch === seen.epoch && seen.where !== where && regionEpoch <= seen.regionEpoch);
      if (isOlder)
        violations.push({
          invariant: "I1",
          ms,
          text: `entity ${id} is simulated by ${now} after ${seen.where} did at epoch ${seen.epoch} of region epoch ${seen.regionEpoch}`,
        });
      if (tick <= seen.tick)
        violations.push({
          invariant: seen.where === where ? "I5" : "I1",
          ms,
          text: `tick ${tick} of entity ${id} is simulated by ${now} after tick ${seen.tick} was by ${seen.where}`,
        });
    }
    entities.set(id, { epoch, regionEpoch, tick, where });
  }
}
