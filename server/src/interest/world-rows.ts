import { type EntityHandle, MAX_PLAYER_NUMBER, type Table, type World } from "@tidelock/shared";
import { RankOrder } from "./rank-order.ts";

const NONE = -1;

/**
 * A world as columns of rows, one for each slot of each table, so that an entity keeps its row for life. Follows the
 * world from tick to tick and notes what changed; what rests costs nothing.
 */
export class WorldRows {
  readonly typeNames: readonly string[];
  size = 0;
  id = new Uint32Array(0);
  x = new Float64Array(0);
  y = new Float64Array(0);
  vx = new Float64Array(0);
  vy = new Float64Array(0);
  owner = new Uint16Array(0);
  type = new Uint8Array(0);
  /** Slot in its table, by row. */
  slot = new Int32Array(0);
  rank = new Int32Array(0);
  changed = new Int32Array(0);
  changedCount = 0;
  version = 0;
  readonly #world: World;
  readonly #order = new RankOrder();
  /** By table: the row of each slot, and the table's version when it was last looked through. */
  readonly #rowOf: Int32Array[];
  readonly #versions: number[];
  /** By row: which look-through last found it taken, and whether it is listed as changed. */
  #foundAt = new Int32Array(0);
  #isChanged = new Uint8Array(0);
  #lookThrough = 0;
  /** By player number: the row of the first of its entities that is somewhere. */
  readonly #place = new Int32Array(MAX_PLAYER_NUMBER + 1).fill(NONE);

  constructor(world: World) {
    this.#world = world;
    this.typeNames = world.tables.map((table) => table.type.name);
    this.#rowOf = world.tables.map(() => new Int32Array(0));
    this.#versions = world.tables.map(() => NONE);
  }

  get count(): number {
    return this.#order.count;
  }

  get order(): Int32Array {
    return this.#order.rows;
  }

  entity(row: number): EntityHandle {
    return this.#world.tables[this.type[row]].view(this.slot[row]);
  }

  /** The row of the first of a player's entities that is somewhere; -1: none is. */
  placeOf(player: number): number {
    return this.#place[player];
  }

  /** Takes in what happened in the last step, and adds it to `changed`; call once after every step. */
  observe(): void {
    const { tables } = this.#world;
    let isReordered = false;
    for (let t = 0; t < tables.length; t++) {
      const table = tables[t];
      if (table.version !== this.#versions[t]) {
        this.#lookThroughTable(table, t);
        // A copied table says nothing of what changed; and who appears may have been there for a while.
        this.#follow(table, this.#rowOf[t], table.order, table.count);
        this.#versions[t] = table.version;
        isReordered = true;
      } else this.#follow(table, this.#rowOf[t], table.changed, table.changedCount);
    }
    if (isReordered) this.#reorder();
  }

  /** Empties `changed`, once everybody has read it. */
  settle(): void {
    for (let i = 0; i < this.changedCount; i++) this.#isChanged[this.changed[i]] = 0;
    this.changedCount = 0;
  }

  /** Finds who appeared in a table and who went. */
  #lookThroughTable(table: Table, t: number): void {
    if (table.highWater > this.#rowOf[t].length) this.#addRows(table, t);
    const rowOf = this.#rowOf[t];
    const now = ++this.#lookThrough;
    for (let i = 0; i < table.count; i++) {
      const slot = table.order[i];
      const row = rowOf[slot];
      this.#foundAt[row] = now;
      if (this.id[row] === table.ids[slot]) continue;
      this.id[row] = table.ids[slot];
      this.owner[row] = table.owners[slot];
      this.#note(row);
    }
    for (const row of rowOf) {
      if (this.id[row] === 0 || this.#foundAt[row] === now) continue;
      this.id[row] = 0;
      this.#note(row);
    }
  }

  /** Takes over where those in some slots of a table are, and notes who moved. */
  #follow(table: Table, rowOf: Int32Array, slots: Int32Array, count: number): void {
    const { location, columns } = table.type;
    // What is nowhere in particular counts as at the origin; `always` in the policy makes it seen from everywhere.
    if (location.length === 0) return;
    const velocity = (axis: number): Float64Array | undefined =>
      axis < location.length && columns[location[axis]].velocity >= 0
        ? table.values[columns[location[axis]].velocity]
        : undefined;
    const fromX = table.values[location[0]];
    const fromY = location.length > 1 ? table.values[location[1]] : undefined;
    const fromVx = velocity(0);
    const fromVy = velocity(1);
    const { x, y, vx, vy } = this;
    for (let i = 0; i < count; i++) {
      const slot = slots[i];
      const row = rowOf[slot];
      const newX = fromX[slot];
      const newY = fromY === undefined ? 0 : fromY[slot];
      const newVx = fromVx === undefined ? 0 : fromVx[slot];
      const newVy = fromVy === undefined ? 0 : fromVy[slot];
      if (x[row] === newX && y[row] === newY && vx[row] === newVx && vy[row] === newVy) continue;
      x[row] = newX;
      y[row] = newY;
      vx[row] = newVx;
      vy[row] = newVy;
      this.#note(row);
    }
  }

  #note(row: number): void {
    if (this.#isChanged[row] === 1) return;
    this.#isChanged[row] = 1;
    this.changed[this.changedCount++] = row;
  }

  #reorder(): void {
    const { tables } = this.#world;
    const order = this.#order;
    order.begin(this.size);
    this.#place.fill(NONE);
    for (let t = 0; t < tables.length; t++) {
      const table = tables[t];
      const isSomewhere = table.type.location.length >= 2;
      order.beginRun();
      for (let i = 0; i < table.count; i++) {
        const slot = table.order[i];
        const row = this.#rowOf[t][slot];
        order.add(row);
        if (isSomewhere && this.#place[table.owners[slot]] === NONE) this.#place[table.owners[slot]] = row;
      }
    }
    order.finish(this.id);
    // Nobody is in no place.
    this.#place[0] = NONE;
    for (let rank = 0; rank < order.count; rank++) this.rank[order.rows[rank]] = rank;
    this.version++;
  }

  /** Gives every slot of a table that was ever used a row of its own. */
  #addRows(table: Table, t: number): void {
    const known = this.#rowOf[t];
    const rows = new Int32Array(table.highWater);
    rows.set(known);
    this.#reserve(this.size + rows.length - known.length);
    for (let slot = known.length; slot < rows.length; slot++) {
      const row = this.size++;
      rows[slot] = row;
      this.type[row] = t;
      this.slot[row] = slot;
    }
    this.#rowOf[t] = rows;
  }

  #reserve(size: number): void {
    if (size <= this.id.length) return;
    const capacity = Math.max(size, this.id.length * 2, 64);
    this.id = longer(this.id, new Uint32Array(capacity));
    this.x = longer(this.x, new Float64Array(capacity));
    this.y = longer(this.y, new Float64Array(capacity));
    this.vx = longer(this.vx, new Float64Array(capacity));
    this.vy = longer(this.vy, new Float64Array(capacity));
    this.owner = longer(this.owner, new Uint16Array(capacity));
    this.type = longer(this.type, new Uint8Array(capacity));
    this.slot = longer(this.slot, new Int32Array(capacity));
    this.rank = longer(this.rank, new Int32Array(capacity));
    this.changed = longer(this.changed, new Int32Array(capacity));
    this.#foundAt = longer(this.#foundAt, new Int32Array(capacity));
    this.#isChanged = longer(this.#isChanged, new Uint8Array(capacity));
  }
}

type Numbers = Float64Array | Int32Array | Uint32Array | Uint16Array | Uint8Array;

function longer<T extends Numbers>(from: T, to: T): T {
  to.set(from);
  return to;
}
