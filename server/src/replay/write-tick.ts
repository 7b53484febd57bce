import type { ByteWriter } from "./byte-writer.ts";
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

/** Writes one tick; `before`: the tick that was written last, 0 for the first. */
export function writeTick(writer: ByteWriter, recorded: RecordedTick, before: number): void {
  const { tick, inputs, views, changes, secret, hash, checkpoint } = recorded;
  writer.count(tick - before);
  writer.count(
    (inputs.length > 0 ? INPUTS : 0) |
      (views.length > 0 ? VIEWS : 0) |
      (changes.length > 0 ? CHANGES : 0) |
      (secret === undefined ? 0 : SECRET) |
      (checkpoint === undefined ? 0 : CHECKPOINT),
  );
  if (inputs.length > 0) writeInputs(writer, inputs);
  if (views.length > 0) writeViews(writer, views, tick);
  if (changes.length > 0) writeChanges(writer, changes);
  if (secret !== undefined) for (const word of secret) writer.u32(word);
  writer.u32(hash);
  if (checkpoint !== undefined) writeCheckpoint(writer, checkpoint);
}

function writeInputs(writer: ByteWriter, inputs: RecordedTick["inputs"]): void {
  writer.count(inputs.length);
  for (const { player, row } of inputs) {
    writer.count(player);
    writer.count(row === undefined ? 0 : 1);
    if (row !== undefined) for (const value of row) writer.signed(value);
  }
}

function writeViews(writer: ByteWriter, views: readonly RecordedView[], tick: number): void {
  writer.count(views.length);
  for (const { player, moment, knownTick, reset, acked } of views) {
    writer.count(player);
    writer.f64(moment);
    writer.signed(tick - knownTick);
    writer.count(reset ? 1 : 0);
    writer.count(acked.length);
    for (const each of acked) writer.signed(tick - each);
  }
}

function writeChanges(writer: ByteWriter, changes: readonly TableChanges[]): void {
  writer.count(changes.length);
  for (const { table, removed, added, values } of changes) {
    writer.count(table);
    writer.count(removed.length);
    for (const id of removed) writer.count(id);
    writer.count(added.length);
    for (const { id, owner } of added) {
      writer.count(id);
      writer.count(owner);
    }
    writer.count(values.length);
    for (const { id, column, value } of values) {
      writer.count(id);
      writer.count(column);
      writer.f64(value);
    }
  }
}

function writeCheckpoint(writer: ByteWriter, { tables, modules }: Checkpoint): void {
  for (const entities of tables) {
    writer.count(entities.length);
    for (const { id, owner, values } of entities) {
      writer.count(id);
      writer.count(owner);
      for (const value of values) writer.signed(value);
    }
  }
  for (const hash of modules) writer.u32(hash);
}
