import {
  fadeInput,
  type InputType,
  missingKinds,
  type PlayerNumber,
  type SharedInputs,
  type Tick,
} from "@tidelock/shared";
import type { Replica } from "../snapshot/replica.ts";

/** An input that the server is known to be late with by so much, three lost snapshots at 20 Hz, is no longer taken to go on unchanged. */
const HOLD_MS = 150;
/** Time over which it then fades: a guess that old is worth nothing. */
const FADE_MS = 300;
/** What prediction is ahead by is remembered as it was at most, and forgotten by so many ticks per snapshot. */
const AHEAD_DECAY = 1 / 16;

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
  readonly #fadeTicks: number;
  /** Ticks by which prediction runs ahead of what is known: for so long every input goes on unchanged, or none would ever be right. */
  #ahead = 0;
  readonly #known = new Map<PlayerNumber, Known>();
  readonly #row: Int32Array;

  constructor(shared: SharedInputs, input: InputType, tickRate: number) {
    this.#shared = shared;
    this.#neutral = input.neutralRow();
    this.#missing = missingKinds(input);
    this.#holdTicks = Math.ceil((HOLD_MS * tickRate) / 1000);
    this.#fadeTicks = Math.ceil((FADE_MS * tickRate) / 1000);
    this.#row = input.neutralRow();
  }

  /** Takes from a snapshot of `tick` what it says of inputs; `predicted`: the newest tick predicted by now. */
  observe(updated: readonly Replica[], gone: readonly Replica[], tick: Tick, predicted: Tick): void {
    this.#ahead = Math.max(predicted - tick, this.#ahead - AHEAD_DECAY);
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
    const holdTicks = this.#holdTicks + this.#ahead;
    if (age <= 0) return known.row;
    fadeInput(
      known.row,
      this.#neutral,
      this.#missing,
      age,
      holdTicks,
      holdTicks + this.#fadeTicks,
      this.#row,
      0,
    );
    return this.#row;
  }
}
