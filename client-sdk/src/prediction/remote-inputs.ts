import {
  fadeInput,
  type InputType,
  missingKinds,
  type PlayerNumber,
  type SharedInputs,
  type Tick,
} from "@tidelock/shared";
import type { Replica } from "../snapshot/replica.ts";

/**
 * Prediction runs ahead of what is known of others by a round trip and more, so their last input has to go on unchanged for at least
 * that long: at 150 ms, with jitter and two snapshots lost, 300 ms.
 */
const HOLD_MS = 300;
/** By then a guess is worth nothing. */
const REPEAT_MS = 600;

/** One player's last known input. */
interface Known {
  tick: Tick;
  readonly row: Int32Array;
}

/** What is known of the other players' inputs, and what is assumed for ticks that the server has not told of yet. */
export class RemoteInputs {
  readonly #shared: SharedInputs;
  readonly #neutral: Int32Array;
  readonly #missing: Uint8Array;
  readonly #holdTicks: number;
  readonly #repeatTicks: number;
  readonly #known = new Map<PlayerNumber, Known>();
  readonly #row: Int32Array;

  constructor(shared: SharedInputs, input: InputType, tickRate: number) {
    this.#shared = shared;
    this.#neutral = input.neutralRow();
    this.#missing = missingKinds(input);
    this.#holdTicks = Math.ceil((HOLD_MS * tickRate) / 1000);
    this.#repeatTicks = Math.ceil((REPEAT_MS * tickRate) / 1000);
    this.#row = input.neutralRow();
  }

  /** Takes from a snapshot of `tick` what it says of inputs. */
  observe(updated: readonly Replica[], gone: readonly Replica[], tick: Tick): void {
    const { type } = this.#shared;
    for (const replica of updated) {
      if (replica.type !== type) continue;
      let known = this.#known.get(replica.owner);
      if (known === undefined) this.#known.set(replica.owner, (known = { tick, row: this.#neutral.slice() }));
      known.tick = tick;
      const row = replica.row(tick);
      for (const column of type.columns) known.row[column.index] = replica.rows[column.index][row];
    }
    for (const replica of gone) if (replica.type === type) this.#known.delete(replica.owner);
  }

  /** What a player is assumed to do at `tick`: what was told last, held and then faded. Valid until the next call. */
  at(player: PlayerNumber, tick: Tick): Int32Array {
    const known = this.#known.get(player);
    if (known === undefined) return this.#neutral;
    const age = tick - known.tick;
    if (age <= 0) return known.row;
    fadeInput(known.row, this.#neutral, this.#missing, age, this.#holdTicks, this.#repeatTicks, this.#row, 0);
    return this.#row;
  }
}
