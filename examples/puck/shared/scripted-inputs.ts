import { Rng } from "@tidelock/shared";
import { TICK_RATE } from "./rules.ts";

export interface ScriptedInput {
  readonly moveX: number;
  readonly moveY: number;
  readonly boost: boolean;
}

/** A scripted player keeps to one intention for this long. */
const PHASE_TICKS = TICK_RATE / 3;

/** What a scripted player does at a tick: a function of the two numbers alone, for benches and determinism tests. */
export function scriptedInputs(tick: number, player: number): ScriptedInput {
  // Offset by player, so that not everyone changes their mind in the same tick.
  const rng = new Rng(player, Math.floor((tick + player * 7) / PHASE_TICKS));
  return { moveX: rng.range(-1, 1), moveY: rng.range(-1, 1), boost: rng.int(3) === 0 };
}
