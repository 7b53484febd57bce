import { levelFor, MAX_SLOTS, type Tick, type WorldHistory } from "@tidelock/shared";
import {
  type ClientBlock,
  PLAYER,
  ROW,
  SEEN,
  USED,
  VIEW_COUNT,
  VIEW_TICK,
  VIEW_VERSION,
} from "./client-block.ts";
import type { ClientSlots } from "./client-slots.ts";

/** What a detail says. */
const FAR_AWAY = 1;
const OF_TEAM = 2;
/** In the number that stands for a place in the view: 20 bits for the entity, 10 for its table, 2 for the detail. */
const TABLE_SHIFT = 20;
const DETAIL_SHIFT = 30;

/** The entities a client may see this tick: parallel lists of table index and slot in that table. Cheapest in a stable order. */
export interface VisibleSet {
  count: number;
  tables: Uint8Array;
  slots: Int32Array;
  /** Of each: bit 0, far from the client; bit 1, of its team. Default: neither. */
  details?: Uint8Array;
  /** The same number, from 0 to 2^31 - 1, promises the same lists, standing for the same entities, as at the last time with that number. */
  version?: number;
  /** How much each matters to the client, above 0, when not all fits. Default: 1. */
  relevance?: Float32Array;
}

/**
 * Keeps the open client's slots in step with what it may see. From one tick to the next nearly all of that stays, so the new list is
 * read beside the last one, and only where they differ is anything looked up.
 */
export class ViewFollower {
  readonly #client: ClientBlock;
  readonly #slots: ClientSlots;
  readonly #history: WorldHistory;
  /** The new list is made here, where it is at hand for all clients, and what differs of it copied to the client. */
  #newKeys = new Int32Array(64);
  #newListed = new Int32Array(64);
  /** Slots that the new list passed over: gone, unless it names them elsewhere. */
  readonly #missed: number[] = [];

  constructor(client: ClientBlock, slots: ClientSlots, history: WorldHistory) {
    this.#client = client;
    this.#slots = slots;
    this.#history = history;
  }

  follow(visible: VisibleSet, tick: Tick): void {
    const { words, base } = this.#client;
    const known = words[base + VIEW_COUNT];
    const renewed = this.#isRenewed(words[base + VIEW_TICK]);
    const { version = -1 } = visible;
    const unchanged = version >= 0 && version === words[base + VIEW_VERSION];
    words[base + VIEW_TICK] = tick;
    words[base + VIEW_VERSION] = version;
    if (unchanged) return;
    const same = renewed ? 0 : this.#sameFromStart(visible, known);
    if (!renewed && same === visible.count && same === known) return;
    this.#change(visible, same, renewed ? 0 : known, tick);
  }

  /** How many places, from the first on, list what they listed before. */
  #sameFromStart({ count, tables, slots: entities, details }: VisibleSet, known: number): number {
    const { words, keys } = this.#client;
    const most = Math.min(count, known);
    if (details === undefined) {
      for (let i = 0; i < most; i++)
        if (words[keys + i] !== ((tables[i] << TABLE_SHIFT) | entities[i])) return i;
    } else
      for (let i = 0; i < most; i++)
        if (words[keys + i] !== ((details[i] << DETAIL_SHIFT) | (tables[i] << TABLE_SHIFT) | entities[i]))
          return i;
    return most;
  }

  /** Whether any table has new entities since the last list, so that a place may stand for another one. */
  #isRenewed(last: Tick): boolean {
    for (const table of this.#history.tables) if (table.newestArrival > last) return true;
    return false;
  }

  /** Takes over a list of which the first `same` places are as before, and only the first `known` of the last one can be trusted. */
  #change(visible: VisibleSet, same: number, known: number, tick: Tick): void {
    const { count, tables, slots: entities, details } = visible;
    const client = this.#client;
    client.reserve(count);
    if (count > this.#newKeys.length) {
      this.#newKeys = new Int32Array(count * 2);
      this.#newListed = new Int32Array(count * 2);
    }
    const newKeys = this.#newKeys;
    const newListed = this.#newListed;
    // Whoever enters may move the client's block: the old list is read anew each time.
    const listed = (i: number): number => client.words[client.listed + i];
    let last = same;
    for (let i = same; i < count; i++) {
      const detail = details === undefined ? 0 : details[i];
      const key = (detail << DETAIL_SHIFT) | (tables[i] << TABLE_SHIFT) | entities[i];
      const { words, keys } = client;
      if (last + 1 < known && words[keys + last] !== key && words[keys + last + 1] === key)
        this.#missed.push(listed(last++));
      newKeys[i] = key;
      newListed[i] =
        last < known && words[keys + last] === key
          ? listed(last++)
          : this.#enter(tables[i], entities[i], detail, tick);
    }
    const before = client.words[client.base + VIEW_COUNT];
    for (; last < before; last++) this.#missed.push(listed(last));
    if (this.#missed.length > 0) this.#leaveMissed(tick);
    const { words, base, keys, listed: start } = client;
    for (let i = same; i < count; i++) {
      words[keys + i] = newKeys[i];
      words[start + i] = newListed[i];
    }
    words[base + VIEW_COUNT] = count;
  }

  #leaveMissed(tick: Tick): void {
    const { words, rows } = this.#client;
    for (const slot of this.#missed)
      if (slot >= 0 && this.#slots.isLive(slot) && words[rows + slot * ROW + SEEN] !== tick)
        this.#slots.leave(slot, tick);
    this.#missed.length = 0;
  }

  /** The slot of an entity that was not where it would be if it had been in view before; its owner and kind never change. */
  #enter(tableIndex: number, entity: number, detail: number, tick: Tick): number {
    const client = this.#client;
    const slots = this.#slots;
    const { table } = this.#history.tables[tableIndex];
    const id = table.ids[entity];
    let slot = slots.find(tableIndex, entity, id);
    if (slot < 0 && client.words[client.base + USED] >= MAX_SLOTS) return -1;
    const player = client.words[client.base + PLAYER];
    const isTeamMate = (detail & OF_TEAM) !== 0;
    const level = levelFor(table.type, table.owners[entity], player, isTeamMate, (detail & FAR_AWAY) !== 0);
    if (slot < 0) slot = slots.take(tableIndex, entity, id);
    else if (slots.isLive(slot) && slots.levelOf(slot) === level) {
      client.words[client.rows + slot * ROW + SEEN] = tick;
      return slot;
    }
    slots.show(slot, level, tick);
    client.words[client.rows + slot * ROW + SEEN] = tick;
    return slot;
  }
}
