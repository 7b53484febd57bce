import type { Column } from "../schema/column.ts";
import type { EntityType } from "../schema/entity-type.ts";

/** Whoever wants to know where the bits of deltas go: tools that train tables, inspect packets or account for bytes. */
export interface DeltaTally {
  /** A delta begins; its timing took so many bits. */
  begin(type: EntityType, bits: number): void;
  /** Which columns of a group changed. */
  mask(group: number, mask: number, bits: number): void;
  /** By how much one did: `coded` as its code has it, in shown steps or in grid steps. */
  residual(column: Column, coded: number, inSteps: boolean, bits: number): void;
}
