import type { EntityHandle } from "../../world/entity-view.ts";
import type { Table } from "../../world/table.ts";
import type { ModuleState } from "../../world/world-module.ts";

/** The part of a world that physics works on. */
export interface EntityTables {
  readonly tables: readonly Table[];
  /** Seconds per tick. */
  readonly dt: number;
  readonly tick: number;
}

/** The physics of one world: how much the engine remembers from tick to tick is up to the implementation. */
export interface PhysicsState<W, B> extends ModuleState {
  /** The engine's world with a body for every entity that has one, each where its entity is. */
  begin(world: EntityTables): W;
  /** Steps the engine, and lets entities go where their bodies went. */
  step(world: EntityTables): void;
  bodyOf(entity: { readonly id: number }): B | undefined;
  entityOf(handle: number): EntityHandle | undefined;
}
