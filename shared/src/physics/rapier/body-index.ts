import type { EntityHandle } from "../../world/entity-view.ts";
import type { Table } from "../../world/table.ts";
import type { Pose } from "./engine.ts";

/** An entity and its body. */
export interface Embodied<B, D> {
  readonly table: Table;
  readonly slot: number;
  readonly pose: Pose<B, D>;
  readonly body: B;
}

/** Which body belongs to which entity, both ways, in the order in which the bodies were made. */
export class BodyIndex<B, D> {
  readonly #byId = new Map<number, Embodied<B, D>>();
  readonly #byHandle = new Map<number, Embodied<B, D>>();

  add(entry: Embodied<B, D>, handle: number): void {
    this.#byId.set(entry.table.ids[entry.slot], entry);
    this.#byHandle.set(handle, entry);
  }

  clear(): void {
    this.#byId.clear();
    this.#byHandle.clear();
  }

  bodyOf(entity: { readonly id: number }): B | undefined {
    return this.#byId.get(entity.id)?.body;
  }

  entityOf(handle: number): EntityHandle | undefined {
    const entry = this.#byHandle.get(handle);
    return entry?.table.view(entry.slot);
  }

  /** Writes into every entity where its body is now. */
  readAll(): void {
    for (const { body, pose, table, slot } of this.#byId.values())
      if (table.alive[slot] === 1) pose.read(body, table, slot);
  }
}
