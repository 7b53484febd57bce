import { TidelockError } from "../errors/tidelock-error.ts";
import type { Rng } from "../rng/rng.ts";
import { streamFor } from "../rng/stream.ts";
import type { EntityDefinition, EntityMap, EntityType, FieldValues } from "../schema/entity-type.ts";
import type { FieldMap } from "../schema/field.ts";
import type { Tick } from "../tick/tick.ts";
import {
  type EntityId,
  MAX_PLAYER_NUMBER,
  MAX_SPAWNS_PER_TICK,
  type PlayerNumber,
  predictedSpawnId,
} from "./entity-id.ts";
import { type Entity, type EntityHandle, locate } from "./entity-view.ts";
import { Table, mix } from "./table.ts";
import type { WorldModule } from "./world-module.ts";

type FieldsOf<D> = D extends EntityDefinition<infer F> ? F : FieldMap;
/** The entity type that a game declared under the name `K`. */
export type EntityOf<E extends EntityMap, K extends keyof E> = Entity<FieldsOf<E[K]>>;
export type SpawnValues<F extends FieldMap> = Partial<FieldValues<F>> & { readonly owner?: PlayerNumber };

/** Names of one-shot events and what each carries. */
export type EventMap = Readonly<Record<string, unknown>>;
export type WorldEvent<V extends EventMap = EventMap> = {
  [K in keyof V & string]: { readonly name: K; readonly data: V[K] };
}[keyof V & string];

/**
 * The state of a room at one tick, and what a step may do to it. The same class runs on the server, where it is the truth, and
 * on a client, where it holds only what that client predicts: a step must get by with absent neighbours.
 */
export class World<E extends EntityMap = EntityMap, V extends EventMap = EventMap> {
  readonly tables: readonly Table[];
  /** State of this game beside its tables; see `worldModule`. */
  readonly modules: readonly WorldModule[];
  /** Seconds per tick. */
  readonly dt: number;
  /** The tick being computed inside a step, the last one computed outside. */
  tick: Tick = 0;
  /** Seeds the streams of `random`; every client knows it. */
  seed = 0;
  /** On the server: a stream that no client can foretell, for loot, critical hits and hidden roles. Undefined on clients. */
  secret: Rng | undefined;
  /** Emitted by the latest step. */
  readonly events: WorldEvent<V>[] = [];
  readonly #byName: ReadonlyMap<PropertyKey, Table>;
  #stepping = false;
  #lastId = 0;

  constructor(types: readonly EntityType[], tickRate: number, modules: readonly WorldModule[] = []) {
    this.tables = types.map((type) => new Table(type));
    this.dt = 1 / tickRate;
    this.#byName = new Map(this.tables.map((table) => [table.type.name, table]));
    this.modules = modules;
    for (const module of modules) module.attach(this);
  }

  /** The living entities of a kind, by ascending id. Those spawned during this step come from the next one on. */
  all<K extends keyof E & string>(type: K): Iterable<EntityOf<E, K>> {
    return new TableIterator<EntityOf<E, K>>(this.#table(type));
  }

  /** A living entity by id; undefined when there is none, or when this client does not know it. */
  get<K extends keyof E & string>(type: K, id: EntityId): EntityOf<E, K> | undefined {
    const table = this.#table(type);
    const slot = table.find(id);
    return slot < 0 ? undefined : (table.view(slot) as EntityOf<E, K>);
  }

  /** How many of a kind are alive. */
  countOf<K extends keyof E & string>(type: K): number {
    return this.#table(type).living;
  }

  /**
   * Adds an entity. Inside a step its id follows from owner, tick and order, so a client's prediction and the server name it the
   * same: give what a player caused that player as `owner`.
   */
  spawn<K extends keyof E & string>(type: K, values: SpawnValues<FieldsOf<E[K]>>): EntityOf<E, K> {
    const table = this.#table(type);
    const owner = values.owner ?? 0;
    if (!Number.isInteger(owner) || owner < 0 || owner > MAX_PLAYER_NUMBER)
      throw new TidelockError(
        "world/bad-owner",
        `spawn("${type}"): owner is ${owner}; give a player's number, or leave it out for nobody`,
      );
    const slot = table.add(
      this.#stepping ? this.#predictedId(type, owner) : ++this.#lastId,
      owner,
      this.#stepping,
    );
    const view = table.view(slot) as EntityOf<E, K>;
    for (const [name, value] of Object.entries(values)) {
      if (name === "owner" || value === undefined) continue;
      if (!(name in view))
        throw new TidelockError(
          "world/unknown-field",
          `spawn("${type}"): "${name}" is no field of ${type}; it has ${fieldNames(table.type)}`,
        );
      Reflect.set(view, name, value);
    }
    return view;
  }

  /** Removes an entity that this world gave out. Removing one that is gone already does nothing. */
  despawn(entity: EntityHandle): void {
    const place = locate(entity);
    if (place === undefined || !entity.alive) return;
    // It leaves the order at the end of the step, or at the start of the next: whoever is in a loop over it loses nobody.
    place.table.remove(place.slot);
  }

  /** A stream of random numbers for one entity and tick, the same on every machine and in every replay. Take one per use. */
  random(entity: EntityHandle, salt = 0): Rng {
    return streamFor(this.seed, this.tick, (entity.id ^ Math.imul(salt, 0x9e3779b1)) >>> 0);
  }

  /** Reports something that happened once in this step: the room and the predicting client's game are told. */
  emit<K extends keyof V & string>(name: K, data: V[K]): void {
    this.events.push({ name, data });
  }

  /** 32-bit hash of the whole quantised state and the tick: equal worlds have equal hashes on every machine. */
  hash(): number {
    let hash = mix(0x7ed1, this.tick);
    for (const table of this.tables) hash = table.hash(mix(hash, table.count));
    for (const module of this.modules) hash = mix(hash, module.of(this).hash());
    return hash >>> 0;
  }

  /** Becomes a copy of a world of the same game. */
  copyFrom(from: World<E, V>): void {
    for (let i = 0; i < this.tables.length; i++) this.tables[i].copyFrom(from.tables[i]);
    for (const module of this.modules) module.copy(from, this);
    this.tick = from.tick;
    this.seed = from.seed;
    this.#lastId = from.#lastId;
  }

  /** Runs one step body for `tick`, then puts the state on the grid. */
  advance(tick: Tick, body: () => void): void {
    for (const table of this.tables) table.settle();
    this.tick = tick;
    this.events.length = 0;
    this.#stepping = true;
    try {
      body();
    } finally {
      this.#stepping = false;
      for (const table of this.tables) table.settle();
    }
    for (const table of this.tables) table.quantise();
  }

  #predictedId(type: string, owner: PlayerNumber): EntityId {
    for (let ordinal = 0; ordinal < MAX_SPAWNS_PER_TICK; ordinal++) {
      const id = predictedSpawnId(owner, this.tick, ordinal);
      if (!this.tables.some((table) => table.holds(id))) return id;
    }
    throw new TidelockError(
      "world/too-many-spawns",
      `spawn("${type}"): player ${owner} spawned more than ${MAX_SPAWNS_PER_TICK} entities in tick ${this.tick}; spread them over several ticks`,
    );
  }

  #table(type: string): Table {
    const table = this.#byName.get(type);
    if (table === undefined)
      throw new TidelockError(
        "world/unknown-type",
        `"${type}" is no entity of this game; it has ${[...this.#byName.keys()].join(", ")}`,
      );
    return table;
  }
}

function fieldNames(type: EntityType): string {
  return type.properties.map((property) => property.name).join(", ");
}

/** Visits the entities that were in order when the loop began, passing over those that die on the way. */
class TableIterator<T> implements Iterable<T>, Iterator<T> {
  readonly #table: Table;
  readonly #result: { done: boolean; value: T } = { done: false, value: undefined as T };
  #next = 0;

  constructor(table: Table) {
    this.#table = table;
  }

  [Symbol.iterator](): this {
    return this;
  }

  next(): IteratorResult<T> {
    const { order, alive, count } = this.#table;
    while (this.#next < count) {
      const slot = order[this.#next++];
      if (alive[slot] === 0) continue;
      this.#result.value = this.#table.view(slot) as T;
      return this.#result as IteratorResult<T>;
    }
    return { done: true, value: undefined };
  }
}
