import type { EntityId, PlayerNumber, Tick } from "@tidelock/shared";
import type { TableChanges } from "./outside-changes.ts";

/** Changes with every change of docs/replay-format.md. */
export const REPLAY_FORMAT = 1;
export const REPLAY_MAGIC = new TextEncoder().encode("TIDEPLAY");

/** What has to be known to play a session again. */
export interface ReplayHeader {
  readonly game: string;
  readonly schemaHash: number;
  /** Ticks per second. */
  readonly tickRate: number;
  readonly seed: number;
  /** Seeds what clients may not know: a recording is for whoever runs the server. */
  readonly secretSeed: number;
}

/** Which parts a tick has, as bits. */
export const INPUTS = 1;
export const VIEWS = 2;
export const CHANGES = 4;
export const SECRET = 8;
export const CHECKPOINT = 16;

/** What a player was looking at, in games with lag compensation. */
export interface RecordedView {
  readonly player: PlayerNumber;
  /** NaN: not known. */
  readonly moment: number;
  readonly knownTick: Tick;
  /** The client began anew before these. */
  readonly reset: boolean;
  /** Ticks that the client has acknowledged since the tick before. */
  readonly acked: readonly Tick[];
}

/** One entity's quantised columns. */
export interface RecordedEntity {
  readonly id: EntityId;
  readonly owner: PlayerNumber;
  readonly values: readonly number[];
}

/** The whole state after a tick. */
export interface Checkpoint {
  /** By table. */
  readonly tables: readonly (readonly RecordedEntity[])[];
  /** Hashes of the modules. */
  readonly modules: readonly number[];
}

/** All that a tick was computed from, and what came of it. */
export interface RecordedTick {
  readonly tick: Tick;
  /** Players whose input is another one than in the tick before; undefined: the player has left. */
  readonly inputs: readonly { readonly player: PlayerNumber; readonly row: Int32Array | undefined }[];
  readonly views: readonly RecordedView[];
  readonly changes: readonly TableChanges[];
  /** State of the secret stream, when something outside of a step drew from it. */
  readonly secret: Uint32Array | undefined;
  /** The world's hash after the step. */
  readonly hash: number;
  readonly checkpoint: Checkpoint | undefined;
}
