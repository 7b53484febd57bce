import type { EntityType } from "../schema/entity-type.ts";
import type { Moment } from "./blend.ts";
import { EntityCodec } from "./entity-codec.ts";

/** Where an entity is expected some ticks after the last moment known of it. One per entity type and call. */
export class Extrapolation implements Moment {
  readonly rows: readonly Int32Array[];
  readonly row = 1;
  readonly #codec: EntityCodec;

  constructor(type: EntityType) {
    this.#codec = EntityCodec.of(type);
    this.rows = type.columns.map(() => new Int32Array(2));
  }

  /** Moves on from `last` by a whole number of ticks, 1 or more. */
  from(last: Moment, ticks: number): Moment {
    for (let c = 0; c < this.rows.length; c++) this.rows[c][0] = last.rows[c][last.row];
    this.#codec.writeExpected(this.rows, 0, 1, ticks);
    return this;
  }
}
