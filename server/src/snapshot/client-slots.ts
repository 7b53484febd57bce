import type { DetailLevel, EntityId, Tick } from "@tidelock/shared";

/** A slot's life: unused, shown to the client, or out of its view with the client not known to have heard. */
export const FREE = 0;
export const LIVE = 1;
export const LEAVING = 2;

/** One client's small numbers for the entities it sees. A number is used again only once its last entity is known to be gone. */
export class ClientSlots {
  #capacity = 64;
  state = new Uint8Array(this.#capacity);
  table = new Uint8Array(this.#capacity);
  /** Slot of the entity in its world table. */
  entity = new Int32Array(this.#capacity);
  id = new Uint32Array(this.#capacity);
  level = new Uint8Array(this.#capacity);
  /** Tick of the newest state that the client is known to have from a packet that held part of its view, or -1. */
  acked = new Int32Array(this.#capacity);
  /** Tick since which the slot stands for what it does: acknowledgements of older packets do not count. */
  since = new Int32Array(this.#capacity);
  /** Tick at which interest last had to look it up. */
  seen = new Int32Array(this.#capacity);
  /** While LIVE: index of its surprise ticks (table and level) and its entity in one number; else -1. */
  live = new Int32Array(this.#capacity).fill(-1);
  /** Slots in use are below this. */
  highWater = 0;
  /** Slots that are not FREE. */
  used = 0;
  /** Slots that are LEAVING. */
  leaving = 0;
  /** Tick of the newest packet the client has that held all of its view; what was shown since before is known as of it. */
  ackedAll = -1;
  #lowestFree = 0;
  /** Slot + 1 by table and entity, 0 for none; valid where `id` agrees. */
  readonly slotOf: Int32Array[];

  constructor(tables: number) {
    this.slotOf = Array.from({ length: tables }, () => new Int32Array(0));
  }

  /** The slot that stands for a table's entity, or -1. */
  find(table: number, entity: number, id: EntityId): number {
    const slot = (this.slotOf[table][entity] ?? 0) - 1;
    return slot >= 0 && this.id[slot] === id && this.state[slot] !== FREE ? slot : -1;
  }

  take(table: number, entity: number, id: EntityId): number {
    let slot = this.#lowestFree;
    while (slot < this.highWater && this.state[slot] !== FREE) slot++;
    this.#lowestFree = slot + 1;
    if (slot === this.highWater) this.highWater++;
    if (slot >= this.#capacity) this.#grow();
    this.table[slot] = table;
    this.entity[slot] = entity;
    this.id[slot] = id;
    this.used++;
    let slotOf = this.slotOf[table];
    if (entity >= slotOf.length) {
      const longer = new Int32Array(Math.max(entity + 1, slotOf.length * 2, 32));
      longer.set(slotOf);
      slotOf = this.slotOf[table] = longer;
    }
    slotOf[entity] = slot + 1;
    return slot;
  }

  /** Tick of the newest state of a slot that the client is known to have, or -1. */
  known(slot: number): Tick {
    const acked = this.acked[slot];
    return this.ackedAll > acked && this.since[slot] <= this.ackedAll ? this.ackedAll : acked;
  }

  /** (Re)starts showing a slot's entity: nothing of it counts as known. */
  show(slot: number, level: DetailLevel, tick: Tick): void {
    if (this.state[slot] === LEAVING) this.leaving--;
    this.state[slot] = LIVE;
    this.level[slot] = level;
    this.acked[slot] = -1;
    this.since[slot] = tick;
    this.live[slot] = (((this.table[slot] << 2) | level) << 24) | this.entity[slot];
  }

  leave(slot: number, tick: Tick): void {
    this.state[slot] = LEAVING;
    this.leaving++;
    this.since[slot] = tick;
    this.live[slot] = -1;
  }

  free(slot: number): void {
    if (this.state[slot] === LEAVING) this.leaving--;
    this.state[slot] = FREE;
    this.live[slot] = -1;
    this.used--;
    const slotOf = this.slotOf[this.table[slot]];
    if (slotOf[this.entity[slot]] === slot + 1) slotOf[this.entity[slot]] = 0;
    if (slot < this.#lowestFree) this.#lowestFree = slot;
    while (this.highWater > 0 && this.state[this.highWater - 1] === FREE) this.highWater--;
  }

  /** Frees every slot whose entity had left by `tick`, of which the client has heard. */
  freeLeft(tick: Tick): void {
    for (let slot = this.highWater - 1; slot >= 0; slot--)
      if (this.state[slot] === LEAVING && this.since[slot] <= tick) this.free(slot);
  }

  #grow(): void {
    this.#capacity *= 2;
    const longer = <T extends Uint8Array | Int32Array | Uint32Array>(from: T, to: T): T => {
      to.set(from);
      return to;
    };
    this.state = longer(this.state, new Uint8Array(this.#capacity));
    this.table = longer(this.table, new Uint8Array(this.#capacity));
    this.level = longer(this.level, new Uint8Array(this.#capacity));
    this.entity = longer(this.entity, new Int32Array(this.#capacity));
    this.id = longer(this.id, new Uint32Array(this.#capacity));
    this.acked = longer(this.acked, new Int32Array(this.#capacity));
    this.since = longer(this.since, new Int32Array(this.#capacity));
    this.live = longer(this.live, new Int32Array(this.#capacity).fill(-1));
    this.seen = longer(this.seen, new Int32Array(this.#capacity));
  }
}
