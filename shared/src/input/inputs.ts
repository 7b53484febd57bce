import type { FieldMap } from "../schema/field.ts";
import type { InputType, InputValues } from "./input-type.ts";

/** What a step is handed: every player's input of the tick. */
export interface Inputs<F extends FieldMap = FieldMap> {
  /** The input of the player who owns `entity`; at rest when nobody does or nothing is known of them. */
  of(entity: { readonly owner: number }): InputValues<F>;
}

/** The inputs of one tick by player number, filled before each step and reused from tick to tick. */
export class InputFrame implements Inputs {
  readonly #type: InputType;
  readonly #neutral: Record<string, unknown>;
  readonly #byPlayer = new Map<number, Record<string, unknown>>();

  constructor(type: InputType) {
    this.#type = type;
    this.#neutral = type.neutral();
  }

  set(player: number, row: Int32Array): void {
    let values = this.#byPlayer.get(player);
    if (values === undefined) this.#byPlayer.set(player, (values = this.#type.neutral()));
    this.#type.read(row, values);
  }

  remove(player: number): void {
    this.#byPlayer.delete(player);
  }

  of(entity: { readonly owner: number }): InputValues<FieldMap> {
    return this.#byPlayer.get(entity.owner) ?? this.#neutral;
  }
}
