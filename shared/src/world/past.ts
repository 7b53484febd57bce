import type { Tick } from "../tick/tick.ts";
import type { EntityId, PlayerNumber } from "./entity-id.ts";

/** The entities of one kind that a player is shown in the past, by an index that holds until the next step. */
export interface PastEntities {
  /** Indices go from 0 up to, without, this. */
  readonly count: number;
  /** The entity at an index; 0 for nobody. */
  idAt(index: number): EntityId;
  /** The player that the entity belongs to, 0 for none. */
  ownerAt(index: number): PlayerNumber;
  /** False when the entity surely was not within a box at any moment that may be asked for. */
  mayTouch(index: number, low: Float64Array, high: Float64Array): boolean;
  /** Sets `place` to where the entity was at a moment, a tick with a fraction; false when it was not there. */
  locate(index: number, moment: number, place: Float64Array): boolean;
  /** Sets the fields of `view` to the entity as it was where `locate` has found it last. */
  show(view: Record<string, unknown>): void;
}

/** What a step may ask of the recent past. Whoever runs the step sets it; a world without one knows only the present. */
export interface Past {
  /** How far back it reaches, in ticks. */
  readonly maxTicks: number;
  /** The moment, in ticks with a fraction, that a player was looking at when giving the input of `tick`; NaN when it is not known. */
  momentOf(player: PlayerNumber, tick: Tick): number;
  /** The entities of a type that `player` is shown in the past: all that it does not predict. Valid until the next call. */
  seenBy(player: PlayerNumber, type: number): PastEntities;
  /** Takes note that a player hit an entity of another player, and how far back. */
  noteHit(by: PlayerNumber, victim: PlayerNumber, rewindMs: number, capped: boolean): void;
}
