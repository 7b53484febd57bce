import type { EntityHandle } from "@tidelock/shared";
import type { InterestViewer } from "./interest-viewer.ts";

/**
 * What interest management reads of the world. An entity keeps its row for life, so that whoever follows the
 * source has to look only at `changed`. All columns are by row; they may be replaced by longer ones from one
 * `begin` to the next.
 */
export interface InterestSource {
  /** Rows ever used. */
  readonly size: number;
  /** Id of the entity in a row; 0 in rows of nobody. */
  readonly id: Uint32Array;
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Velocity in units per second; 0 where the game declares none. */
  readonly vx: Float64Array;
  readonly vy: Float64Array;
  /** Player number of the owner; 0: nobody. */
  readonly owner: Uint16Array;
  /** Index into `typeNames`. */
  readonly type: Uint8Array;
  /** Names of the entity types. */
  readonly typeNames: readonly string[];

  /** Living entities. */
  readonly count: number;
  /** Their rows in ascending id; the place in it is a row's rank. */
  readonly order: Int32Array;
  /** By row: its place in `order`; meaningless in rows of nobody. */
  readonly rank: Int32Array;
  /** Changes whenever an entity appears or goes, and only then. */
  readonly version: number;
  /** Rows, each once, that since the last `begin` got or lost their entity, or whose entity moved. */
  readonly changed: Int32Array;
  readonly changedCount: number;

  /** Everybody who may be asked about, team mates without a connection included. */
  readonly viewers: readonly InterestViewer[];
  /** Team by player number; 0: none. */
  readonly teams: Uint8Array;
  /** Changes with any entry of `teams`. */
  readonly teamsVersion: number;
  /** Game time of this tick in seconds. */
  readonly seconds: number;

  /** The entity of a row, for a custom visibility rule. */
  entity(row: number): EntityHandle;
}
