import type { Column } from "../schema/column.ts";
import type { EntityType } from "../schema/entity-type.ts";

/** Whoever wants to know where the bits of entities go: tools that train tables, inspect packets or account for bytes. */
export interface DeltaTally {
  /** A delta begins; its timing took so many bits. It tells the state `since` ticks ago, `span` ticks after the baseline. */
  begin(type: EntityType, bits: number, since: number, span: number): void;
  /** Which columns of a group changed. */
  mask(group: number, mask: number, bits: number): void;
  /**
   * By how much one did: `coded` as its code has it, in shown steps or in grid steps. `expected` and `value` are in grid steps, at
   * the tick that the delta tells of.
   */
  residual(
    column: Column,
    coded: number,
    inSteps: boolean,
    bits: number,
    expected: number,
    value: number,
  ): void;
  /** A value, in grid steps, of an entity that is told whole. */
  whole?(column: Column, value: number, bits: number): void;
}
