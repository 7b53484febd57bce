import type { Quaternion } from "../math/quaternion.ts";
import type { Column } from "../schema/column.ts";
import type { EntityType } from "../schema/entity-type.ts";
import { unpackQuaternion } from "../schema/quaternion-codec.ts";
import type { Property } from "../schema/record-type.ts";
import type { Rows } from "./entity-codec.ts";
import { difference } from "./motion.ts";

/** Fields that glide from one value to the next; all others hold until the next is reached. */
const GLIDING = new Set([
  "position",
  "velocity",
  "angle",
  "real",
  "position2d",
  "position3d",
  "velocity2d",
  "velocity3d",
]);

/** One entity at one moment in quantised columns. */
export interface Moment {
  readonly rows: Rows;
  readonly row: number;
}

/**
 * Sets the fields of `out` to the entity between two moments, `fraction` of the way (beyond 1: further). `ticks` lie between them. What
 * was teleported holds, then is there.
 */
export function blend(
  type: EntityType,
  from: Moment,
  to: Moment,
  fraction: number,
  ticks: number,
  out: Record<string, unknown>,
): void {
  const jumped = isTeleport(type, from, to, ticks);
  for (const property of type.properties) {
    const glides = !jumped && GLIDING.has(property.kind);
    if (property.shape === "quaternion")
      turn(type, property, from, to, jumped ? 0 : Math.min(1, fraction), out);
    else if (property.shape === "vector") {
      const vector = (out[property.name] ??= {}) as Record<string, number>;
      property.components.forEach((component, i) => {
        vector[component] = between(type.columns[property.first + i], from, to, glides ? fraction : 0);
      });
    } else
      out[property.name] = read(
        property,
        between(type.columns[property.first], from, to, glides ? fraction : 0),
      );
  }
}

/** The value of a column between two moments, in the game's units. */
export function between(column: Column, from: Moment, to: Moment, fraction: number): number {
  const a = from.rows[column.index][from.row];
  if (fraction === 0) return a * column.grid;
  return (a + difference(column, a, to.rows[column.index][to.row]) * fraction) * column.grid;
}

/** Whether the entity says that it was put elsewhere, or has moved further in these ticks than its velocity could ever take it. */
export function isTeleport(type: EntityType, from: Moment, to: Moment, ticks: number): boolean {
  const { teleport } = type;
  if (teleport !== undefined && from.rows[teleport][from.row] !== to.rows[teleport][to.row]) return true;
  for (const index of type.location) {
    const column = type.columns[index];
    if (column.velocity < 0) continue;
    const farthest =
      type.columns[column.velocity].highest * column.stepsPerVelocity * ticks + column.shownSteps * 2;
    if (Math.abs(to.rows[index][to.row] - from.rows[index][from.row]) > farthest) return true;
  }
  return false;
}

function read({ reading }: Property, value: number): unknown {
  if (reading.as === "boolean") return value !== 0;
  return reading.as === "name" ? reading.names[value] : value;
}

const a: Quaternion = { x: 0, y: 0, z: 0, w: 1 };
const b: Quaternion = { x: 0, y: 0, z: 0, w: 1 };

function turn(
  type: EntityType,
  { first, name }: Property,
  from: Moment,
  to: Moment,
  fraction: number,
  out: Record<string, unknown>,
): void {
  unpack(type, first, from, a);
  unpack(type, first, to, b);
  // Both q and -q are the same rotation: take the near one.
  const sign = a.x * b.x + a.y * b.y + a.z * b.z + a.w * b.w < 0 ? -fraction : fraction;
  const rest = 1 - fraction;
  const q = (out[name] ??= { x: 0, y: 0, z: 0, w: 1 }) as Quaternion;
  q.x = a.x * rest + b.x * sign;
  q.y = a.y * rest + b.y * sign;
  q.z = a.z * rest + b.z * sign;
  q.w = a.w * rest + b.w * sign;
  const length = Math.sqrt(q.x * q.x + q.y * q.y + q.z * q.z + q.w * q.w) || 1;
  q.x /= length;
  q.y /= length;
  q.z /= length;
  q.w /= length;
}

function unpack(type: EntityType, first: number, { rows, row }: Moment, into: Quaternion): void {
  unpackQuaternion(
    rows[first][row],
    rows[first + 1][row],
    rows[first + 2][row],
    rows[first + 3][row],
    type.columns[first + 1].highest,
    into,
  );
}
