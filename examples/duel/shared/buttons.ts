import type { DuelInputs, Fighter, Wish } from "./entities.ts";
import { BUFFER_TICKS } from "./rules.ts";

/** Buttons as bits of one number. */
export const Button = {
  left: 1,
  right: 2,
  up: 4,
  down: 8,
  light: 16,
  heavy: 32,
  special: 64,
  dash: 128,
} as const;

export function buttonsOf(inputs: DuelInputs, fighter: Fighter): number {
  const held = inputs.of(fighter);
  let bits = 0;
  if (held.left) bits |= Button.left;
  if (held.right) bits |= Button.right;
  if (held.up) bits |= Button.up;
  if (held.down) bits |= Button.down;
  if (held.light) bits |= Button.light;
  if (held.heavy) bits |= Button.heavy;
  if (held.special) bits |= Button.special;
  if (held.dash) bits |= Button.dash;
  return bits;
}

/** In order of preference, for who presses several in one tick. */
const wishes: readonly (readonly [number, Wish])[] = [
  [Button.special, "special"],
  [Button.heavy, "heavy"],
  [Button.light, "light"],
  [Button.dash, "dash"],
  [Button.up, "jump"],
];

/** Takes the buttons of a tick: what is newly pressed becomes a wish that stays for a moment. */
export function press(fighter: Fighter, buttons: number, tick: number): void {
  const pressed = buttons & ~fighter.held;
  fighter.held = buttons;
  const found = wishes.find(([button]) => (pressed & button) !== 0);
  if (found !== undefined) {
    fighter.wish = found[1];
    fighter.wishUntil = tick + BUFFER_TICKS;
  } else if (fighter.wish !== "nothing" && tick >= fighter.wishUntil) fighter.wish = "nothing";
}

/** The way a fighter presses: 1 to the right, -1 to the left, 0 for neither or both. */
export function direction({ held }: Fighter): number {
  return ((held & Button.right) !== 0 ? 1 : 0) - ((held & Button.left) !== 0 ? 1 : 0);
}
