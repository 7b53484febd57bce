import type { InterestViewer } from "./interest-viewer.ts";
import type { VisibleList } from "./visible-list.ts";

/**
 * What interest management reads of the world: the live entities of one tick as dense columns, row 0 to
 * `count - 1`. Rows in ascending id are cheapest; several ascending runs (one per entity type) nearly so.
 * The columns may be longer than `count` and may be reused from tick to tick.
 */
export interface InterestSource<Entity = unknown> {
  readonly count: number;
  /** Unique among the live entities. */
  readonly id: Uint32Array | Float64Array;
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Player number of the owner; 0: nobody. */
  readonly owner: Int32Array;
  /** Index into `typeNames`. */
  readonly type: Uint8Array | Int32Array;
  /** Names of the entity types. */
  readonly typeNames: readonly string[];
  /** The entity of a row, for a custom visibility rule. */
  entity(row: number): Entity;
}

/** Decides which entities each client is told about. What it leaves out is never sent. */
export interface InterestPolicy<Entity = unknown> {
  /** Once per tick, before any `query`; the source stays unchanged until the next `begin`. */
  begin(source: InterestSource<Entity>): void;
  /** Fills `out` with the rows this viewer may see, in ascending id, and remembers them for the next time. */
  query(viewer: InterestViewer, out: VisibleList): void;
}

/**
 * A game's own visibility rule: false hides the entity from that viewer altogether, so that no cheat can
 * show it. Asked only about entities in reach, never about the viewer's own. Must not change the world.
 */
export type VisibilityRule<Entity> = (viewer: InterestViewer, entity: Entity) => boolean;
