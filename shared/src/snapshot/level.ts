import type { Column } from "../schema/column.ts";
import type { EntityType } from "../schema/entity-type.ts";

/**
 * What a client gets of an entity, as two bits: EXACT, on the state grid because the client predicts it; OWNED, with the fields
 * that only the owner may have. Without EXACT it gets the shown track.
 */
export type DetailLevel = 0 | 1 | 2 | 3;

export const EXACT = 1;
export const OWNED = 2;
export const DETAIL_LEVELS = 4;

/** The level at which a player receives an entity of `owner`. */
export function levelFor(type: EntityType, owner: number, player: number): DetailLevel {
  const owned = owner !== 0 && owner === player;
  const exact = type.predicted === "everyone" || (owned && type.predicted === "owner");
  return ((exact ? EXACT : 0) | (owned ? OWNED : 0)) as DetailLevel;
}

export function isSent(column: Column, level: DetailLevel): boolean {
  return column.audience === "everyone" || (level & OWNED) !== 0;
}
