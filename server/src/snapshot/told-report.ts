import type { DetailLevel, EntityId, Tick, WorldHistory } from "@tidelock/shared";
import {
  ACKED_ALL,
  type ClientBlock,
  CROWDED,
  FREE,
  HIGH_WATER,
  ID,
  LEAVING,
  NEXT,
  PLACE,
  ROW,
  SENT_BASIS,
  SENT_TICK,
  SINCE,
  TOLD,
  TOLD_TICK,
  URGENCY,
} from "./client-block.ts";
import { type ClientSlots, entityOf, levelOf, tableOf } from "./client-slots.ts";

/**
 * What became of an entity in a client's last packet.
 *
 * - `sent`: its state or its change was in it.
 * - `as-predicted`: the client works it out itself, and the packet said so.
 * - `waiting-for-ack`: it is as an earlier packet told it, which is on its way and need not be repeated.
 * - `over-budget`: others were more urgent. It waits, and its urgency grows.
 * - `not-in-view`: interest left it out, or there is no such entity.
 */
export type Telling = "sent" | "as-predicted" | "waiting-for-ack" | "over-budget" | "not-in-view";

/** Where an entity in a client's view stands in the room's history, and at which level it is shown since when. */
export interface ShownAs {
  readonly table: number;
  /** Slot in the table. */
  readonly slot: number;
  readonly level: DetailLevel;
  readonly since: Tick;
}

/** No entity of any kind of telling. */
export function noneTold(): Record<Telling, number> {
  return { sent: 0, "as-predicted": 0, "waiting-for-ack": 0, "over-budget": 0, "not-in-view": 0 };
}

/**
 * Says why the open client was told what it was told. All of it is worked out when somebody asks, from what the encoder remembers
 * anyway; ask between a packet and the next step.
 */
export class ToldReport {
  readonly #client: ClientBlock;
  readonly #slots: ClientSlots;
  readonly #history: WorldHistory;

  constructor(client: ClientBlock, slots: ClientSlots, history: WorldHistory) {
    this.#client = client;
    this.#slots = slots;
    this.#history = history;
  }

  /** What became of an entity. */
  of(id: EntityId): Telling {
    const slot = this.#find(id);
    return slot < 0 ? "not-in-view" : this.#ofSlot(slot);
  }

  /** As what the client is shown an entity; undefined when it is not in view. */
  shown(id: EntityId): ShownAs | undefined {
    const slot = this.#find(id);
    if (slot < 0 || !this.#slots.isLive(slot)) return undefined;
    const { words, rows } = this.#client;
    const row = rows + slot * ROW;
    const place = words[row + PLACE];
    return { table: tableOf(place), slot: entityOf(place), level: levelOf(place), since: words[row + SINCE] };
  }

  #find(id: EntityId): number {
    const { words, rows } = this.#client;
    let slot = words[this.#client.head(id)] - 1;
    while (slot >= 0 && words[rows + slot * ROW + ID] >>> 0 !== id)
      slot = words[rows + slot * ROW + NEXT] - 1;
    return slot;
  }

  /** How many entities that the client knows or is to know became what. */
  count(): Record<Telling, number> {
    const { words, base, places } = this.#client;
    const counts = noneTold();
    for (let slot = 0; slot < words[base + HIGH_WATER]; slot++)
      if (words[places + slot] !== FREE) counts[this.#ofSlot(slot)]++;
    return counts;
  }

  #ofSlot(slot: number): Telling {
    const { words, base, places } = this.#client;
    if (words[places + slot] === LEAVING) return "not-in-view";
    return words[base + CROWDED] === 1 ? this.#inPart(slot) : this.#inWhole(slot);
  }

  /** Of a view that did not fit: the chooser's memory says it. */
  #inPart(slot: number): Telling {
    const { words, base, rows } = this.#client;
    const row = rows + slot * ROW;
    const urgency = words[row + URGENCY];
    if (words[row + TOLD_TICK] === words[base + SENT_TICK]) return urgency < 0 ? "sent" : "as-predicted";
    return urgency > 0 ? "over-budget" : "waiting-for-ack";
  }

  /** Of a view that fitted: what was not as predicted was sent. */
  #inWhole(slot: number): Telling {
    const { words, base, rows } = this.#client;
    const row = rows + slot * ROW;
    const told = words[row + TOLD];
    const sentTick = words[base + SENT_TICK];
    const place = words[row + PLACE];
    const surprised = this.#history.tables[tableOf(place)].surprisedAt(entityOf(place), levelOf(place));
    if (told >= 0)
      return words[row + SINCE] === sentTick || surprised > words[row + SINCE] ? "sent" : "waiting-for-ack";
    // What has been confirmed since the packet was written did not count yet.
    const known = this.#slots.known(slot);
    const basis = known === words[base + ACKED_ALL] ? Math.min(known, words[base + SENT_BASIS]) : known;
    return basis < words[row + SINCE] || surprised > basis ? "sent" : "as-predicted";
  }
}
