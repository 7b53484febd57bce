import { type MaskTable, maskGroups } from "../bits/mask-table.ts";
import { optimalLengths } from "../bits/optimal-lengths.ts";
import type { EntityType } from "../schema/entity-type.ts";

/** How often each kind of change comes, relative to the others; measured games differ, training tells. */
const MOTION = 16;
const WHOLE_PROPERTY = 4;
const ONE_AXIS = 4;
const ONE_COLUMN = 1;
const ESCAPE = 2;
/** In one of several groups: nothing of it changed. */
const NONE = 64;

type Columns = ReadonlySet<number>;

/** Tables of masks for a type that nothing was trained for, one per group of its columns. */
export function usualMasks(type: EntityType): MaskTable[] {
  const changes = usualChanges(type);
  const groups = maskGroups(type.sendOrder.length);
  let first = 0;
  return groups.map((columns) => {
    const sent = type.sendOrder.slice(first, first + columns);
    first += columns;
    const counts = new Map<number, number>();
    if (groups.length > 1) counts.set(0, NONE);
    for (const [changed, count] of changes) {
      const mask = sent.reduce((mask, index, bit) => mask | (changed.has(index) ? 1 << bit : 0), 0);
      if (mask !== 0) counts.set(mask, (counts.get(mask) ?? 0) + count);
    }
    return tableOf(counts, columns);
  });
}

/** The shortest table for masks that come as often as `counts` says and others `escapes` times. */
export function tableOf(counts: ReadonlyMap<number, number>, columns: number, escapes = ESCAPE): MaskTable {
  // With one column the mask itself is no longer than a code for it.
  if (counts.size === 0 || columns <= 1) return { masks: [], escape: 0 };
  const lengths = optimalLengths([...counts.values(), escapes]);
  return { masks: [...counts.keys()].map((mask, i) => [mask, lengths[i]]), escape: lengths[counts.size] };
}

/** A turn or a push changes what moves together, wholly or along an axis; anything else changes a property at a time. */
function usualChanges(type: EntityType): [Columns, number][] {
  const { columns, properties, rotations } = type;
  const movers = columns.filter(({ velocity }) => velocity >= 0);
  const spins = rotations.flatMap(({ spin }) => (spin < 0 ? [] : [spin, spin + 1, spin + 2]));
  // Which component of a rotation is left out seldom changes.
  const turned = properties.flatMap((property) =>
    property.shape === "quaternion"
      ? columnsOf(property).slice(1)
      : property.kind === "angle"
        ? columnsOf(property)
        : [],
  );
  const placed = properties.flatMap((property) =>
    property.kind.startsWith("position") ? columnsOf(property) : [],
  );
  const changes: [Columns, number][] = unions([
    movers.map(({ velocity }) => velocity),
    placed,
    spins,
    turned,
  ]).map((together) => [together, MOTION]);
  for (const { index, velocity } of movers) changes.push([new Set([index, velocity]), ONE_AXIS]);
  for (const property of properties) {
    const whole = columnsOf(property);
    changes.push([new Set(whole), WHOLE_PROPERTY]);
    if (whole.length === 1) continue;
    for (const index of whole) {
      changes.push([new Set([index]), ONE_COLUMN]);
      const others = whole.filter((other) => other !== index);
      changes.push([new Set(others), ONE_COLUMN], [new Set([...others, ...turned]), ONE_COLUMN]);
    }
  }
  return changes;
}

/** All that can change together when each group changes wholly or not at all. */
function unions(groups: readonly (readonly number[])[]): Columns[] {
  const found: Columns[] = [];
  for (const group of groups) {
    if (group.length === 0) continue;
    found.push(...found.map((others) => new Set([...others, ...group])), new Set(group));
  }
  return found;
}

/** Which columns a property has; a quaternion as many as it has components. */
function columnsOf({ first, components }: EntityType["properties"][number]): number[] {
  return components.map((_, i) => first + i);
}
