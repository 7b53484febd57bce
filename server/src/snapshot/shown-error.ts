import { type Column, difference, MotionModel, type Tick } from "@tidelock/shared";
import type { TableHistory, DetailLevel } from "@tidelock/shared";

/** No single field counts for more: what jumped far is not more urgent than what jumped out of place. */
const MOST_STEPS = 1024;

let state = new Int32Array(64);

/**
 * How far off a client's picture of an entity is at a tick, in shown steps summed over its fields, when the newest state that it
 * has is of `basis`. At least 1: it is asked of those that are not as predicted.
 */
export function shownError(
  history: TableHistory,
  entity: number,
  level: DetailLevel,
  basis: Tick,
  tick: Tick,
): number {
  const { type } = history;
  const rows = history.rows(level);
  const then = history.row(entity, basis, level);
  const now = history.row(entity, tick, level);
  if (rows.length > state.length) state = new Int32Array(rows.length);
  for (let c = 0; c < rows.length; c++) state[c] = rows[c][then];
  MotionModel.of(type).advance(state, tick - basis);
  let error = 1;
  for (const column of type.columns) error += stepsOff(column, state[column.index], rows[column.index][now]);
  return error;
}

function stepsOff(column: Column, shown: number, value: number): number {
  if (shown === value) return 0;
  const steps = Math.abs(difference(column, shown, value)) / column.shownSteps;
  return steps < MOST_STEPS ? steps : MOST_STEPS;
}
