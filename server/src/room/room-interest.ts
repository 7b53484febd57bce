import type { EntityHandle, World } from "@tidelock/shared";
import type { InterestPolicy, InterestSource } from "../interest/interest-policy.ts";
import type { InterestViewer } from "../interest/interest-viewer.ts";
import { VisibleList } from "../interest/visible-list.ts";
import type { VisibleSet } from "../snapshot/snapshot-encoder.ts";

/** A room's world as interest management reads it: every living entity as one row, whatever its table. */
export class RoomInterest implements InterestSource<EntityHandle> {
  readonly typeNames: readonly string[];
  count = 0;
  id = new Uint32Array(0);
  x = new Float64Array(0);
  y = new Float64Array(0);
  owner = new Int32Array(0);
  type = new Uint8Array(0);
  #slot = new Int32Array(0);
  readonly #world: World;
  readonly #policy: InterestPolicy<EntityHandle>;
  readonly #found = new VisibleList();
  readonly #visible: VisibleSet = { count: 0, tables: new Uint8Array(64), slots: new Int32Array(64) };

  constructor(world: World, policy: InterestPolicy<EntityHandle>) {
    this.#world = world;
    this.#policy = policy;
    this.typeNames = world.tables.map((table) => table.type.name);
  }

  entity(row: number): EntityHandle {
    return this.#world.tables[this.type[row]].view(this.#slot[row]);
  }

  /** Takes the world's present state; call once per send tick. */
  refresh(): void {
    const { tables } = this.#world;
    let total = 0;
    for (const table of tables) total += table.count;
    if (total > this.id.length) this.#reserve(Math.max(64, total, this.id.length * 2));
    let row = 0;
    for (let t = 0; t < tables.length; t++) {
      const table = tables[t];
      const { location } = table.type;
      // What is nowhere in particular counts as at the origin; `always` in the policy makes it seen from everywhere.
      const x = location.length > 0 ? table.values[location[0]] : undefined;
      const y = location.length > 1 ? table.values[location[1]] : undefined;
      for (let i = 0; i < table.count; i++, row++) {
        const slot = table.order[i];
        this.id[row] = table.ids[slot];
        this.x[row] = x === undefined ? 0 : x[slot];
        this.y[row] = y === undefined ? 0 : y[slot];
        this.owner[row] = table.owners[slot];
        this.type[row] = t;
        this.#slot[row] = slot;
      }
    }
    this.count = total;
    this.#policy.begin(this);
  }

  /** What a viewer may see now; valid until the next call. */
  visibleTo(viewer: InterestViewer): VisibleSet {
    this.#policy.query(viewer, this.#found);
    const { rows, count } = this.#found;
    const visible = this.#visible;
    if (count > visible.slots.length) {
      visible.tables = new Uint8Array(count * 2);
      visible.slots = new Int32Array(count * 2);
    }
    for (let i = 0; i < count; i++) {
      visible.tables[i] = this.type[rows[i]];
      visible.slots[i] = this.#slot[rows[i]];
    }
    visible.count = count;
    return visible;
  }

  /** Moves a viewer to the first of the player's own entities that is somewhere; without one it stays where it was. */
  place(viewer: InterestViewer): void {
    for (const table of this.#world.tables) {
      const { location } = table.type;
      if (location.length < 2) continue;
      for (let i = 0; i < table.count; i++) {
        const slot = table.order[i];
        if (table.owners[slot] !== viewer.player) continue;
        viewer.x = table.values[location[0]][slot];
        viewer.y = table.values[location[1]][slot];
        return;
      }
    }
  }

  #reserve(capacity: number): void {
    this.id = new Uint32Array(capacity);
    this.x = new Float64Array(capacity);
    this.y = new Float64Array(capacity);
    this.owner = new Int32Array(capacity);
    this.type = new Uint8Array(capacity);
    this.#slot = new Int32Array(capacity);
  }
}
