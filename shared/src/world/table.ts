import { packTurned, unpackQuaternion } from "../schema/quaternion-codec.ts";
import { quantise } from "../schema/column.ts";
import type { EntityType } from "../schema/entity-type.ts";
import { TidelockError } from "../errors/tidelock-error.ts";
import { createView, type EntityHandle } from "./entity-view.ts";
import { TableStorage } from "./table-storage.ts";

const FIRST_CAPACITY = 32;

/**
 * All entities of one kind as columns: `values` holds what the step reads and writes, `quantised` what is on the grid. An entity
 * keeps its slot for life; `order` lists the slots of living entities by ascending id, so that every machine visits them alike.
 */
export class Table {
  readonly type: EntityType;
  capacity = FIRST_CAPACITY;
  values: readonly Float64Array[];
  quantised: readonly Int32Array[];
  ids: Uint32Array;
  owners: Uint16Array;
  alive: Uint8Array;
  order: Int32Array;
  /** Slots whose quantised values the last `quantise` changed, in no order; `changedCount` of them. */
  changed = new Int32Array(FIRST_CAPACITY);
  changedCount = 0;
  #storage: TableStorage;
  #isChanged = new Uint8Array(FIRST_CAPACITY);
  /** The same by column, rotations left out: slots, and how many. */
  changedIn: Int32Array[];
  readonly changedInCount: Int32Array;
  /** Entities in `order`. */
  count = 0;
  /** Changes whenever an entity joins or leaves `order`, and with every copy. */
  version = 0;
  /** Slots ever used; those beyond hold nothing. */
  highWater = 0;
  /** Spawned during this step: living and findable, visited from the next tick on. */
  readonly pending: number[] = [];
  readonly #free: number[] = [];
  readonly #views: (EntityHandle | undefined)[] = [];
  #dead = 0;

  constructor(type: EntityType) {
    this.type = type;
    this.#storage = new TableStorage(type.columns.length, FIRST_CAPACITY);
    ({
      values: this.values,
      quantised: this.quantised,
      ids: this.ids,
      owners: this.owners,
      alive: this.alive,
      order: this.order,
    } = this.#storage);
    this.changedIn = type.columns.map(() => new Int32Array(FIRST_CAPACITY));
    this.changedInCount = new Int32Array(type.columns.length);
  }

  /** Takes a slot for a new entity with initial values; `deferred`: visited only after `settle`. */
  add(id: number, owner: number, deferred: boolean): number {
    const slot = this.#free.pop() ?? this.highWater++;
    if (slot >= this.capacity) this.#grow(this.capacity * 2);
    this.ids[slot] = id;
    this.owners[slot] = owner;
    this.alive[slot] = 1;
    for (const column of this.type.columns) this.quantised[column.index][slot] = column.initial;
    this.loadValues(slot);
    if (deferred) this.pending.push(slot);
    else this.#insert(slot);
    return slot;
  }

  /** Marks an entity dead: no longer visited or found; its slot is free after `settle`. */
  remove(slot: number): void {
    if (this.alive[slot] === 0) return;
    this.alive[slot] = 0;
    this.#dead++;
  }

  /** Ends a step: what was spawned joins the order, what died leaves it. */
  settle(): void {
    for (const slot of this.pending) this.#insert(slot);
    this.pending.length = 0;
    if (this.#dead === 0) return;
    this.#dead = 0;
    this.version++;
    let kept = 0;
    for (let i = 0; i < this.count; i++) {
      const slot = this.order[i];
      if (this.alive[slot] === 1) this.order[kept++] = slot;
      else this.#free.push(slot);
    }
    this.count = kept;
  }

  /** Entities alive, those included that wait to be visited. */
  get living(): number {
    return this.count + this.pending.length - this.#dead;
  }

  /** The slot of a living entity, or -1. */
  find(id: number): number {
    const at = this.#position(id);
    const slot = at < this.count ? this.order[at] : -1;
    if (slot >= 0 && this.ids[slot] === id) return this.alive[slot] === 1 ? slot : -1;
    for (const waiting of this.pending)
      if (this.ids[waiting] === id && this.alive[waiting] === 1) return waiting;
    return -1;
  }

  /** True while the id is taken, be its entity alive or dead since this tick. */
  holds(id: number): boolean {
    const at = this.#position(id);
    return (
      (at < this.count && this.ids[this.order[at]] === id) ||
      this.pending.some((slot) => this.ids[slot] === id)
    );
  }

  view(slot: number): EntityHandle {
    const known = this.#views[slot];
    if (known !== undefined && known.id === this.ids[slot]) return known;
    return (this.#views[slot] = createView(this, slot));
  }

  /** Puts every value on the grid. A value that is not a number is a bug of the step and closes the room. */
  quantise(): void {
    const { columns, properties } = this.type;
    for (let i = 0; i < this.changedCount; i++) this.#isChanged[this.changed[i]] = 0;
    this.changedCount = 0;
    for (const property of properties) {
      if (property.shape === "quaternion") {
        for (let i = 0; i < this.count; i++) this.#quantiseRotation(property.first, this.order[i]);
        continue;
      }
      for (let c = property.first, end = c + Math.max(1, property.components.length); c < end; c++) {
        const column = columns[c];
        const { grid } = column;
        const values = this.values[c];
        const quantised = this.quantised[c];
        const changed = this.changedIn[c];
        let changes = 0;
        for (let i = 0; i < this.count; i++) {
          const slot = this.order[i];
          const q = quantise(column, values[slot]);
          if (q !== quantised[slot]) {
            if (q !== q) this.#reportNaN(column.name, slot);
            quantised[slot] = q;
            changed[changes++] = slot;
            this.#mark(slot);
          }
          // By way of the integer column, so that -0 cannot survive on one side and not on the other.
          values[slot] = quantised[slot] * grid;
        }
        this.changedInCount[c] = changes;
      }
    }
  }

  /** Sets the values of one entity from its quantised columns. */
  loadValues(slot: number): void {
    for (const column of this.type.columns)
      this.values[column.index][slot] = this.quantised[column.index][slot] * column.grid;
    for (const property of this.type.properties)
      if (property.shape === "quaternion") this.#loadRotation(property.first, slot);
  }

  /** Becomes a copy of a table of the same kind, slots, order and free list included. */
  copyFrom(from: Table): void {
    if (this.capacity < from.capacity) this.#grow(from.capacity);
    this.#storage.copyFrom(from.#storage, from.highWater);
    this.count = from.count;
    this.version++;
    this.highWater = from.highWater;
    this.#dead = from.#dead;
    copyList(this.pending, from.pending);
    copyList(this.#free, from.#free);
  }

  /** Folds ids, owners and quantised values into a 32-bit hash, in order of id. */
  hash(hash: number): number {
    for (let i = 0; i < this.count; i++) {
      const slot = this.order[i];
      hash = mix(mix(hash, this.ids[slot]), this.owners[slot]);
      for (const column of this.quantised) hash = mix(hash, column[slot]);
    }
    return hash;
  }

  #insert(slot: number): void {
    if (this.alive[slot] === 0) {
      this.#free.push(slot);
      return;
    }
    this.version++;
    const at = this.#position(this.ids[slot]);
    this.order.copyWithin(at + 1, at, this.count++);
    this.order[at] = slot;
  }

  /** Where in `order` an id is or would be. */
  #position(id: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.ids[this.order[middle]] < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #grow(capacity: number): void {
    this.capacity = capacity;
    const storage = new TableStorage(this.type.columns.length, capacity);
    storage.copyFrom(this.#storage, this.#storage.capacity);
    this.#storage = storage;
    ({
      values: this.values,
      quantised: this.quantised,
      ids: this.ids,
      owners: this.owners,
      alive: this.alive,
      order: this.order,
    } = storage);
    this.changed = grown(this.changed, new Int32Array(capacity));
    this.changedIn = this.changedIn.map((column) => grown(column, new Int32Array(capacity)));
    this.#isChanged = grown(this.#isChanged, new Uint8Array(capacity));
  }

  #quantiseRotation(first: number, slot: number): void {
    const { values, quantised } = this;
    const highest = this.type.columns[first + 1].highest;
    const x = values[first][slot];
    const y = values[first + 1][slot];
    const z = values[first + 2][slot];
    const w = values[first + 3][slot];
    if (x + y + z + w !== x + y + z + w) this.#reportNaN(this.type.columns[first].name, slot);
    for (let i = 0; i < 4; i++) packed[i] = quantised[first + i][slot];
    packTurned(x, y, z, w, highest, packed);
    for (let i = 0; i < 4; i++) {
      if (quantised[first + i][slot] === packed[i]) continue;
      quantised[first + i][slot] = packed[i];
      this.#mark(slot);
    }
    this.#loadRotation(first, slot);
  }

  #mark(slot: number): void {
    if (this.#isChanged[slot] === 1) return;
    this.#isChanged[slot] = 1;
    this.changed[this.changedCount++] = slot;
  }

  #loadRotation(first: number, slot: number): void {
    const { quantised: q, values } = this;
    unpackQuaternion(
      q[first][slot],
      q[first + 1][slot],
      q[first + 2][slot],
      q[first + 3][slot],
      this.type.columns[first + 1].highest,
      rotation,
    );
    values[first][slot] = rotation.x;
    values[first + 1][slot] = rotation.y;
    values[first + 2][slot] = rotation.z;
    values[first + 3][slot] = rotation.w;
  }

  #reportNaN(field: string, slot: number): never {
    throw new TidelockError(
      "world/not-a-number",
      `${this.type.name}.${field} of entity ${this.ids[slot]} is not a number after the step; look for a division by zero or a field read from an absent entity`,
    );
  }
}

const packed = new Int32Array(4);
const rotation = { x: 0, y: 0, z: 0, w: 1 };

/** One round of MurmurHash3's 32-bit mix (A. Appleby, public domain). */
export function mix(hash: number, value: number): number {
  let k = Math.imul(value, 0xcc9e2d51);
  k = Math.imul((k << 15) | (k >>> 17), 0x1b873593);
  const h = hash ^ k;
  return (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0;
}

type Numbers = Int32Array | Uint8Array;

function grown<T extends Numbers>(from: T, to: T): T {
  to.set(from);
  return to;
}

function copyList(to: number[], from: readonly number[]): void {
  to.length = from.length;
  for (let i = 0; i < from.length; i++) to[i] = from[i];
}
