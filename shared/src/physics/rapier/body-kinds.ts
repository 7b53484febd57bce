import type { EntityMap } from "../../schema/entity-type.ts";
import type { EntityHandle } from "../../world/entity-view.ts";
import type { Table } from "../../world/table.ts";
import type { EntityOf } from "../../world/world.ts";
import type { Engine, Pose } from "./engine.ts";
import type { Reaching } from "./island-memo.ts";

/** What the body of an entity is like. Descriptions may be made once and given out again and again. */
export interface BodyOptions<T, D, C> {
  /** Damping, locked axes and the like; where it is and how it moves is taken from the entity. Default: a dynamic body. */
  body?(entity: T): D;
  /** Its shapes. Without any, a body has no mass and touches nothing. */
  colliders(entity: T): readonly C[];
  /**
   * Units from the entity's place to the farthest point of its shapes, at most. Where all kinds say it, a client that is corrected
   * steps only those bodies again that the difference can reach, with the same result; the engine's world then lacks the others.
   * Only for steps that do without `begin`.
   */
  readonly reach?: number;
}

/** Bodies by kind of entity; kinds that are left out have none. */
export type BodyOptionsMap<E extends EntityMap, D, C> = {
  readonly [K in keyof E & string]?: BodyOptions<EntityOf<E, K>, D, C>;
};

/** The same once the kinds are names among others. */
export type OptionsByKind<D, C> = Readonly<Record<string, BodyOptions<EntityHandle, D, C> | undefined>>;

/** An entity that is to have a body. */
export interface Embodiable<B, D> extends Reaching {
  readonly pose: Pose<B, D>;
}

/** The kinds of entities that have bodies, and how to make one. */
export class BodyKinds<W, B, D, C> {
  readonly #engine: Engine<W, B, D, C>;
  readonly #options: OptionsByKind<D, C>;
  readonly #poses = new Map<string, Pose<B, D>>();

  constructor(engine: Engine<W, B, D, C>, options: OptionsByKind<D, C>) {
    this.#engine = engine;
    this.#options = options;
  }

  /** How entities of the table say where their body is; undefined when they have none. */
  poseOf({ type }: Table): Pose<B, D> | undefined {
    if (!Object.hasOwn(this.#options, type.name)) return undefined;
    let pose = this.#poses.get(type.name);
    if (pose === undefined) this.#poses.set(type.name, (pose = this.#engine.pose(type)));
    return pose;
  }

  /** Whether it is known of every kind how far bodies reach. */
  get areBounded(): boolean {
    return Object.values(this.#options).every((options) => options?.reach !== undefined);
  }

  /** Every entity that has a body, by kind and id. */
  inOrder(tables: readonly Table[]): Embodiable<B, D>[] {
    const found: Embodiable<B, D>[] = [];
    for (const table of tables) {
      const pose = this.poseOf(table);
      const reach = this.#options[table.type.name]?.reach ?? Infinity;
      if (pose === undefined) continue;
      for (let i = 0; i < table.count; i++) {
        const slot = table.order[i];
        if (table.alive[slot] === 1) found.push({ table, slot, pose, reach });
      }
    }
    return found;
  }

  /** Makes the body of an entity where the entity is. */
  add(world: W, pose: Pose<B, D>, table: Table, slot: number, maySleep: boolean): B {
    const options = this.#options[table.type.name];
    const entity = table.view(slot);
    const description = options?.body?.(entity) ?? this.#engine.defaultBody();
    pose.describe(description, table, slot);
    if (!maySleep) this.#engine.forbidSleep(description);
    const body = this.#engine.addBody(world, description);
    for (const collider of options?.colliders(entity) ?? []) this.#engine.addCollider(world, collider, body);
    return body;
  }
}
