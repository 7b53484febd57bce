import { AUDIENCES, type Audience, type Column } from "../schema/column.ts";
import type { EntityType } from "../schema/entity-type.ts";

/**
 * What a client gets of an entity, as four bits: which track of the history in the low two, and in the high two the rank
 * (0 everyone, 1 the owner's team, 2 the owner) that says which fields.
 */
export type DetailLevel = number;

/** The track of clients that look at the entity. */
export const SHOWN = 0;
/** On the state grid: the track of clients that predict the entity. */
export const EXACT = 1;
/** The track of clients far away, for types that declare one. */
export const FAR = 2;
export const TRACK_BITS = 2;
export const LEVEL_BITS = 4;
/** Levels that four bits can name; not all of them mean something. */
export const DETAIL_LEVELS = 1 << LEVEL_BITS;

const TEAM_RANK = AUDIENCES.indexOf("team");
const OWNER_RANK = AUDIENCES.indexOf("owner");
const TRACK_MASK = (1 << TRACK_BITS) - 1;

/**
 * The level at which a player receives an entity of `owner`. `isTeamMate`: the owner is of the player's team; `isFar`: the entity
 * is far from what the player looks at.
 */
export function levelFor(
  type: EntityType,
  owner: number,
  player: number,
  isTeamMate = false,
  isFar = false,
): DetailLevel {
  const owned = owner !== 0 && owner === player;
  const rank = owned ? OWNER_RANK : isTeamMate ? TEAM_RANK : 0;
  const exact = type.predicted === "everyone" || (owned && type.predicted === "owner");
  const track = exact ? EXACT : isFar && type.far !== undefined ? FAR : SHOWN;
  return (rank << TRACK_BITS) | track;
}

/** Whether four bits from anywhere are a level that the type has. */
export function isLevel(type: EntityType, level: number): boolean {
  const track = trackOf(level);
  return rankOf(level) <= OWNER_RANK && (track <= EXACT || (track === FAR && type.far !== undefined));
}

export function trackOf(level: DetailLevel): number {
  return level & TRACK_MASK;
}

export function rankOf(level: DetailLevel): number {
  return level >> TRACK_BITS;
}

/** Whether the client predicts the entity. */
export function isExact(level: DetailLevel): boolean {
  return trackOf(level) === EXACT;
}

/** Whether the client owns the entity. */
export function isOwned(level: DetailLevel): boolean {
  return rankOf(level) === OWNER_RANK;
}

export function rankOfAudience(audience: Audience): number {
  return AUDIENCES.indexOf(audience);
}

/** Whether clients at this level get the column. */
export function isSent(column: Column, level: DetailLevel): boolean {
  return column.audience === "everyone" || rankOf(level) >= rankOfAudience(column.audience);
}
