import { type DetailLevel, type EntityId, isOwned, LEVEL_BITS, type Tick } from "@tidelock/shared";
import {
  ACKED,
  ACKED_ALL,
  type ClientBlock,
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
  USED,
} from "./client-block.ts";

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

  constructor(client: ClientBlock) {
    this.#client = client;
  }

  isLive(slot: number): boolean {
    const place = this.#client.words[this.#client.places + slot];
    return place >= 0 || place === PENDING;
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
    words[places + slot] = PENDING;
    words[rows + slot * ROW + ID] = id;
    words[rows + slot * ROW + PLACE] = placeOf(table, entity, 0);
    client.link(slot);
    return slot;
  }

  /** Tick of the newest state of a slot that the client is known to have, or -1. */
  known(slot: number): Tick {
    const { words, base, rows } = this.#client;
    const ackedAll = words[base + ACKED_ALL];
    const acked = words[rows + slot * ROW + ACKED];
    return ackedAll > acked && words[rows + slot * ROW + SINCE] <= ackedAll ? ackedAll : acked;
  }

  /** (Re)starts showing a slot's entity: nothing of it counts as known. */
  show(slot: number, level: DetailLevel, tick: Tick): void {
    const { words, base, places, rows } = this.#client;
    const row = rows + slot * ROW;
    if (words[places + slot] === LEAVING) words[base + LEFT]--;
    words[places + slot] = PENDING;
    words[row + PLACE] = placeOf(tableOf(words[row + PLACE]), entityOf(words[row + PLACE]), level);
    words[row + ACKED] = -1;
    words[row + SINCE] = tick;
  }

  /** Lets the tight loop take a slot that the client is known to have from a packet that held all of its view. */
  settle(slot: number): void {
    const { words, base, places, rows } = this.#client;
    const place = words[rows + slot * ROW + PLACE];
    // A place that looks negative, of a game with very many tables, stays on the long way, which is as right.
    if (
      place >= 0 &&
      words[places + slot] === PENDING &&
      words[rows + slot * ROW + SINCE] <= words[base + ACKED_ALL]
    )
      words[places + slot] = place;
  }

  /** The entity of a live slot is out of view. */
  leave(slot: number, tick: Tick): void {
    const { words, base, places, rows } = this.#client;
    words[places + slot] = LEAVING;
    words[base + LEFT]++;
    words[rows + slot * ROW + SINCE] = tick;
  }

  /** The client has heard that the slot's entity is gone. */
  free(slot: number): void {
    const { words, base, places, rows } = this.#client;
    words[base + LEFT]--;
    words[places + slot] = FREE;
    words[base + USED]--;
    // The chain is as long as few ids share a hash.
    let link = this.#client.head(words[rows + slot * ROW + ID]);
    while (words[link] !== slot + 1) link = rows + (words[link] - 1) * ROW + NEXT;
    words[link] = words[rows + slot * ROW + NEXT];
    if (slot < words[base + LOWEST_FREE]) words[base + LOWEST_FREE] = slot;
    let highWater = words[base + HIGH_WATER];
    while (highWater > 0 && words[places + highWater - 1] === FREE) highWater--;
    words[base + HIGH_WATER] = highWater;
  }

  /** Takes in that the client has the packet of `tick`, which held all of its view. */
  ackAll(tick: Tick): void {
    const { words, base, places, rows } = this.#client;
    if (tick > words[base + ACKED_ALL]) words[base + ACKED_ALL] = tick;
    if (words[base + LEFT] === 0) return;
    for (let slot = words[base + HIGH_WATER] - 1; slot >= 0; slot--)
      if (words[places + slot] === LEAVING && words[rows + slot * ROW + SINCE] <= tick) this.free(slot);
  }

  /** Takes in that the client has a packet of `tick` that told of these slots and (bitwise complement) of the end of these. */
  ackPart(tick: Tick, entries: Int32Array): void {
    const { words, places, rows } = this.#client;
    for (const entry of entries) {
      const slot = entry < 0 ? ~entry : entry;
      const row = rows + slot * ROW;
      if (tick < words[row + SINCE]) continue;
      if (entry < 0) {
        if (words[places + slot] === LEAVING) this.free(slot);
      } else if (this.isLive(slot) && tick > words[row + ACKED]) words[row + ACKED] = tick;
    }
  }
}
