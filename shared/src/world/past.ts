import type { Tick } from "../tick/tick.ts";
import type { PlayerNumber } from "./entity-id.ts";

/** The entities of one kind that a player is shown in the past, by an index that holds until the next step. */
export interface PastEntities {
  /** Indices go from 0 up to, without, this; some may stand for nobody. */
  readonly count: number;
  /** By index: the id, 0 for nobody. */
  readonly ids: Uint32Array;
  /** By index: the player that an entity belongs to, 0 for none. */
  readonly owners: Uint16Array;
  /** Whether an entity can have been within a box at any moment that may be asked for; no when it surely was not. */
  mayTouch(index: number, low: Float64Array, high: Float64Array): boolean;
  /** Sets `place` to where the entity was shown at a moment; false when it was not shown then. */
  locate(index: number, moment: number, place: Float64Array): boolean;
  /** Sets the fields of `view` to those of the entity as it was shown at a moment that `locate` knows. */
  show(index: number, moment: number, view: Record<string, unknown>): void;
}

/** What a step may ask of the recent past. Whoever runs the step sets it; a world without one knows only the present. */
export interface Past {
  /** How far back it reaches, in ticks. */
  readonly maxTicks: number;
  /** The moment, in ticks with a fraction, that a player was looking at when giving the input of `tick`; NaN when it is not known. */
  momentOf(player: PlayerNumber, tick: Tick): number;
  /** The entities of a type that `player` was shown in the past: all that it does not predict. Valid until the next call. */
  seenBy(player: PlayerNumber, type: number): PastEntities;
  /** Takes note that a player hit an entity of another in the past. */
  noteHit(by: PlayerNumber, victim: PlayerNumber, rewindMs: number, capped: boolean): void;
}
