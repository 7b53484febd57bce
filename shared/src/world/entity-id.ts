declare const flavour: unique symbol;

/** Names an entity for its whole life, on the server and every client. An unsigned 32-bit number; 0 is nobody. */
export type EntityId = number & { readonly [flavour]?: "EntityId" };

/** A player's seat in the room, 1 to 16383; 0 means no player. */
export type PlayerNumber = number & { readonly [flavour]?: "PlayerNumber" };

export const MAX_PLAYER_NUMBER = 16383;
/** Ids keep this much of the tick they derive from. */
const TICK_MASK = 0xfff;
/** Spawns per player and tick that ids leave room for. */
export const MAX_SPAWNS_PER_TICK = 32;

/**
 * The id of an entity spawned inside a step: a function of who caused it, when, and which of that tick's spawns it was, so that a
 * client which predicts the spawn and the server which decides it name it the same without exchanging a word. The tick keeps
 * 12 bits; a spawn that outlives them is stepped over by taking the next ordinal.
 */
export function predictedSpawnId(owner: PlayerNumber, tick: number, ordinal: number): EntityId {
  return (0x80000000 | (owner << 17) | ((tick & TICK_MASK) << 5) | ordinal) >>> 0;
}

/** Ticks from the spawn of what a step spawned to `tick`, below 4096; -1 for an id that does not derive from a spawn in a step. */
export function ticksSinceSpawn(id: EntityId, tick: number): number {
  return id >= 0x80000000 ? (tick - (id >>> 5)) & TICK_MASK : -1;
}
