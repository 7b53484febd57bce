import { levelFor, MAX_SLOTS, type PlayerNumber, type Tick, type WorldHistory } from "@tidelock/shared";
import { type ClientSlots, LIVE } from "./client-slots.ts";

/** The entities a client may see this tick: parallel lists of table index and slot in that table. Cheapest in a stable order. */
export interface VisibleSet {
  count: number;
  tables: Uint8Array;
  slots: Int32Array;
}

/**
 * Keeps a client's slots in step with what it may see. From one tick to the next nearly all of that stays, so the new list is read
 * beside the last one, and only where they differ is anything looked up.
 */
export class ViewFollower {
  readonly #slots: ClientSlots;
  readonly #history: WorldHistory;
  readonly #player: PlayerNumber;
  /** The last list: table and entity in one number, and the client's slot. */
  #keys = new Int32Array(64);
  #listed = new Int32Array(64);
  #otherKeys = new Int32Array(64);
  #otherListed = new Int32Array(64);
  #count = 0;
  /** Slots that the new list passed over: gone, unless it names them elsewhere. */
  readonly #missed: number[] = [];
  #tick = -1;
  /** Tick at which an entity last came into view. */
  newestEntry: Tick = -1;

  constructor(slots: ClientSlots, history: WorldHistory, player: PlayerNumber) {
    this.#slots = slots;
    this.#history = history;
    this.#player = player;
  }

  follow(visible: VisibleSet, tick: Tick): void {
    const renewed = this.#isRenewed();
    this.#tick = tick;
    const { count } = visible;
    const same = renewed ? 0 : this.#sameFromStart(visible);
    if (!renewed && same === count && same === this.#count) return;
    if (count > this.#otherKeys.length) {
      this.#otherKeys = new Int32Array(count * 2);
      this.#otherListed = new Int32Array(count * 2);
    }
    const { tables, slots: entities } = visible;
    const keys = this.#keys;
    const listed = this.#listed;
    const newKeys = this.#otherKeys;
    const newListed = this.#otherListed;
    const known = renewed ? 0 : this.#count;
    let last = 0;
    for (let i = 0; i < count; i++) {
      const key = (tables[i] << 24) | entities[i];
      if (last + 1 < known && keys[last] !== key && keys[last + 1] === key) this.#missed.push(listed[last++]);
      newKeys[i] = key;
      newListed[i] =
        last < known && keys[last] === key ? listed[last++] : this.#enter(tables[i], entities[i], tick);
    }
    for (; last < this.#count; last++) this.#missed.push(listed[last]);
    if (this.#missed.length > 0) this.#leaveMissed(tick);
    this.#keys = newKeys;
    this.#otherKeys = keys;
    this.#listed = newListed;
    this.#otherListed = listed;
    this.#count = count;
  }

  /** How many places, from the first on, list what they listed before. */
  #sameFromStart({ count, tables, slots: entities }: VisibleSet): number {
    const keys = this.#keys;
    const most = Math.min(count, this.#count);
    for (let i = 0; i < most; i++) if (keys[i] !== ((tables[i] << 24) | entities[i])) return i;
    return most;
  }

  /** Whether any table has new entities since the last list, so that a place may stand for another one. */
  #isRenewed(): boolean {
    for (const table of this.#history.tables) if (table.newestArrival > this.#tick) return true;
    return false;
  }

  #leaveMissed(tick: Tick): void {
    const slots = this.#slots;
    for (const slot of this.#missed)
      if (slot >= 0 && slots.state[slot] === LIVE && slots.seen[slot] !== tick) slots.leave(slot, tick);
    this.#missed.length = 0;
  }

  /** The slot of an entity that was not where it would be if it had been in view before; its owner and kind never change. */
  #enter(tableIndex: number, entity: number, tick: Tick): number {
    const slots = this.#slots;
    const { table } = this.#history.tables[tableIndex];
    let slot = slots.find(tableIndex, entity, table.ids[entity]);
    if (slot < 0 || slots.state[slot] !== LIVE) {
      if (slot < 0 && slots.used >= MAX_SLOTS) return -1;
      if (slot < 0) slot = slots.take(tableIndex, entity, table.ids[entity]);
      slots.show(slot, levelFor(table.type, table.owners[entity], this.#player), tick);
      this.newestEntry = tick;
    }
    slots.seen[slot] = tick;
    return slot;
  }
}
