import type { EntityId, Tick } from "@tidelock/shared";
import type { Telling } from "../snapshot/told-report.ts";

/** Send ticks remembered of an entity. */
const REMEMBERED = 64;
/** Entities watched per player; one more, and the one that was asked for longest ago is forgotten. */
const MOST_WATCHED = 32;
/** Send ticks after which an entity that nobody asks for is forgotten. */
const ASKED_LATELY = 1024;

/**
 * Why a player was or was not told of an entity: what became of it in the packet, or
 *
 * - `no-packet`: none was made for this player, because its `sendEvery` or its path did not want one.
 * - `no-such-entity`: the world has none of that id.
 */
export type TellingReason = Telling | "no-packet" | "no-such-entity";

/** Why a player was or was not told of an entity, at some tick. */
export interface WhyNotSent {
  /** The send tick that this is about. */
  readonly tick: Tick;
  readonly reason: TellingReason;
  /** The send tick since which the reason is the same, as far back as the entity has been watched. */
  readonly since: Tick;
  /** The newest send tick at which a packet told of it, be it that it does as predicted; -1: none while it was watched. */
  readonly told: Tick;
}

interface Turn {
  readonly tick: Tick;
  readonly reason: TellingReason;
}

interface Watch {
  readonly turns: Turn[];
  /** Turns since somebody asked. */
  idle: number;
}

/** Notes at each send tick why one player was or was not told of the entities that somebody asks for, and of no others. */
export class TellingLog {
  readonly #watches = new Map<EntityId, Watch>();

  /** Notes a send tick; `why` says it of an entity. */
  note(tick: Tick, why: (entity: EntityId) => TellingReason): void {
    for (const [entity, watch] of this.#watches) {
      if (watch.idle++ > ASKED_LATELY) this.#watches.delete(entity);
      else add(watch, { tick, reason: why(entity) });
    }
  }

  /**
   * What was noted for the last send tick up to `tick`, which may lie 64 send ticks back; undefined when nothing was. From now on the
   * entity is watched; for one that was not, `first` is what is known of it now.
   */
  ask(entity: EntityId, tick: Tick, first: () => Turn): WhyNotSent | undefined {
    const watch = this.#watches.get(entity) ?? { turns: [first()], idle: 0 };
    watch.idle = 0;
    // The last in the map is the one asked for last.
    this.#watches.delete(entity);
    this.#watches.set(entity, watch);
    for (const oldest of this.#watches.keys()) {
      if (this.#watches.size <= MOST_WATCHED) break;
      this.#watches.delete(oldest);
    }
    const { turns } = watch;
    const at = turns.findLastIndex((turn) => turn.tick <= tick);
    if (at < 0) return undefined;
    const { reason } = turns[at];
    let since = at;
    while (since > 0 && turns[since - 1].reason === reason) since--;
    const told = turns.findLast((turn) => turn.tick <= tick && isTold(turn.reason));
    return { tick: turns[at].tick, reason, since: turns[since].tick, told: told?.tick ?? -1 };
  }
}

function add({ turns }: Watch, turn: Turn): void {
  if (turns[turns.length - 1]?.tick === turn.tick) turns.pop();
  turns.push(turn);
  if (turns.length > REMEMBERED) turns.shift();
}

function isTold(reason: TellingReason): boolean {
  return reason === "sent" || reason === "as-predicted";
}
