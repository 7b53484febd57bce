import type { InputType } from "./input-type.ts";

/** What a column of the input does while its player's input is missing. One number per column. */
export const MissingInput = {
  /** Buttons: held as they were for the hold time, then neutral, so that a lost packet does not fire for ever. */
  release: 0,
  /** Axes: held for the hold time, then moved linearly to neutral, so that a body slows down and stops. */
  fade: 1,
  /** Directions such as an aim: kept, since half way to neutral is a direction nobody chose. */
  keep: 2,
} as const;

/**
 * Loss of a packet or two is common and must not be felt: a held stick repeated unchanged is right, so the
 * player's own prediction needs no correction.
 */
const HOLD_MS = 100;
/** After a quarter of a second a silent player stands still. */
const REPEAT_MS = 250;

/** The usual times in ticks of a game with `tickRate` ticks per second. */
export function missingInputTicks(tickRate: number): {
  readonly holdTicks: number;
  readonly repeatTicks: number;
} {
  return {
    holdTicks: Math.ceil((HOLD_MS * tickRate) / 1000),
    repeatTicks: Math.ceil((REPEAT_MS * tickRate) / 1000),
  };
}

/** What each column of a game's input does while a player's input is missing, from how it was declared. */
export function missingKinds(input: InputType): Uint8Array {
  const kinds = new Uint8Array(input.width).fill(MissingInput.keep);
  for (const { first, kind, reading } of input.record.properties) {
    if (kind === "axis") kinds[first] = MissingInput.fade;
    else if (reading.as === "boolean") kinds[first] = MissingInput.release;
  }
  return kinds;
}

/**
 * Writes what stands for an input that is missing `age` ticks after the last known one (`age` from 1).
 * Axes reach neutral at `repeatTicks`; integers are rounded towards neutral, so the fade always ends.
 */
export function fadeInput(
  last: Int32Array,
  neutral: Int32Array,
  missing: Uint8Array,
  age: number,
  holdTicks: number,
  repeatTicks: number,
  out: Int32Array,
  outOffset: number,
): void {
  const held = age <= holdTicks;
  const left = held ? 1 : Math.max(0, (repeatTicks - age) / (repeatTicks - holdTicks));
  for (let column = 0; column < last.length; column++) {
    const rest = neutral[column];
    const value = last[column];
    const kind = missing[column];
    if (held || kind === MissingInput.keep) out[outOffset + column] = value;
    else
      out[outOffset + column] = kind === MissingInput.fade ? rest + Math.trunc((value - rest) * left) : rest;
  }
}
