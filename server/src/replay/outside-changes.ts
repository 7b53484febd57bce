import {
  type EntityId,
  type PlayerNumber,
  SHARED_INPUTS,
  type Table,
  unpackQuaternion,
  type World,
} from "@tidelock/shared";

/** What was done to one table between two steps. */
export interface TableChanges {
  readonly table: number;
  readonly removed: readonly EntityId[];
  readonly added: readonly { readonly id: EntityId; readonly owner: PlayerNumber }[];
  /** Fields that were set, as the step will read them: what was set outside of a step lies on no grid yet. */
  readonly values: readonly { readonly id: EntityId; readonly column: number; readonly value: number }[];
}

/** Finds what was done to a world from outside of its step, as by a player who joins or leaves. */
export class OutsideChanges {
  readonly #world: World;
  /** By table: the ids after the last step, ascending. */
  #ids: readonly Uint32Array[] = [];

  constructor(world: World) {
    this.#world = world;
    this.settled();
  }

  /** Takes note of the world after a step. */
  settled(): void {
    this.#ids = this.#world.tables.map(livingIds);
  }

  /** What has been done since. */
  find(): TableChanges[] {
    const changes: TableChanges[] = [];
    this.#world.tables.forEach((table, index) => {
      const found = this.#ofTable(table, index);
      if (found.removed.length + found.added.length + found.values.length > 0) changes.push(found);
    });
    return changes;
  }

  #ofTable(table: Table, index: number): TableChanges {
    const before = this.#ids[index];
    const now = livingIds(table);
    const removed = Array.from(before).filter((id) => !includes(now, id));
    const added = Array.from(now)
      .filter((id) => !includes(before, id))
      .map((id) => ({ id, owner: table.owners[table.find(id)] }));
    // These are written anew before every step.
    const values = table.type.name === SHARED_INPUTS ? [] : setValues(table);
    return { table: index, removed, added, values };
  }
}

/** Does to another world what was found. */
export function applyChanges(world: World, changes: readonly TableChanges[]): void {
  for (const { table: index, removed, added, values } of changes) {
    const table = world.tables[index];
    if (table === undefined) continue;
    for (const id of removed) {
      const slot = table.find(id);
      if (slot >= 0) table.remove(slot);
    }
    for (const { id, owner } of added) if (!table.holds(id)) table.add(id, owner, false);
    for (const { id, column, value } of values) {
      const slot = table.find(id);
      if (slot >= 0 && column < table.values.length) table.values[column][slot] = value;
    }
  }
}

function livingIds({ order, count, ids, alive }: Table): Uint32Array {
  return Uint32Array.from(
    order.subarray(0, count).filter((slot) => alive[slot] === 1),
    (slot) => ids[slot],
  );
}

/** Values that are not those which the quantised columns stand for. */
function setValues(table: Table): TableChanges["values"] {
  const { type, order, count, alive, ids, values, quantised } = table;
  const found: { id: EntityId; column: number; value: number }[] = [];
  const note = (slot: number, column: number): void =>
    void found.push({ id: ids[slot], column, value: values[column][slot] });
  for (const property of type.properties) {
    if (property.shape === "quaternion") {
      for (let i = 0; i < count; i++)
        if (alive[order[i]] === 1 && isTurned(table, property.first, order[i]))
          for (let c = 0; c < 4; c++) note(order[i], property.first + c);
      continue;
    }
    for (let c = property.first; c < property.first + Math.max(1, property.components.length); c++) {
      const { grid } = type.columns[c];
      for (let i = 0; i < count; i++) {
        const slot = order[i];
        if (alive[slot] === 1 && values[c][slot] !== quantised[c][slot] * grid) note(slot, c);
      }
    }
  }
  return found;
}

const rotation = { x: 0, y: 0, z: 0, w: 1 };

function isTurned({ type, values, quantised: q }: Table, first: number, slot: number): boolean {
  const { highest } = type.columns[first + 1];
  unpackQuaternion(
    q[first][slot],
    q[first + 1][slot],
    q[first + 2][slot],
    q[first + 3][slot],
    highest,
    rotation,
  );
  const { x, y, z, w } = rotation;
  return [x, y, z, w].some((value, c) => values[first + c][slot] !== value);
}

/** Whether a list in ascending order has an id. */
function includes(ids: Uint32Array, id: EntityId): boolean {
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ids[middle] < id) low = middle + 1;
    else high = middle;
  }
  return ids[low] === id;
}
