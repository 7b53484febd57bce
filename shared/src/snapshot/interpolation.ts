import type { EntityType } from "../schema/entity-type.ts";
import type { Tick } from "../tick/tick.ts";
import { between, blend, isTeleport, type Moment } from "./blend.ts";
import type { Rows } from "./entity-codec.ts";
import { Extrapolation } from "./extrapolate.ts";
import { HISTORY_TICKS } from "./track.ts";

/** An entity as somebody knows it: its state at some of the last 64 ticks. */
export interface KnownTicks {
  readonly rows: Rows;
  /** Index into `rows` of a tick that is known. */
  row(tick: Tick): number;
  /** The newest known tick at or before `tick`, or -1. */
  floor(tick: Tick): Tick;
  /** The oldest known tick after `tick`, or -1. */
  after(tick: Tick): Tick;
}

/**
 * An entity that nothing was heard of for longer stands still, while others go on: on a path too narrow for a crowd it has changed its
 * course by then as likely as not, and would be shown ever further off.
 */
const LONGEST_GUESS_SECONDS = 0.75;

/**
 * Where an entity of one kind is at a moment between two ticks at which it is known, or soon after the last. The one answer for what
 * clients draw and for what the server takes them to have seen.
 */
export class Interpolation {
  /** No tick after the moment is known: it is carried on from the last one before. */
  isGuess = false;
  readonly #type: EntityType;
  readonly #extrapolation: Extrapolation;
  readonly #from: { rows: Rows; row: number } = { rows: [], row: 0 };
  readonly #to: { rows: Rows; row: number } = { rows: [], row: 0 };
  #end: Moment = this.#to;
  #fraction = 0;
  #ticks = 1;

  constructor(type: EntityType) {
    this.#type = type;
    this.#extrapolation = new Extrapolation(type);
  }

  /**
   * Looks for a moment, as a tick with a fraction. False when the entity is not known at it or before: then it stands where it is known
   * first, if it is known at all.
   */
  find(known: KnownTicks, moment: number): boolean {
    const floor = known.floor(Math.floor(moment));
    const from = floor < 0 ? known.after(floor) : floor;
    if (from < 0) return false;
    const beyond = Math.max(0, moment - from);
    this.#from.rows = known.rows;
    this.#from.row = known.row(from);
    const next = known.after(from);
    this.isGuess = next < 0;
    if (next < 0) this.#guess(beyond);
    else {
      this.#to.rows = known.rows;
      this.#to.row = known.row(next);
      this.#end = this.#to;
      this.#ticks = next - from;
      this.#fraction = beyond / this.#ticks;
    }
    return floor >= 0;
  }

  /** Sets the fields of `out` to the entity at the moment found. */
  show(out: Record<string, unknown>): void {
    blend(this.#type, this.#from, this.#end, this.#fraction, this.#ticks, out);
  }

  /** Sets `out` to the place of the entity at the moment found: the same numbers as `show`, and nothing else. */
  place(out: Float64Array): void {
    const { location, columns } = this.#type;
    const fraction = isTeleport(this.#type, this.#from, this.#end, this.#ticks) ? 0 : this.#fraction;
    for (let axis = 0; axis < location.length; axis++)
      out[axis] = between(columns[location[axis]], this.#from, this.#end, fraction);
  }

  #guess(ticksOn: number): void {
    const beyond = Math.min(ticksOn, LONGEST_GUESS_SECONDS / this.#type.dt);
    this.#ticks = Math.min(HISTORY_TICKS, Math.max(1, Math.ceil(beyond)));
    this.#end = this.#extrapolation.from(this.#from, this.#ticks);
    this.#fraction = Math.min(1, beyond / this.#ticks);
  }
}
