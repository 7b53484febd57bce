import { type Column, difference, MotionModel, type Tick } from "@tidelock/shared";
import type { TableHistory, DetailLevel } from "@tidelock/shared";

/** No single field counts for more: what jumped far is not more urgent than what jumped out of place. */
const MOST_STEPS = 1024;

let shown = new Int32Array(64);
let now = new Int32Array(64);

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
  if (type.columns.length > shown.length) {
    shown = new Int32Array(type.columns.length);
    now = new Int32Array(type.columns.length);
  }
  history.load(entity, basis, level, shown);
  MotionModel.of(type).advance(shown, tick - basis);
  history.load(entity, tick, level, now);
  let error = 1;
  for (const column of type.columns) error += stepsOff(column, shown[column.index], now[column.index]);
  return error;
}

function stepsOff(column: Column, shown: number, value: number): number {
  if (shown === value) return 0;
  const steps = Math.abs(difference(column, shown, value)) / column.shownSteps;
  return steps < MOST_STEPS ? steps : MOST_STEPS;
}
