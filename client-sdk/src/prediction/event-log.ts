import type { Tick, WorldEvent } from "@tidelock/shared";

/** A correction often moves what happens by a tick or two; it is still the same shot, sound or spark. */
const SAME_WITHIN_TICKS = 4;

/** Who is told of one-shot events. */
export interface EventListener {
  /** Something happened in a predicted tick; told once, however often the tick is replayed. */
  event(event: WorldEvent): void;
  /** Something told of before turned out not to have happened. */
  cancelled(event: WorldEvent): void;
}

interface Logged {
  readonly tick: Tick;
  readonly event: WorldEvent;
}

/**
 * The one-shot events of the ticks that may still be replayed. A replay is compared as a whole with what was reported before: what
 * happens again is not reported again, what is new is reported late, and what no longer happens is called off.
 */
export class EventLog {
  #logged: Logged[] = [];
  #before: Logged[] = [];

  /** Notes what a step has reported, be it the first time or in a replay. */
  add(tick: Tick, events: readonly WorldEvent[]): void {
    for (const event of events) this.#logged.push({ tick, event });
  }

  /** Forgets the ticks up to `tick`: they are never replayed again. */
  forget(tick: Tick): void {
    if (this.#logged.length > 0 && this.#logged[0].tick <= tick)
      this.#logged = this.#logged.filter((logged) => logged.tick > tick);
  }

  /** Begins a replay of everything after `tick`. */
  beginReplay(tick: Tick): void {
    this.forget(tick);
    this.#before = this.#logged;
    this.#logged = [];
  }

  /** Ends a replay: tells of what it added and of what it took away. */
  endReplay(listener: EventListener): void {
    const before = this.#before;
    for (const { tick, event } of this.#logged) {
      const at = before.findIndex(
        (old) => Math.abs(old.tick - tick) <= SAME_WITHIN_TICKS && isSame(old.event, event),
      );
      if (at >= 0) before.splice(at, 1);
      else listener.event(event);
    }
    for (const { event } of before) listener.cancelled(event);
    this.#before = [];
  }
}

/** Whether two events are the same but for where exactly: their fractional numbers may differ. */
function isSame(a: WorldEvent, b: WorldEvent): boolean {
  return a.name === b.name && isAlike(a.data, b.data);
}

function isAlike(a: unknown, b: unknown): boolean {
  if (typeof a === "number" && typeof b === "number")
    return a === b || !Number.isInteger(a) || !Number.isInteger(b);
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => isAlike(Reflect.get(a, key), Reflect.get(b, key)))
  );
}
