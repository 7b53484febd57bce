import { TidelockError } from "../errors/tidelock-error.ts";
import type { Audience } from "./column.ts";

/** How a field's stored number appears to a game: as it is, as a boolean, or as one of several names. */
export type Reading =
  | { readonly as: "number" }
  | { readonly as: "boolean" }
  | { readonly as: "name"; readonly names: readonly string[] };

/** What a field asks for per scalar; `compileColumns` turns it into a Column once the tick rate is known. */
export interface ColumnPlan {
  /** `""` for a scalar field, `.x` and so on for the components of a vector. */
  readonly suffix: string;
  readonly min: number;
  readonly max: number;
  /** Units per step; 0 for a velocity that takes the grid of its position. */
  readonly grid: number;
  readonly wraps?: boolean;
  readonly shown?: number;
  readonly initial?: number;
  /** For a velocity: the column it moves, and the slowest speed that must still advance it. */
  readonly moves?: string;
  readonly slowest?: number;
  /** For a component of an angular velocity: the rotation field it turns. */
  readonly turns?: string;
}

/** One declared field of an entity or input. `T` is the type a game reads and writes. */
export interface Field<T> {
  readonly kind: string;
  readonly shape: "scalar" | "vector" | "quaternion";
  readonly reading: Reading;
  readonly audience: Audience;
  readonly plan: readonly ColumnPlan[];
  /** Carries the type only; never present. */
  readonly valueType?: T;
}

export type FieldMap = Readonly<Record<string, Field<unknown>>>;
export type ValueOf<F> = F extends Field<infer T> ? T : never;

const NUMBER: Reading = { as: "number" };

/** Options of a position: its range and its two precisions, all in the game's units. */
export interface PositionOptions {
  readonly min: number;
  readonly max: number;
  /** State grid: the simulation lives on multiples of it. About 1/4096 of a metre at 60 Hz. */
  readonly grid: number;
  /** Step for clients that only look; a whole multiple of `grid`. Default: `grid`. */
  readonly shown?: number;
}

/** Options of a velocity, in units per second. */
export interface VelocityOptions {
  /** Fastest speed per axis. */
  readonly max: number;
  /** Slowest speed that must still move the position. Default: max / 512. */
  readonly slowest?: number;
}

function scalar<T>(kind: string, plan: Omit<ColumnPlan, "suffix">, reading: Reading = NUMBER): Field<T> {
  return { kind, shape: "scalar", reading, audience: "everyone", plan: [{ suffix: "", ...plan }] };
}

/** A coordinate in the game's units. */
export function position(options: PositionOptions): Field<number> {
  return scalar("position", { ...options });
}

/**
 * The velocity, in units per second, of the position field named `of`. Its grid is one step of the position per tick, so an
 * entity that moves steadily is predicted exactly however old the baseline is.
 */
export function velocity(of: string, options: VelocityOptions): Field<number> {
  const { max, slowest = max / 512 } = options;
  return scalar("velocity", { min: -max, max, grid: 0, moves: of, slowest });
}

/** A direction in radians, -pi to pi, in 2^bits steps; `bits` from 2 to 24. */
export function angle(options: { readonly bits: number }): Field<number> {
  const { bits } = options;
  if (!Number.isInteger(bits) || bits < 2 || bits > 24)
    throw new TidelockError(
      "schema/bad-bits",
      `angle({ bits: ${bits} }): bits must be a whole number from 2 to 24`,
    );
  const steps = 2 ** bits;
  const grid = (2 * Math.PI) / steps;
  return scalar("angle", { min: (-steps / 2) * grid, max: (steps / 2 - 1) * grid, grid, wraps: true });
}

/** A whole number from `min` to `max`. */
export function int(options: {
  readonly min: number;
  readonly max: number;
  readonly initial?: number;
}): Field<number> {
  return scalar("int", { ...options, grid: 1 });
}

/** A whole number from 0 to `max`. */
export function uint(options: { readonly max: number; readonly initial?: number }): Field<number> {
  return scalar("uint", { min: 0, ...options, grid: 1 });
}

/** A number from `min` to `max` in steps of `grid` that is neither a position nor a velocity. */
export function real(options: PositionOptions & { readonly initial?: number }): Field<number> {
  return scalar("real", { ...options });
}

export function bool(options: { readonly initial?: boolean } = {}): Field<boolean> {
  return scalar("bool", { min: 0, max: 1, grid: 1, initial: options.initial ? 1 : 0 }, { as: "boolean" });
}

/** One of the given names; a new entity has the first. */
export function enumeration<const N extends readonly [string, ...string[]]>(names: N): Field<N[number]> {
  return scalar("enumeration", { min: 0, max: names.length - 1, grid: 1 }, { as: "name", names });
}

/** For inputs: a stick or key pair, -1 to 1, in 127 steps each way. */
export function axis(): Field<number> {
  return scalar("axis", { min: -1, max: 1, grid: 1 / 127 });
}

/** For inputs: held or not. */
export function button(): Field<boolean> {
  return scalar("button", { min: 0, max: 1, grid: 1 }, { as: "boolean" });
}

/**
 * Sends the field only to players of the owner's team, the owner among them. Others never receive its bytes and read its initial
 * value.
 */
export function teamOnly<T>(field: Field<T>): Field<T> {
  return { ...field, audience: "team" };
}

/** Sends the field only to the player who owns the entity. Others never receive its bytes and read its initial value. */
export function ownerOnly<T>(field: Field<T>): Field<T> {
  return { ...field, audience: "owner" };
}
