import { type Column, confine } from "../schema/column.ts";

/**
 * Where a column is expected `age` ticks after a baseline, in whole grid steps. Steps integrate velocity first and position
 * after it, so a velocity that went evenly from `then` to `now` has moved it by the sum of the ticks between, ends included once.
 * With an unchanged velocity this is exact at any age.
 */
export function predict(
  column: Column,
  base: number,
  velocityThen: number,
  velocityNow: number,
  age: number,
): number {
  const moved = velocityThen * age + Math.round(((velocityNow - velocityThen) * (age + 1)) / 2);
  return confine(column, base + moved * column.stepsPerVelocity);
}

/** The signed way from `from` to `to`, the short way round for angles. */
export function difference(column: Column, from: number, to: number): number {
  const plain = to - from;
  if (!column.wraps) return plain;
  const turn = column.highest - column.lowest + 1;
  const half = turn >> 1;
  return plain > half ? plain - turn : plain < -half ? plain + turn : plain;
}
