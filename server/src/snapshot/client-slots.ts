import {
  type DetailLevel,
  type EntityId,
  isExact,
  isOwned,
  LEVEL_BITS,
  type Sequence,
  type Tick,
} from "@tidelock/shared";
import {
  ACKED,
  ACKED_ALL,
  BY_ACK,
  type ClientBlock,
  DUE,
  FREE,
  HIGH_WATER,
  ID,
  LEAVING,
  LEFT,
  LOWEST_FREE,
  NEXT,
  PENDING,
  PLACE,
  ROW,
  SINCE,
  TOLD,
  TOLD_TICK,
  UNSETTLED,
  UNSURE,
  URGENCY,
  USED,
} from "./client-block.ts";
import { InFlight } from "./in-flight.ts";
import { ToldSlots } from "./told-slots.ts";

/** Entities of one table that a place can name. */
const ENTITY_BITS = 20;

/** An entity's table, slot in it and detail level as one number. */
export function placeOf(table: number, entity: number, level: DetailLevel): number {
  return (((table << LEVEL_BITS) | level) << ENTITY_BITS) | entity;
}

/** What is the same for entities that are coded alike: table and detail level. */
export function kindOf(place: number): number {
  return place >>> ENTITY_BITS;
}

export function tableOf(place: number): number {
  return place >>> (ENTITY_BITS + LEVEL_BITS);
}

export function levelOf(place: number): DetailLevel {
  return kindOf(place) & ((1 << LEVEL_BITS) - 1);
}

/** Slot in its table of a place. */
export function entityOf(place: number): number {
  return place & ((1 << ENTITY_BITS) - 1);
}

/**
 * The open client's small numbers for the entities it sees. A number is used again only once its last entity is known to be gone.
 */
export class ClientSlots {
  readonly #client: ClientBlock;
  readonly #inFlight: InFlight;
  readonly told: ToldSlots;

  constructor(client: ClientBlock) {
    this.#client = client;
    this.#inFlight = new InFlight(client);
    this.told = new ToldSlots(client);
  }

  isLive(slot: number): boolean {
    const place = this.#client.words[this.#client.places + slot];
    return place >= 0 || place === PENDING;
  }

  /** At which level a slot's entity is shown. */
  levelOf(slot: number): DetailLevel {
    return levelOf(this.#client.words[this.#client.rows + slot * ROW + PLACE]);
  }

  /** Whether a slot stands for an entity in view that the client owns. */
  isOwned(slot: number): boolean {
    const { words, rows } = this.#client;
    return isOwned(levelOf(words[rows + slot * ROW + PLACE])) && this.isLive(slot);
  }

  /** The slot that stands for a table's entity, or -1. */
  find(table: number, entity: number, id: EntityId): number {
    const { words, rows } = this.#client;
    let slot = words[this.#client.head(id)] - 1;
    for (; slot >= 0; slot = words[rows + slot * ROW + NEXT] - 1) {
      const row = rows + slot * ROW;
      const place = words[row + PLACE];
      if (words[row + ID] >>> 0 === id && entityOf(place) === entity && tableOf(place) === table) break;
    }
    return slot;
  }

  /** A slot that was FREE, to be shown at once. */
  take(table: number, entity: number, id: EntityId): number {
    const client = this.#client;
    const highWater = client.words[client.base + HIGH_WATER];
    let slot = client.words[client.base + LOWEST_FREE];
    while (slot < highWater && client.words[client.places + slot] !== FREE) slot++;
    client.reserve(slot + 1);
    const { words, base, places, rows } = client;
    words[base + LOWEST_FREE] = slot + 1;
    if (slot === highWater) words[base + HIGH_WATER]++;
    words[base + USED]++;
    words[base + UNSETTLED]++;
    words[places + slot] = PENDING;
    const row = rows + slot * ROW;
    words[row + ID] = id;
    words[row + PLACE] = placeOf(table, entity, 0);
    words[row + TOLD] = DUE;
    client.link(slot);
    return slot;
  }

  /** Tick of the newest state of a slot that the client is known to have, or -1. */
  known(slot: number): Tick {
    const { words, base, rows } = this.#client;
    const row = rows + slot * ROW;
    if (words[row + TOLD] !== BY_ACK) return -1;
    const ackedAll = words[base + ACKED_ALL];
    const acked = words[row + ACKED];
    return ackedAll > acked && words[row + SINCE] <= ackedAll ? ackedAll : acked;
  }

  /** (Re)starts showing a slot's entity: nothing of it counts as known. */
  show(slot: number, level: DetailLevel, tick: Tick): void {
    const { words, base, places, rows } = this.#client;
    const row = rows + slot * ROW;
    const fresh = words[row + TOLD] === DUE && words[places + slot] === PENDING;
    if (words[places + slot] === LEAVING && words[row + TOLD] === BY_ACK) words[base + LEFT]--;
    if (words[places + slot] >= 0) words[base + UNSETTLED]++;
    this.#inFlight.remove(slot);
    words[places + slot] = PENDING;
    words[row + PLACE] = placeOf(tableOf(words[row + PLACE]), entityOf(words[row + PLACE]), level);
    words[row + ACKED] = -1;
    words[row + SINCE] = tick;
    // What the client owns is in every packet, so that what is missing does not exist; and where there may be an older
    // state of the entity, nothing may go on from the wrong one.
    words[row + TOLD] = fresh && !isOwned(level) ? DUE : BY_ACK;
    words[row + URGENCY] = 0;
    words[row + TOLD_TICK] = ~tick;
  }

  /** Lets the tight loop take a slot that the client is known to have from a packet that held all of its view. */
  settle(slot: number): void {
    const { words, base, places, rows } = this.#client;
    const row = rows + slot * ROW;
    const place = words[row + PLACE];
    // A place that looks negative, of a game with very many tables, stays on the long way, which is as right.
    if (
      place >= 0 &&
      words[places + slot] === PENDING &&
      words[row + TOLD] === BY_ACK &&
      words[row + SINCE] <= words[base + ACKED_ALL]
    ) {
      words[places + slot] = place;
      words[base + UNSETTLED]--;
    }
  }

  /** The entity of a live slot is out of view. */
  leave(slot: number, tick: Tick): void {
    const { words, base, places, rows } = this.#client;
    const row = rows + slot * ROW;
    const unheard = words[row + TOLD] === DUE;
    if (words[places + slot] >= 0) words[base + UNSETTLED]++;
    this.#inFlight.remove(slot);
    words[places + slot] = LEAVING;
    words[row + SINCE] = tick;
    // A client that predicts the entity would go on with it: it is told until it has heard.
    const level = levelOf(words[row + PLACE]);
    words[row + TOLD] = (isExact(level) || isOwned(level)) && !unheard ? BY_ACK : DUE;
    if (words[row + TOLD] === BY_ACK) words[base + LEFT]++;
    if (unheard) this.free(slot);
  }

  /** The client has nothing in the slot. */
  free(slot: number): void {
    const { words, base, places, rows } = this.#client;
    const row = rows + slot * ROW;
    if (words[row + TOLD] === BY_ACK) words[base + LEFT]--;
    words[base + UNSETTLED]--;
    words[places + slot] = FREE;
    words[base + USED]--;
    // The chain is as long as few ids share a hash.
    let link = this.#client.head(words[row + ID]);
    while (words[link] !== slot + 1) link = rows + (words[link] - 1) * ROW + NEXT;
    words[link] = words[row + NEXT];
    if (slot < words[base + LOWEST_FREE]) words[base + LOWEST_FREE] = slot;
    let highWater = words[base + HIGH_WATER];
    while (highWater > 0 && words[places + highWater - 1] === FREE) highWater--;
    words[base + HIGH_WATER] = highWater;
  }

  /** Notes that one packet tells of the slot's coming or going, which those after it do not repeat. */
  tell(slot: number, sequence: Sequence, tick: Tick): void {
    const { words, rows } = this.#client;
    const row = rows + slot * ROW;
    words[row + TOLD] = sequence;
    words[row + SINCE] = tick;
    words[row + ACKED] = -1;
    this.#inFlight.add(slot);
  }

  /** No answer has come to what one packet told: of a live slot the next ones repeat all until one is acknowledged. */
  repeat(slot: number, tick: Tick): void {
    const { words, rows } = this.#client;
    const row = rows + slot * ROW;
    this.#inFlight.remove(slot);
    words[row + TOLD] = this.isLive(slot) ? BY_ACK : DUE;
    words[row + SINCE] = tick;
    words[row + ACKED] = -1;
  }

  /** Takes in that the client has the packet of `tick`, which held all of its view. */
  ackAll(tick: Tick): void {
    const { words, base, places, rows } = this.#client;
    if (tick > words[base + ACKED_ALL]) words[base + ACKED_ALL] = tick;
    if (words[base + LEFT] === 0) return;
    for (let slot = words[base + HIGH_WATER] - 1; slot >= 0; slot--) {
      const row = rows + slot * ROW;
      if (words[places + slot] === LEAVING && words[row + TOLD] === BY_ACK && words[row + SINCE] <= tick)
        this.free(slot);
    }
  }

  /** Takes in that the client has a packet of `tick` that told of a part of its view. */
  ackPart(tick: Tick, sequence: Sequence): void {
    const { words, base, places, rows } = this.#client;
    for (let slot = words[base + HIGH_WATER] - 1; slot >= 0; slot--) {
      const row = rows + slot * ROW;
      const place = words[places + slot];
      if (place === FREE || tick < words[row + SINCE] || !this.told.has(slot, sequence)) continue;
      if (place !== LEAVING) words[row + ACKED] = Math.max(tick, words[row + ACKED]);
      else if (words[row + TOLD] === BY_ACK) this.free(slot);
    }
  }

  /** Takes in which of the packets that told something once have arrived by now, and which never will. */
  answer(outcome: (sequence: Sequence, tick: Tick) => TellingOutcome): void {
    const { words, places, rows } = this.#client;
    let next = this.#inFlight.first;
    while (next >= 0) {
      const slot = next;
      const row = rows + slot * ROW;
      next = this.#inFlight.after(slot);
      const result = outcome(words[row + TOLD], words[row + SINCE]);
      if (result === "beyond") return;
      if (result === "open") continue;
      this.#inFlight.remove(slot);
      const leaving = words[places + slot] === LEAVING;
      // To hear twice of an end does no harm.
      if (result !== "arrived") words[row + TOLD] = result === "lost" || leaving ? DUE : UNSURE;
      else if (leaving) this.free(slot);
      else words[row + TOLD] = BY_ACK;
    }
  }
}

/** What became of a packet: past what is answered, not decided, there, lost for good, or not to be found out any more. */
export type TellingOutcome = "beyond" | "open" | "arrived" | "lost" | "unknown";
