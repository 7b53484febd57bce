import type { FieldMap } from "../schema/field.ts";
import type { InputType, InputValues } from "./input-type.ts";

/** What a step is handed: every player's input of the tick. */
export interface Inputs<F extends FieldMap = FieldMap> {
  /** The input of the player who owns `entity`; at rest when nobody does or nothing is known of them. */
  of(entity: { readonly owner: number }): InputValues<F>;
}

/** One player's input in a frame. */
interface Entry {
  readonly values: Record<string, unknown>;
  /** The frame's turn in which it was set. */
  turn: number;
}

/** The inputs of one tick by player number, filled before each step and reused from tick to tick. */
export class InputFrame implements Inputs {
  readonly #type: InputType;
  readonly #neutral: Record<string, unknown>;
  readonly #byPlayer = new Map<number, Entry>();
  #turn = 0;

  constructor(type: InputType) {
    this.#type = type;
    this.#neutral = type.neutral();
  }

  /** Begins a tick: every player is at rest until set. */
  clear(): void {
    this.#turn++;
  }

  set(player: number, row: Int32Array): void {
    let entry = this.#byPlayer.get(player);
    if (entry === undefined)
      this.#byPlayer.set(player, (entry = { values: this.#type.neutral(), turn: this.#turn }));
    entry.turn = this.#turn;
    this.#type.read(row, entry.values);
  }

  remove(player: number): void {
    this.#byPlayer.delete(player);
  }

  of(entity: { readonly owner: number }): InputValues<FieldMap> {
    const entry = this.#byPlayer.get(entity.owner);
    return entry === undefined || entry.turn !== this.#turn ? this.#neutral : entry.values;
  }
}
