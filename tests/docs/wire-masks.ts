import type { EntityType } from "@tidelock/shared";
import { codeOf, lengthsFor, type WireCode } from "./wire-code.ts";

/** One mask of a delta: the columns it covers, and its code; without a code it stands plainly. */
export interface WireMask {
  readonly columns: readonly number[];
  readonly code: WireCode | undefined;
  readonly masks: readonly number[];
}

/** The masks of a type by sections 4.5 and 4.8 of docs/wire-format.md and by nothing else. */
export function masksOf(type: EntityType): WireMask[] {
  const order = [...type.sendOrder];
  const size = order.length <= 24 ? 24 : 16;
  const groups = Array.from({ length: Math.ceil(order.length / size) }, (_, i) =>
    order.slice(i * size, (i + 1) * size),
  );
  return groups.map((columns, group) => {
    const table = type.tables?.masks?.[group];
    const { masks, lengths } =
      table === undefined
        ? usualTable(type, columns, groups.length > 1)
        : {
            masks: table.masks.map(([mask]) => mask),
            lengths: [...table.masks.map(([, length]) => length), table.escape],
          };
    return { columns, masks, code: masks.length === 0 ? undefined : codeOf(lengths) };
  });
}

/** Masks that come often and their code lengths, where nothing was trained. */
export function usualTable(
  type: EntityType,
  columns: readonly number[],
  isOneOfSeveral: boolean,
): { masks: number[]; lengths: number[] } {
  if (columns.length <= 1) return { masks: [], lengths: [] };
  const weights = new Map<number, number>();
  if (isOneOfSeveral) weights.set(0, 64);
  const add = (changed: readonly number[], weight: number): void => {
    let mask = 0;
    columns.forEach((column, bit) => (mask += changed.includes(column) ? 2 ** bit : 0));
    if (mask > 0) weights.set(mask, (weights.get(mask) ?? 0) + weight);
  };
  const fields = type.properties.map(({ kind, first, components }) => ({
    kind,
    columns: components.map((_, i) => first + i),
  }));
  const movers = type.columns.filter(({ velocity }) => velocity >= 0);
  const speeds = movers.map(({ velocity }) => velocity);
  const placed = fields.filter(({ kind }) => kind.startsWith("position")).flatMap((field) => field.columns);
  const spins = type.rotations.flatMap(({ spin }) => (spin < 0 ? [] : [spin, spin + 1, spin + 2]));
  const turned = fields.flatMap(({ kind, columns }) =>
    kind === "angle" ? columns : kind === "quaternion" ? columns.slice(1) : [],
  );
  const together: number[][] = [];
  for (const group of [speeds, placed, spins, turned].filter(({ length }) => length > 0)) {
    together.push(...together.map((others) => [...others, ...group]));
    together.push(group);
  }
  for (const changed of together) add(changed, 16);
  for (const { index, velocity } of movers) add([index, velocity], 4);
  for (const { columns } of fields) {
    add(columns, 4);
    if (columns.length === 1) continue;
    for (const column of columns) {
      const others = columns.filter((other) => other !== column);
      add([column], 1);
      add(others, 1);
      add([...others, ...turned], 1);
    }
  }
  if (weights.size === 0) return { masks: [], lengths: [] };
  return { masks: [...weights.keys()], lengths: lengthsFor([...weights.values(), 2]) };
}
