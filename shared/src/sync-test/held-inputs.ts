import type { InputType } from "../input/input-type.ts";
import { Rng } from "../rng/rng.ts";
import { type Column, confine } from "../schema/column.ts";
import type { Property } from "../schema/record-type.ts";
import type { PlayerNumber } from "../world/entity-id.ts";

/** Ticks for which a value is kept, from and to: what hands do at some 60 ticks a second. */
const PRESS = [2, 24] as const;
const PAUSE = [2, 40] as const;
const HOLD = [3, 45] as const;
const REST = [60, 180] as const;
/** One press in so many lasts a single tick, the shortest there is. */
const TAP_CHANCE = 6;
/** One pause in so many is a long one, in which everything is let go: much goes wrong only where things come to rest. */
const REST_CHANCE = 40;
/** An angle is turned at most by this share of the circle per tick, and jumps once in so many turns. */
const LARGEST_TURN = 1 / 64;
const JUMP_CHANCE = 6;

/** What one player does with one field. */
interface Hold {
  readonly column: Column;
  readonly property: Property;
  value: number;
  /** Quantised change per tick, for what turns. */
  turn: number;
  ticksLeft: number;
}

/**
 * Random input within the declared ranges: buttons that are pressed and let go, sticks that are pushed all the way or part of it,
 * angles that turn and jump. A function of the seed and of how often it was asked.
 */
export class HeldInputs {
  readonly #rngs: readonly Rng[];
  readonly #holds: readonly (readonly Hold[])[];
  readonly #restLeft: number[];

  constructor(type: InputType, players: number, seed: number) {
    this.#rngs = Array.from({ length: players }, (_, i) => new Rng(seed, i + 1));
    this.#restLeft = Array.from({ length: players }, () => 0);
    this.#holds = Array.from({ length: players }, () =>
      type.record.properties.map((property) => {
        const column = type.record.columns[property.first];
        return { column, property, value: column.initial, turn: 0, ticksLeft: 0 };
      }),
    );
  }

  /** Writes the next tick's input of a player, 1 or more, to `row`. */
  next(player: PlayerNumber, row: Int32Array): void {
    const rng = this.#rngs[player - 1];
    const resting = this.#restLeft[player - 1] > 0;
    if (resting) this.#restLeft[player - 1]--;
    else if (rng.int(REST_CHANCE * HOLD[1]) === 0) this.#restLeft[player - 1] = within(rng, REST);
    for (const hold of this.#holds[player - 1]) {
      if (hold.ticksLeft-- <= 0) change(hold, rng);
      hold.value = confine(hold.column, hold.value + hold.turn);
      row[hold.column.index] = resting && !hold.column.wraps ? hold.column.initial : hold.value;
    }
  }
}

function change(hold: Hold, rng: Rng): void {
  const { column, property } = hold;
  const { lowest, highest, initial, wraps } = column;
  const width = highest - lowest + 1;
  hold.ticksLeft = within(rng, HOLD);
  if (property.reading.as === "boolean") {
    hold.value = 1 - hold.value;
    if (hold.value === 0) hold.ticksLeft = within(rng, PAUSE);
    else hold.ticksLeft = rng.int(TAP_CHANCE) === 0 ? 0 : within(rng, PRESS);
  } else if (wraps) {
    if (rng.int(JUMP_CHANCE) === 0) hold.value = lowest + rng.int(width);
    hold.turn = rng.int(3) === 0 ? 0 : Math.round(rng.range(-1, 1) * LARGEST_TURN * width);
  } else if (property.reading.as === "name") hold.value = lowest + rng.int(width);
  else hold.value = [lowest, initial, highest, lowest + rng.int(width)][rng.int(4)];
}

function within(rng: Rng, [from, to]: readonly [number, number]): number {
  return from + rng.int(to - from + 1);
}
