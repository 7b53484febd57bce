import { Rng } from "@tidelock/shared";
import { TICK_RATE } from "./rules.ts";

export interface ScriptedInput {
  readonly moveX: number;
  readonly moveY: number;
  readonly aim: number;
  readonly fire: boolean;
  readonly reload: boolean;
}

/** A scripted player keeps to one intention for this long. */
const PHASE_TICKS = TICK_RATE / 2;

/**
 * What a scripted player does at a tick: a function of the two numbers alone, for benches and determinism tests. Such players wander,
 * turn their guns and fire in bursts; they see nothing.
 */
export function scriptedInputs(tick: number, player: number): ScriptedInput {
  // Offset by player, so that not everyone changes their mind in the same tick.
  const time = tick + player * 7;
  const phase = Math.floor(time / PHASE_TICKS);
  const rng = new Rng(player, phase);
  const moveX = rng.int(3) - 1;
  const moveY = rng.int(3) - 1;
  const aim = rng.range(-Math.PI, Math.PI);
  const turn = rng.range(-0.03, 0.03);
  const fire = rng.int(3) > 0;
  const reload = rng.int(40) === 0;
  return { moveX, moveY, aim: aim + turn * (time % PHASE_TICKS), fire, reload };
}
