import type { PlayerNumber } from "@tidelock/shared";

/** Inputs of one player that wait; two seconds at 30 ticks a second. */
export const MAX_WAITING_INPUTS = 64;
/** The cursor of a player of whom no input was applied. */
export const NO_INPUT = -1;
/** Players for whom inputs are kept; more than stand in one region and along its borders. */
const MAX_PLAYERS = 4096;

interface Waiting {
  /** Inputs at or below this number were applied, here or by another owner. */
  cursor: number;
  /** Ascending by number. */
  readonly inputs: { readonly number: number; readonly input: Uint8Array }[];
}

/**
 * Lets each input of a player, numbered by its tick, through once and in order, whichever of two regions it reaches first: a client that is about to cross a
 * border sends to both, and the cursor goes along with the player.
 */
export class InputGate {
  readonly #players = new Map<PlayerNumber, Waiting>();
  #floor = NO_INPUT;
  /** Inputs that were refused: applied before, or twice here. */
  refused = 0;

  /** Takes an input of a player, ours or not. When too many wait, the oldest goes. */
  receive(player: PlayerNumber, number: number, input: Uint8Array): void {
    let waiting = this.#players.get(player);
    if (waiting === undefined) {
      if (this.#players.size >= MAX_PLAYERS) return void this.refused++;
      waiting = { cursor: NO_INPUT, inputs: [] };
      this.#players.set(player, waiting);
    }
    const { inputs } = waiting;
    let at = inputs.length;
    while (at > 0 && inputs[at - 1].number > number) at--;
    if (number <= this.#floor || number <= waiting.cursor || inputs[at - 1]?.number === number)
      return void this.refused++;
    inputs.splice(at, 0, { number, input });
    if (inputs.length > MAX_WAITING_INPUTS) inputs.shift();
  }

  /** Applies what waits of a player up to a number. */
  drain(player: PlayerNumber, upTo: number, apply: (number: number, input: Uint8Array) => void): void {
    const waiting = this.#players.get(player);
    if (waiting === undefined) return;
    const { inputs } = waiting;
    for (let next = inputs[0]; next !== undefined && next.number <= upTo; next = inputs[0]) {
      inputs.shift();
      waiting.cursor = next.number;
      apply(next.number, next.input);
    }
  }

  /** What is at or below this number was applied, or comes too late; NO_INPUT when nothing was. */
  cursor(player: PlayerNumber): number {
    return Math.max(this.#floor, this.#players.get(player)?.cursor ?? NO_INPUT);
  }

  /** What is at or below `cursor` was applied elsewhere. */
  advance(player: PlayerNumber, cursor: number): void {
    const waiting = this.#players.get(player) ?? { cursor, inputs: [] };
    this.#players.set(player, waiting);
    waiting.cursor = Math.max(waiting.cursor, cursor, this.#floor);
    while (waiting.inputs.length > 0 && waiting.inputs[0].number <= waiting.cursor) waiting.inputs.shift();
  }

  /** Forgets players that are not among these and of whom no input for this tick or later waits. */
  forgetIdle(present: ReadonlySet<PlayerNumber>, tick: number): void {
    for (const [player, { inputs }] of this.#players)
      if (!present.has(player) && (inputs.at(-1)?.number ?? NO_INPUT) < tick) this.#players.delete(player);
  }

  /** Inputs for ticks before this one come too late: another owner may have applied them. */
  startAt(tick: number): void {
    this.#floor = tick - 1;
    for (const player of this.#players.keys()) this.advance(player, this.#floor);
  }

  /** Forgets a player; what waited goes to `relay`. */
  remove(player: PlayerNumber, relay: (number: number, input: Uint8Array) => void = () => {}): void {
    for (const { number, input } of this.#players.get(player)?.inputs ?? []) relay(number, input);
    this.#players.delete(player);
  }

  clear(): void {
    this.#players.clear();
  }

  /** Players known. */
  get size(): number {
    return this.#players.size;
  }
}
