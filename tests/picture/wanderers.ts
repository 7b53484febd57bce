import { cos, sin } from "@tidelock/shared";
import type { field } from "../stepper/field-game.ts";
import type { Truth } from "./picture.ts";

type FieldWorld = ReturnType<typeof field.createWorld>;

/** Field units per second before the field's own friction. */
const TOP_SPEED = 9;
const SLOWEST_PART = 0.1;
const SPEEDS = 16;
/** Between two neighbours, in units. */
const SPACING = 3.4;
/** Ticks between two records of where they are. */
const RECORD_EVERY = 2;

/** Players without a client, all over a field, that wander for ever at speeds of their own. */
export class Wanderers {
  readonly #world: FieldWorld;
  readonly #ids: number[] = [];
  readonly #places: number[][] = [];
  #firstTick = -1;

  constructor(world: FieldWorld, count: number) {
    this.#world = world;
    const columns = Math.ceil(Math.sqrt(count));
    const first = ((1 - columns) * SPACING) / 2;
    for (let i = 0; i < count; i++)
      this.#ids.push(
        world.spawn("player", {
          x: first + (i % columns) * SPACING,
          y: first + Math.floor(i / columns) * SPACING,
        }).id,
      );
  }

  /** Where they were so far. */
  get truth(): Truth {
    return { ids: this.#ids, firstTick: this.#firstTick, every: RECORD_EVERY, places: this.#places };
  }

  /** Sets the course of all for a tick; call it before the tick. */
  steer(tick: number): void {
    let phase = 0;
    for (const wanderer of this.#world.all("player")) {
      if (wanderer.owner !== 0) continue;
      phase += 1;
      const part = SLOWEST_PART + ((1 - SLOWEST_PART) * ((phase * 7) % SPEEDS)) / (SPEEDS - 1);
      wanderer.vx = TOP_SPEED * part * cos(tick / 40 + phase);
      wanderer.vy = TOP_SPEED * part * sin(tick / 60 + phase * phase);
    }
  }

  /** Notes where all are after a tick. */
  record(tick: number): void {
    if (tick % RECORD_EVERY !== 0) return;
    if (this.#firstTick < 0) this.#firstTick = tick;
    const places: number[] = [];
    for (const { owner, x, y } of this.#world.all("player")) if (owner === 0) places.push(x, y);
    this.#places.push(places);
  }
}
