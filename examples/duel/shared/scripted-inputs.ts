import { Rng } from "@tidelock/shared";

/** A scripted player keeps to one intention for this long. */
const PHASE_TICKS = 7;

/** What a scripted player holds at a tick: a function of the two numbers alone, for tests. Such players press whatever comes. */
export function scriptedInputs(tick: number, player: number): Record<string, boolean> {
  const rng = new Rng(player, Math.floor((tick + player * 3) / PHASE_TICKS));
  const way = rng.int(5);
  const isTowards = (player & 1) === 1;
  return {
    left: isTowards ? way === 0 : way > 1,
    right: isTowards ? way > 1 : way === 0,
    up: rng.int(9) === 0,
    down: rng.int(4) === 0,
    light: rng.int(4) === 0,
    heavy: rng.int(6) === 0,
    special: rng.int(8) === 0,
    dash: rng.int(8) === 0,
  };
}
