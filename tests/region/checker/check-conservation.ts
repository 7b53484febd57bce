import type { CheckedLine } from "../trace-line.ts";
import { isKind, type Violation } from "./violation.ts";

/** I2: at the end each entity has one owner, the same in memory and in the store. I3: no entity and no item is lost or doubled. */
export function checkConservation(lines: readonly CheckedLine[]): Violation[] {
  const ms = lines.at(-1)?.ms ?? 0;
  const violations: Violation[] = [];
  const report = (invariant: "I2" | "I3", text: string): void =>
    void violations.push({ invariant, ms, text });

  const owners = new Map<number, { readonly region: number; readonly epoch: number }[]>();
  for (const { region, entities } of lines.filter(isKind("census")))
    for (const [id, epoch] of entities) owners.set(id, [...(owners.get(id) ?? []), { region, epoch }]);
  for (const [id, claims] of owners)
    if (claims.length > 1)
      report("I3", `entity ${id} exists in regions ${claims.map(({ region }) => region).join(" and ")}`);

  const hadCrash = lines.some((line) => line.kind === "fault" && line.what !== "bus");
  const stored = new Set(lines.filter(isKind("stored")).map(({ id }) => id));
  const died = new Set(lines.filter(isKind("died")).map(({ id }) => id));
  const born = lines.filter(isKind("born")).map(({ id }) => id);
  for (const id of new Set([...born, ...stored]))
    if (!owners.has(id) && !died.has(id) && (stored.has(id) || !hadCrash))
      report("I3", `entity ${id} was ${stored.has(id) ? "written down" : "born"} and is gone`);

  for (const { id, region, epoch } of lines.filter(isKind("records")).flatMap(({ records }) => records)) {
    const [owner] = owners.get(id) ?? [];
    if (owner !== undefined && (owner.region !== region || owner.epoch !== epoch))
      report(
        "I2",
        `entity ${id} is region ${owner.region}'s at epoch ${owner.epoch} in memory, and region ${region}'s at epoch ${epoch} in the store`,
      );
  }
  checkItems(lines, stored, (text) => report("I3", text));
  return violations;
}

function checkItems(
  lines: readonly CheckedLine[],
  stored: ReadonlySet<number>,
  report: (text: string) => void,
): void {
  const holders = new Map<number, number[]>();
  for (const { entity, items } of lines.filter(isKind("items")))
    for (const item of items) holders.set(item, [...(holders.get(item) ?? []), entity]);
  for (const [item, entities] of holders)
    if (entities.length > 1) report(`item ${item} is held by entities ${entities.join(" and ")}`);
  for (const { entity, items } of lines.filter(isKind("minted")))
    for (const item of items)
      if (stored.has(entity) && !holders.has(item)) report(`item ${item}, first held by ${entity}, is gone`);
}
