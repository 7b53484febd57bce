import {
  type CheckedEntity,
  type DetailLevel,
  type DifferentEntity,
  type EntityId,
  HISTORY_TICKS,
  isSent,
  LoadedRows,
  type PlayerNumber,
  readCheck,
  stateHash,
  type Tick,
  unwrap16,
  type WorldHistory,
  writeDifference,
} from "@tidelock/shared";
import type { SnapshotEncoder } from "../snapshot/snapshot-encoder.ts";

/** A client has something else than the server sent it. */
export interface StateDifference {
  readonly player: PlayerNumber;
  readonly tick: Tick;
  /** The entity's type and id. */
  readonly type: string;
  readonly id: EntityId;
}

/** Why a check is dropped. */
export type CheckDrop = "malformed-check" | "stale-check";

/**
 * Compares what clients say they have with what they were sent, for the whole room. A client is answered only with what it may have: of
 * entities in its view, since they came into it, at the level at which it sees them.
 */
export class StateChecks {
  readonly #history: WorldHistory;
  readonly #loaded: readonly LoadedRows[];
  readonly #onDifference: (difference: StateDifference) => void;
  /** States compared, and how many of them differed. */
  readonly counts = { compared: 0, differed: 0 };

  constructor(history: WorldHistory, onDifference: (difference: StateDifference) => void) {
    this.#history = history;
    this.#loaded = history.tables.map((table) => new LoadedRows(table, 1));
    this.#onDifference = onDifference;
  }

  /** Takes a frame from anyone; `answer` is called where something differs. Returns why the frame was dropped, if it was. */
  receive(
    frame: Uint8Array,
    player: PlayerNumber,
    encoder: SnapshotEncoder,
    answer: (frame: Uint8Array) => void,
  ): CheckDrop | undefined {
    const check = readCheck(frame);
    if (check === undefined) return "malformed-check";
    const newest = this.#history.tick;
    const tick = unwrap16(check.tick, newest);
    if (tick > newest || tick <= newest - HISTORY_TICKS) return "stale-check";
    const different: DifferentEntity[] = [];
    for (const entity of check.entities) {
      const found = this.#compare(entity, tick, player, encoder);
      if (found !== undefined) different.push(found);
    }
    if (different.length > 0) answer(writeDifference(tick, different));
    return undefined;
  }

  /** What the server has of an entity, where that is something else. */
  #compare(
    { id, level, hash }: CheckedEntity,
    tick: Tick,
    player: PlayerNumber,
    encoder: SnapshotEncoder,
  ): DifferentEntity | undefined {
    const shown = encoder.shownAs(id);
    // What has come, gone or changed its level since is not compared.
    if (shown === undefined || shown.level !== level || shown.since > tick) return undefined;
    const table = this.#history.tables[shown.table];
    const loaded = this.#loaded[shown.table];
    const { rows } = loaded;
    const row = loaded.load(shown.slot, tick, level);
    this.counts.compared++;
    if (stateHash(table.type, level, rows, row) === hash) return undefined;
    this.counts.differed++;
    this.#onDifference({ player, tick, type: table.type.name, id });
    return { id, level, values: sentValues(table.type.columns, rows, row, level) };
  }
}

function sentValues(
  columns: WorldHistory["tables"][number]["type"]["columns"],
  rows: readonly Int32Array[],
  row: number,
  level: DetailLevel,
): number[] {
  return columns.filter((column) => isSent(column, level)).map(({ index }) => rows[index][row]);
}
