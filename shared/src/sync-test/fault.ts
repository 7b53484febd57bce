import type { Tick } from "../tick/tick.ts";
import type { Difference } from "../world/difference.ts";
import type { EventDifference } from "./event-difference.ts";

/**
 * What was done when a fault showed.
 *
 * - `first run`: the tick was computed for the first time.
 * - `second run`: another world, never rolled back, was stepped with the same inputs.
 * - `rollback`: a world was set back some ticks and stepped again with the same inputs.
 * - `rebuilt`: the world of the tick before was rebuilt from the fields alone, with its entities entered in another order.
 * - `absent neighbours`: a world that holds only some of the entities was stepped, as on a client.
 */
export type Check = "first run" | "second run" | "rollback" | "rebuilt" | "absent neighbours";

/** The first thing found wrong with a game. */
export type SyncFault = {
  readonly check: Check;
  /** The tick computed. */
  readonly tick: Tick;
  /** How many ticks the world had been set back; 0 where it was not. */
  readonly rolledBack: number;
} & (
  | { readonly kind: "state"; readonly difference: Difference }
  | { readonly kind: "events"; readonly difference: EventDifference }
  | { readonly kind: "threw"; readonly error: unknown }
);

/** How the second of the two values came about. */
const SECOND: Record<Check, string> = {
  "first run": "",
  "second run": "in a second run with the same inputs",
  rollback: "",
  rebuilt: "in a world rebuilt from the fields alone, with its entities entered in another order",
  "absent neighbours": "",
};

/** A fault as one sentence. */
export function describeFault(fault: SyncFault): string {
  const { check, tick, rolledBack } = fault;
  const ticks = `${rolledBack} ${rolledBack === 1 ? "tick" : "ticks"}`;
  const second = rolledBack > 0 ? `after going back ${ticks} and stepping again` : SECOND[check];
  if (fault.kind === "threw") {
    const where = check === "absent neighbours" ? "in a world that holds only some of the entities" : second;
    return `tick ${tick}: the step threw ${where === "" ? "" : `${where} `}(${messageOf(fault.error)})`;
  }
  const [first, other] = fault.difference.values.map(valueText);
  return `tick ${tick}: ${subject(fault)} is ${first} at first and ${other} ${second}`;
}

function subject(fault: SyncFault & { readonly kind: "state" | "events" }): string {
  if (fault.kind === "events") return `event ${fault.difference.index + 1} of the step`;
  const { difference } = fault;
  if (difference.kind === "module") return `the hash of module "${difference.name}"`;
  return `${difference.type}.${difference.field} of entity ${difference.id}`;
}

function valueText(value: unknown): string {
  if (value === undefined) return "not emitted";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
