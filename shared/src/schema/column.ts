/** Who receives a field: everyone who sees the entity, the owner and the owner's team, or the owner alone. */
export type Audience = "everyone" | "team" | "owner";

/** How near a client stands to an entity: whoever has a rank gets the fields of that audience and of all before it. */
export const AUDIENCES: readonly Audience[] = ["everyone", "team", "owner"];

/**
 * One scalar of an entity or an input as it is stored, hashed, compared and sent. The table of columns is the only place that
 * lists fields: quantising, hashing, encoding, decoding and counting all walk it. A quantised value is a whole number `q`;
 * the value a game sees is `q * grid`.
 */
export interface Column {
  /** Field name, with the component for vectors: `x`, `position.y`. */
  readonly name: string;
  readonly index: number;
  /** Units per step of the state grid. */
  readonly grid: number;
  readonly lowest: number;
  readonly highest: number;
  /** Width of the whole range in bits. */
  readonly bits: number;
  /** True for angles: the range is a circle and differences take the short way. */
  readonly wraps: boolean;
  /** Grid steps per shown step, 1 or more: the precision that clients get which only look at the entity. */
  readonly shownSteps: number;
  readonly audience: Audience;
  /** Quantised value of a new entity. */
  readonly initial: number;
  /** Index of the column that holds this one's velocity, or -1. */
  readonly velocity: number;
  /** Grid steps this column moves per tick for each step of its velocity. */
  readonly stepsPerVelocity: number;
}

/** Puts a value on the column's grid: rounds, then clamps into the range or wraps round the circle. NaN stays NaN. */
export function quantise(column: Column, value: number): number {
  return confine(column, Math.round(value / column.grid));
}

/** Brings a quantised value that arithmetic may have taken out of range back into it. */
export function confine(column: Column, q: number): number {
  const { lowest, highest } = column;
  if (q >= lowest && q <= highest) return q;
  let inside = q;
  if (column.wraps) {
    const turn = highest - lowest + 1;
    // Beyond 2^53 steps the difference is not exact and may still lie outside.
    inside = q - Math.floor((q - lowest) / turn) * turn;
  }
  return inside < lowest ? lowest : inside > highest ? highest : inside;
}

/** The number of bits that hold whole numbers from 0 to `highest`. */
export function bitsFor(highest: number): number {
  return highest <= 0 ? 0 : 32 - Math.clz32(highest);
}
