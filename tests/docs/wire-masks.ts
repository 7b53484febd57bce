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
  const moved = type.columns.filter(({ velocity }) => velocity >= 0).map(({ index }) => index);
  const speeds = moved.map((index) => type.columns[index].velocity);
  const turned = fields
    .filter(({ kind }) => kind === "angle" || kind === "quaternion")
    .flatMap((field) => field.columns);
  for (const together of [speeds, moved, [...speeds, ...moved]]) {
    add(together, 16);
    if (turned.length > 0) add([...together, ...turned], 16);
  }
  for (const field of fields) {
    add(field.columns, 4);
    if (field.columns.length > 1) for (const column of field.columns) add([column], 1);
  }
  if (weights.size === 0) return { masks: [], lengths: [] };
  return { masks: [...weights.keys()], lengths: lengthsFor([...weights.values(), 2]) };
}
