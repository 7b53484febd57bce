import { finishHash, mixHash } from "../rng/hash32.ts";
import type { EntityType } from "../schema/entity-type.ts";
import type { Tick } from "../tick/tick.ts";
import type { EntityId } from "../world/entity-id.ts";
import type { Rows } from "./entity-codec.ts";
import { type DetailLevel, isSent } from "./level.ts";
import { MAX_SNAPSHOT_BYTES } from "./packet.ts";

/*
 * Two frames by which client and server compare what they have, normative description in docs/wire-format.md:
 *
 *   check       kind u8 | tick u16 | entities: id u32, level u8, hash u32
 *   difference  kind u8 | tick u16 | entities: id u32, level u8, number of values u8, values i32
 */
export const CHECK_KIND = 0x07;
export const DIFFERENCE_KIND = 0x08;
const HEAD_BYTES = 3;
const CHECKED_BYTES = 9;
const DIFFERENT_BYTES = 6;
const VALUE_BYTES = 4;
const MOST_VALUES = 255;
/** Entities that one check names at most. */
export const MAX_CHECKED = Math.floor((MAX_SNAPSHOT_BYTES - HEAD_BYTES) / CHECKED_BYTES);

/** What a client has of one entity. */
export interface CheckedEntity {
  readonly id: EntityId;
  readonly level: DetailLevel;
  readonly hash: number;
}

/** What the server has of an entity: the columns that the level gets, in order. */
export interface DifferentEntity {
  readonly id: EntityId;
  readonly level: DetailLevel;
  readonly values: readonly number[];
}

/** 32 bits over what a client at a level has of an entity, from one row of some history. */
export function stateHash(type: EntityType, level: DetailLevel, rows: Rows, row: number): number {
  let hash = 0;
  for (const column of type.columns) if (isSent(column, level)) hash = mixHash(hash, rows[column.index][row]);
  return finishHash(hash);
}

/** Writes a check of the state at `tick`; entities beyond MAX_CHECKED are left out. */
export function writeCheck(tick: Tick, entities: readonly CheckedEntity[]): Uint8Array {
  const count = Math.min(entities.length, MAX_CHECKED);
  const view = begin(CHECK_KIND, tick, count * CHECKED_BYTES);
  for (let i = 0; i < count; i++) {
    const at = HEAD_BYTES + i * CHECKED_BYTES;
    view.setUint32(at, entities[i].id, true);
    view.setUint8(at + 4, entities[i].level);
    view.setUint32(at + 5, entities[i].hash, true);
  }
  return new Uint8Array(view.buffer);
}

/** Reads a check from anyone; undefined when it is malformed. The tick is its low 16 bits. */
export function readCheck(
  frame: Uint8Array,
): { readonly tick: number; readonly entities: CheckedEntity[] } | undefined {
  const rest = frame.length - HEAD_BYTES;
  if (rest <= 0 || rest % CHECKED_BYTES !== 0 || rest > MAX_CHECKED * CHECKED_BYTES) return undefined;
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  const entities: CheckedEntity[] = [];
  for (let at = HEAD_BYTES; at < frame.length; at += CHECKED_BYTES)
    entities.push({
      id: view.getUint32(at, true),
      level: view.getUint8(at + 4),
      hash: view.getUint32(at + 5, true),
    });
  return { tick: view.getUint16(1, true), entities };
}

/** Writes what the server has at `tick`; entities that do not fit into one frame are left out. */
export function writeDifference(tick: Tick, entities: readonly DifferentEntity[]): Uint8Array {
  let bytes = 0;
  const fitting = entities.filter(({ values }) => {
    const size = DIFFERENT_BYTES + values.length * VALUE_BYTES;
    if (values.length > MOST_VALUES || HEAD_BYTES + bytes + size > MAX_SNAPSHOT_BYTES) return false;
    bytes += size;
    return true;
  });
  const view = begin(DIFFERENCE_KIND, tick, bytes);
  let at = HEAD_BYTES;
  for (const { id, level, values } of fitting) {
    view.setUint32(at, id, true);
    view.setUint8(at + 4, level);
    view.setUint8(at + 5, values.length);
    at += DIFFERENT_BYTES;
    for (const value of values) {
      view.setInt32(at, value, true);
      at += VALUE_BYTES;
    }
  }
  return new Uint8Array(view.buffer);
}

/** Reads a difference; undefined when it is malformed. The tick is its low 16 bits. */
export function readDifference(
  frame: Uint8Array,
): { readonly tick: number; readonly entities: DifferentEntity[] } | undefined {
  if (frame.length <= HEAD_BYTES || frame.length > MAX_SNAPSHOT_BYTES) return undefined;
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  const entities: DifferentEntity[] = [];
  let at = HEAD_BYTES;
  while (at < frame.length) {
    if (at + DIFFERENT_BYTES > frame.length) return undefined;
    const begin = at + DIFFERENT_BYTES;
    const end = begin + view.getUint8(at + 5) * VALUE_BYTES;
    if (end > frame.length) return undefined;
    const values: number[] = [];
    for (let v = begin; v < end; v += VALUE_BYTES) values.push(view.getInt32(v, true));
    entities.push({ id: view.getUint32(at, true), level: view.getUint8(at + 4), values });
    at = end;
  }
  return { tick: view.getUint16(1, true), entities };
}

function begin(kind: number, tick: Tick, bytes: number): DataView {
  const view = new DataView(new ArrayBuffer(HEAD_BYTES + bytes));
  view.setUint8(0, kind);
  view.setUint16(1, tick & 0xffff, true);
  return view;
}
