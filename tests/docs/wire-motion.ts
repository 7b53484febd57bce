import type { Column, EntityType } from "@tidelock/shared";
import { pack, type Packed, turned, unpack } from "./wire-rotation.ts";

/** Where a state is after some ticks of its motion, by section 4.4 of docs/wire-format.md and by nothing else. */
export function advanced(type: EntityType, state: readonly number[], ticks: number): number[] {
  let now = [...state];
  if (type.motion !== undefined) {
    for (let tick = 0; tick < ticks; tick++) now = moved(type, now);
    return now;
  }
  for (const column of type.columns)
    if (column.velocity >= 0)
      now[column.index] = confined(column, state[column.index] + ticks * state[column.velocity]);
  for (const { first, spin } of type.rotations) {
    if (spin < 0) continue;
    const speeds = [0, 1, 2].map((i) => state[spin + i] * type.columns[spin].grid);
    const { highest } = type.columns[first + 1];
    now.splice(first, 4, ...turned(packedOf(state, first), speeds, type.dt, ticks, highest));
  }
  return now;
}

/** One tick of a declared motion. */
function moved(type: EntityType, state: readonly number[]): number[] {
  const isShared = ({ index }: Column): boolean => type.columns[index].audience === "everyone";
  const known = type.columns.map((column) => (isShared(column) ? state[column.index] : column.initial));
  const values = known.map((quantised, index) => quantised * type.columns[index].grid);
  for (const { first } of type.rotations)
    values.splice(first, 4, ...unpack(packedOf(known, first), type.columns[first + 1].highest));
  const self: Record<string, unknown> = {};
  for (const { name, shape, reading, first, components } of type.properties) {
    if (shape !== "scalar")
      self[name] = Object.fromEntries(components.map((component, i) => [component, values[first + i]]));
    else if (reading.as === "boolean") self[name] = values[first] !== 0;
    else self[name] = reading.as === "name" ? reading.names[values[first]] : values[first];
  }
  type.motion?.(self, type.dt);
  const now = [...state];
  for (const { name, shape, reading, first, components } of type.properties) {
    if (!isShared(type.columns[first])) continue;
    const value = self[name];
    const parts = shape === "scalar" ? [numberOf(value, reading)] : partsOf(value, components);
    if (shape === "quaternion") {
      const [x, y, z, w] = parts;
      const isTurned = parts.some((part, i) => part !== values[first + i]);
      if (isTurned && !parts.some(Number.isNaN))
        now.splice(first, 4, ...pack([x, y, z, w], type.columns[first + 1].highest));
      continue;
    }
    parts.forEach((part, i) => {
      const column = type.columns[first + i];
      if (!Number.isNaN(part)) now[column.index] = confined(column, Math.round(part / column.grid));
    });
  }
  return now;
}

function partsOf(value: unknown, components: readonly string[]): number[] {
  return components.map((component) => Number(Object(value)[component]));
}

function numberOf(value: unknown, reading: EntityType["properties"][number]["reading"]): number {
  return reading.as === "name" ? reading.names.indexOf(String(value)) : Number(value);
}

export function packedOf(state: readonly number[], first: number): Packed {
  return [state[first], state[first + 1], state[first + 2], state[first + 3]];
}

export function confined({ lowest, highest, wraps }: Column, value: number): number {
  if (!wraps) return Math.max(lowest, Math.min(highest, value));
  const turn = highest - lowest + 1;
  return ((((value - lowest) % turn) + turn) % turn) + lowest;
}
