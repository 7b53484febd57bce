import type { WorldEvent } from "../world/world.ts";

/** What two steps emitted at one place in their order; undefined: that step had emitted all by then. */
export interface EventDifference {
  readonly index: number;
  readonly values: readonly [WorldEvent | undefined, WorldEvent | undefined];
}

/** The first place at which two steps emitted something else; undefined when both emitted the same, in the same order. */
export function eventDifference(
  a: readonly WorldEvent[],
  b: readonly WorldEvent[],
): EventDifference | undefined {
  for (let index = 0; index < Math.max(a.length, b.length); index++)
    if (!isSame(a[index], b[index], 0)) return { index, values: [a[index], b[index]] };
  return undefined;
}

/** Deeper than the data of an event is, and shallower than a cycle. */
const DEEPEST = 16;

function isSame(a: unknown, b: unknown, depth: number): boolean {
  if (Object.is(a, b)) return true;
  if (!isData(a) || !isData(b) || depth > DEEPEST) return isOpaque(a) && isOpaque(b);
  const [keysA, keysB] = [Object.keys(a), Object.keys(b)];
  return (
    keysA.length === keysB.length &&
    keysA.every((key) => isSame(Reflect.get(a, key), Reflect.get(b, key), depth + 1))
  );
}

/** A list or a plain object: something to look into. */
function isData(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return Array.isArray(value) || prototype === Object.prototype || prototype === null;
}

/** Objects of a class, entities among them, belong to one world and are never the same in two. */
function isOpaque(value: unknown): boolean {
  return typeof value === "object" && value !== null && !isData(value);
}
