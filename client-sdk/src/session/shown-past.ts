import {
  type EntityId,
  type EntityType,
  Interpolation,
  isExact,
  type LagCompensation,
  NO_VIEW,
  type Past,
  type PastEntities,
  type PlayerNumber,
  type Tick,
  viewDistance,
  viewMoment,
} from "@tidelock/shared";
import type { Replica } from "../snapshot/replica.ts";

/** Inputs kept: as many as may be sent or predicted again. A power of two. */
const KEPT = 128;

/** The entities of one kind that this client is shown, as it received them. */
class ShownOfType implements PastEntities {
  readonly replicas: Replica[] = [];
  readonly #interpolation: Interpolation;

  constructor(type: EntityType) {
    this.#interpolation = new Interpolation(type);
  }

  get count(): number {
    return this.replicas.length;
  }

  idAt(index: number): EntityId {
    return this.replicas[index].id;
  }

  ownerAt(index: number): PlayerNumber {
    return this.replicas[index].owner;
  }

  mayTouch(): boolean {
    return true;
  }

  locate(index: number, moment: number, place: Float64Array): boolean {
    if (!this.#interpolation.find(this.replicas[index], moment)) return false;
    this.#interpolation.place(place);
    return true;
  }

  show(view: Record<string, unknown>): void {
    this.#interpolation.show(view);
  }
}

/** What this client drew of others when its player gave each input: told to the server, and asked by the predicting step. */
export class ShownPast implements Past {
  readonly maxTicks: number;
  readonly #player: PlayerNumber;
  readonly #source: { replicas(): Iterable<Replica> };
  readonly #byType: readonly ShownOfType[];
  readonly #ticks = new Int32Array(KEPT).fill(-1);
  readonly #distances = new Int32Array(KEPT);
  #moment = Number.NaN;

  constructor(
    types: readonly EntityType[],
    { maxRewindTicks }: LagCompensation,
    player: PlayerNumber,
    source: { replicas(): Iterable<Replica> },
  ) {
    this.maxTicks = maxRewindTicks;
    this.#player = player;
    this.#source = source;
    this.#byType = types.map((type) => new ShownOfType(type));
  }

  /** The moment `renderTick` of the past is drawn: inputs from now on are given to it. */
  look(renderTick: number): void {
    this.#moment = renderTick;
  }

  /** An input for `tick` is given. */
  record(tick: Tick): void {
    this.#ticks[tick & (KEPT - 1)] = tick;
    this.#distances[tick & (KEPT - 1)] = viewDistance(tick, this.#moment);
  }

  /** How far before its tick the moment lies that was drawn when the input of `tick` was given; see `viewMoment`. */
  readonly distanceAt = (tick: Tick): number =>
    this.#ticks[tick & (KEPT - 1)] === tick ? this.#distances[tick & (KEPT - 1)] : NO_VIEW;

  momentOf(player: PlayerNumber, tick: Tick): number {
    if (player !== this.#player) return Number.NaN;
    const isRecorded = this.#ticks[tick & (KEPT - 1)] === tick;
    // The tick that is tried before its input is given sees what is drawn now.
    return viewMoment(tick, isRecorded ? this.distanceAt(tick) : viewDistance(tick, this.#moment));
  }

  seenBy(_player: PlayerNumber, type: number): PastEntities {
    const shown = this.#byType[type];
    shown.replicas.length = 0;
    for (const replica of this.#source.replicas())
      if (replica.type.index === type && !isExact(replica.level)) shown.replicas.push(replica);
    return shown;
  }

  noteHit(): void {}
}
