import type { BitReader } from "../bits/bit-reader.ts";
import type { BitWriter } from "../bits/bit-writer.ts";
import type { Tick } from "../tick/tick.ts";
import {
  type EntityId,
  MAX_PLAYER_NUMBER,
  MAX_SPAWNS_PER_TICK,
  type PlayerNumber,
  predictedSpawnId,
} from "../world/entity-id.ts";

/** Golomb order of an owner: rooms have tens of players, and what nobody owns is as common. */
const OWNER_ORDER = 4;
/** Golomb order of the ticks since a spawn: most are told of within one or two. */
const AGO_ORDER = 1;
/** Golomb order of a counted id without its two low bits. */
const COUNTED_ORDER = 8;
/** Ids keep this much of the tick they derive from. */
const TICK_MASK = 0xfff;

/** Who an entity is, for a client that has not heard of it. */
export interface Identity {
  id: EntityId;
  owner: PlayerNumber;
}

/**
 * Writes an id and its owner. The id of what was spawned in a step derives from its owner and a tick that is mostly a recent one,
 * so it takes a few bits instead of 32.
 */
export function writeIdentity(writer: BitWriter, id: EntityId, owner: PlayerNumber, tick: Tick): void {
  writer.writeVariable(owner, OWNER_ORDER);
  const ordinal = id & (MAX_SPAWNS_PER_TICK - 1);
  const ago = (tick - (id >>> 5)) & TICK_MASK;
  const derived = id === predictedSpawnId(owner, tick - ago, ordinal);
  writer.write(derived ? 1 : 0, 1);
  if (derived) {
    writer.writeVariable(ago, AGO_ORDER);
    writer.writeVariable(ordinal, 0);
  } else {
    writer.writeVariable(id >>> 2, COUNTED_ORDER);
    writer.write(id & 3, 2);
  }
}

/** Reads what `writeIdentity` wrote. False when no writer writes that. */
export function readIdentity(reader: BitReader, tick: Tick, into: Identity): boolean {
  const owner = reader.readVariable(OWNER_ORDER);
  if (owner > MAX_PLAYER_NUMBER) return false;
  into.owner = owner;
  if (reader.read(1) === 0) {
    into.id = ((reader.readVariable(COUNTED_ORDER) << 2) | reader.read(2)) >>> 0;
    return !reader.failed;
  }
  const ago = reader.readVariable(AGO_ORDER);
  const ordinal = reader.readVariable(0);
  into.id = predictedSpawnId(owner, tick - ago, ordinal & (MAX_SPAWNS_PER_TICK - 1));
  return !reader.failed && ago <= TICK_MASK && ordinal < MAX_SPAWNS_PER_TICK;
}
