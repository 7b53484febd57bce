import type { EntityType } from "../schema/entity-type.ts";
import type { RecordType } from "../schema/record-type.ts";
import type { LagCompensation } from "./lag-compensation.ts";

/** 32-bit FNV-1a over everything of a game that the bytes on the wire depend on. */
export function schemaHash(
  tickRate: number,
  types: readonly EntityType[],
  input: RecordType,
  lagCompensation: LagCompensation | undefined,
): number {
  const text = JSON.stringify([tickRate, types, input, lagCompensation]);
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
