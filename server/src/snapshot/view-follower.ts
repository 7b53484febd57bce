import { levelFor, MAX_SLOTS, type Tick, type WorldHistory } from "@tidelock/shared";
import { type ClientBlock, HIGH_WATER, PLAYER, ROW, SEEN, USED, VIEW_VERSION } from "./client-block.ts";
import type { ClientSlots } from "./client-slots.ts";

/** What a detail says. */
const FAR_AWAY = 1;
const OF_TEAM = 2;

/** Entities, as parallel lists of table index and slot in that table. */
export interface EntityList {
  count: number;
  tables: Uint8Array;
  slots: Int32Array;
  /** Of each: bit 0, far from the client; bit 1, of its team. Default: neither. */
  details?: Uint8Array;
}

/** What makes one view out of an earlier one. */
export interface ViewChange {
  /** The version of the earlier view. */
  from: number;
  /** Entities that came, and those that stayed with other details. */
  arrived: EntityList;
  /** Entities that are in view no more, and their ids: what is in their slots now may be somebody else. */
  departed: EntityList & { ids: Uint32Array };
}

/** The entities a client may see this tick, each once. */
export interface VisibleSet extends EntityList {
  /** The same number, from 0 to 2^31 - 1, promises the same lists, standing for the same entities, as at the last time with that number. */
  version?: number;
  /** The way here from another version, for clients whose last view was that. Without it every entity is looked up. */
  change?: ViewChange;
  /** How much each matters to the client, above 0. Default: 1. Read only when not all fits, so that it may be made then. */
  readonly relevance?: Float32Array;
}

/** Keeps the open client's slots in step with what it may see. */
export class ViewFollower {
  readonly #client: ClientBlock;
  readonly #slots: ClientSlots;
  readonly #history: WorldHistory;

  constructor(client: ClientBlock, slots: ClientSlots, history: WorldHistory) {
    this.#client = client;
    this.#slots = slots;
    this.#history = history;
  }

  follow(visible: VisibleSet, tick: Tick): void {
    const { words, base } = this.#client;
    const last = words[base + VIEW_VERSION];
    const { version = -1, change } = visible;
    if (version >= 0 && version === last) return;
    // Whoever enters may move the client's block, so nothing of it is kept in the hand.
    words[base + VIEW_VERSION] = version;
    if (change !== undefined && last >= 0 && change.from === last) {
      this.#leaveDeparted(change.departed, tick);
      this.#enterAll(change.arrived, tick);
    } else {
      this.#enterAll(visible, tick);
      this.#leaveUnseen(tick);
    }
  }

  #enterAll({ count, tables, slots, details }: EntityList, tick: Tick): void {
    for (let i = 0; i < count; i++)
      this.#enter(tables[i], slots[i], details === undefined ? 0 : details[i], tick);
  }

  #leaveDeparted({ count, tables, slots, ids }: ViewChange["departed"], tick: Tick): void {
    for (let i = 0; i < count; i++) {
      const slot = this.#slots.find(tables[i], slots[i], ids[i]);
      if (slot >= 0 && this.#slots.isLive(slot)) this.#slots.leave(slot, tick);
    }
  }

  #leaveUnseen(tick: Tick): void {
    const { words, base, rows } = this.#client;
    for (let slot = words[base + HIGH_WATER] - 1; slot >= 0; slot--)
      if (this.#slots.isLive(slot) && words[rows + slot * ROW + SEEN] !== tick) this.#slots.leave(slot, tick);
  }

  /** Sees to it that an entity has a slot, at the level that is due; its owner and kind never change. */
  #enter(tableIndex: number, entity: number, detail: number, tick: Tick): void {
    const client = this.#client;
    const slots = this.#slots;
    const { table } = this.#history.tables[tableIndex];
    const id = table.ids[entity];
    let slot = slots.find(tableIndex, entity, id);
    if (slot < 0 && client.words[client.base + USED] >= MAX_SLOTS) return;
    const player = client.words[client.base + PLAYER];
    const isTeamMate = (detail & OF_TEAM) !== 0;
    const level = levelFor(table.type, table.owners[entity], player, isTeamMate, (detail & FAR_AWAY) !== 0);
    const isNew = slot < 0;
    if (isNew) slot = slots.take(tableIndex, entity, id);
    if (isNew || !slots.isLive(slot) || slots.levelOf(slot) !== level) slots.show(slot, level, tick);
    client.words[client.rows + slot * ROW + SEEN] = tick;
  }
}
