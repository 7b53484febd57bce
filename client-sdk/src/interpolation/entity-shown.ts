import type {
  EntityDefinition,
  EntityId,
  EntityMap,
  FieldMap,
  FieldValues,
  PlayerNumber,
} from "@tidelock/shared";

/** An entity as it should be drawn in one frame. The object is kept and updated as long as the entity is in view. */
export type EntityShown<F extends FieldMap = FieldMap> = Readonly<FieldValues<F>> & {
  readonly id: EntityId;
  readonly owner: PlayerNumber;
  /** It belongs to this client's player. */
  readonly mine: boolean;
  /** This client predicts it; otherwise it is shown a little in the past. */
  readonly predicted: boolean;
};

/** Everything to draw: a list for each kind of entity that the game declares. */
export type Frame<E extends EntityMap> = {
  readonly [K in keyof E]: readonly EntityShown<E[K] extends EntityDefinition<infer F> ? F : FieldMap>[];
};
