import type { EntityMap } from "../../schema/entity-type.ts";
import type { EntityHandle } from "../../world/entity-view.ts";
import type { Table } from "../../world/table.ts";
import type { EntityOf } from "../../world/world.ts";
import type { Engine, Pose } from "./engine.ts";

/** What the body of an entity is like. Descriptions may be made once and given out again and again. */
export interface BodyOptions<T, D, C> {
  /** Damping, locked axes and the like; where it is and how it moves is taken from the entity. Default: a dynamic body. */
  body?(entity: T): D;
  /** Its shapes. Without any, a body has no mass and touches nothing. */
  colliders(entity: T): readonly C[];
}

/** Bodies by kind of entity; kinds that are left out have none. */
export type BodyOptionsMap<E extends EntityMap, D, C> = {
  readonly [K in keyof E & string]?: BodyOptions<EntityOf<E, K>, D, C>;
};

/** The same once the kinds are names among others. */
export type OptionsByKind<D, C> = Readonly<Record<string, BodyOptions<EntityHandle, D, C> | undefined>>;

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
