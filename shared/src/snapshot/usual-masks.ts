import { type MaskTable, maskGroups } from "../bits/mask-table.ts";
import { optimalLengths } from "../bits/optimal-lengths.ts";
import type { EntityType } from "../schema/entity-type.ts";

/** How often each kind of change comes, relative to the others; measured games differ, training tells. */
const MOTION = 16;
const WHOLE_PROPERTY = 4;
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

/** A turn or a push changes what moves together; anything else changes a property at a time. */
function usualChanges(type: EntityType): [Columns, number][] {
  const moved = type.columns.filter(({ velocity }) => velocity >= 0).map(({ index }) => index);
  const speeds = moved.map((index) => type.columns[index].velocity);
  const turned = type.properties.filter(isRotation).flatMap(columnsOf);
  const changes: [Columns, number][] = [];
  for (const together of [speeds, moved, [...speeds, ...moved]]) {
    changes.push([new Set(together), MOTION]);
    if (turned.length > 0) changes.push([new Set([...together, ...turned]), MOTION]);
  }
  for (const property of type.properties) {
    const columns = columnsOf(property);
    changes.push([new Set(columns), WHOLE_PROPERTY]);
    if (columns.length > 1) for (const index of columns) changes.push([new Set([index]), ONE_COLUMN]);
  }
  return changes;
}

type Property = EntityType["properties"][number];

function isRotation({ kind, shape }: Property): boolean {
  return kind === "angle" || shape === "quaternion";
}

/** Which columns a property has; a quaternion as many as it has components. */
function columnsOf({ first, components }: Property): number[] {
  return components.map((_, i) => first + i);
}
