import { type Game, RNG_STATE_WORDS } from "@tidelock/shared";
import type { ByteReader } from "./byte-reader.ts";
import {
  CHANGES,
  CHECKPOINT,
  type Checkpoint,
  INPUTS,
  type RecordedTick,
  type RecordedView,
  SECRET,
  VIEWS,
} from "./replay-format.ts";
import type { TableChanges } from "./outside-changes.ts";

/** How many of what the format leaves to the game. */
export interface ReplayShape {
  readonly game: Game;
  readonly modules: number;
}

/** Reads the next tick. Undefined, and the reader failed, where the bytes end within it or are none of this game. */
export function readTick(reader: ByteReader, shape: ReplayShape, before: number): RecordedTick | undefined {
  const tick = before + reader.count();
  const parts = reader.count();
  const has = (part: number): boolean => (parts & part) !== 0;
  const recorded: RecordedTick = {
    tick,
    inputs: has(INPUTS) ? readInputs(reader, shape.game.input.width) : [],
    views: has(VIEWS) ? readViews(reader, tick) : [],
    changes: has(CHANGES) ? readChanges(reader) : [],
    secret: has(SECRET) ? Uint32Array.from({ length: RNG_STATE_WORDS }, () => reader.u32()) : undefined,
    hash: reader.u32(),
    checkpoint: has(CHECKPOINT) ? readCheckpoint(reader, shape) : undefined,
  };
  return reader.failed ? undefined : recorded;
}

function list<T>(reader: ByteReader, read: () => T): T[] {
  return Array.from({ length: reader.items() }, read);
}

function readInputs(reader: ByteReader, width: number): RecordedTick["inputs"] {
  return list(reader, () => {
    const player = reader.count();
    const isThere = reader.count() !== 0;
    return { player, row: isThere ? Int32Array.from({ length: width }, () => reader.signed()) : undefined };
  });
}

function readViews(reader: ByteReader, tick: number): RecordedView[] {
  return list(reader, () => ({
    player: reader.count(),
    moment: reader.f64(),
    knownTick: tick - reader.signed(),
    reset: reader.count() !== 0,
    acked: list(reader, () => tick - reader.signed()),
  }));
}

function readChanges(reader: ByteReader): TableChanges[] {
  return list(reader, () => ({
    table: reader.count(),
    removed: list(reader, () => reader.count()),
    added: list(reader, () => ({ id: reader.count(), owner: reader.count() })),
    values: list(reader, () => ({ id: reader.count(), column: reader.count(), value: reader.f64() })),
  }));
}

function readCheckpoint(reader: ByteReader, { game, modules }: ReplayShape): Checkpoint {
  return {
    tables: game.types.map(({ columns }) =>
      list(reader, () => ({
        id: reader.count(),
        owner: reader.count(),
        values: columns.map(() => reader.signed()),
      })),
    ),
    modules: Array.from({ length: modules }, () => reader.u32()),
  };
}
