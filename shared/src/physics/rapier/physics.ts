import type { EntityHandle } from "../../world/entity-view.ts";
import { WorldModule } from "../../world/world-module.ts";
import { BodyKinds, type OptionsByKind } from "./body-kinds.ts";
import type { Engine } from "./engine.ts";
import { KeptPhysics } from "./kept-physics.ts";
import type { EntityTables, PhysicsState } from "./physics-state.ts";
import { RebuiltPhysics } from "./rebuilt-physics.ts";
import { Workbench } from "./workbench.ts";

/**
 * What becomes of the engine between two ticks.
 * - `rebuilt`: nothing is kept. Each step begins with new bodies where the entities are, so that it depends on the entities alone:
 *   a client that knows the entities computes what the server computes, to the last bit, whenever it joined.
 * - `kept`: the engine's world lives on, with the impulses of its contacts, sleeping bodies and joints, and is snapshotted and
 *   restored whole. None of that is sent: a client that did not play from the first tick differs a little, and is corrected.
 */
export type EngineState = "rebuilt" | "kept";

/** Rigid bodies for entities: list it in `defineGame({ modules })`, and step it in the game's step. */
export class Physics<W, B extends { readonly handle: number }, D, C> extends WorldModule<PhysicsState<W, B>> {
  constructor(options: {
    name: string;
    engine: Engine<W, B, D, C>;
    engineState: EngineState;
    bodies: OptionsByKind<D, C>;
    setup: (world: W) => void;
  }) {
    const { name, engine, engineState, setup } = options;
    const kinds = new BodyKinds(engine, options.bodies);
    const bench = new Workbench(engine, kinds, setup);
    super(name, () =>
      engineState === "rebuilt"
        ? new RebuiltPhysics(engine, kinds, bench)
        : new KeptPhysics(engine, kinds, setup),
    );
  }

  /**
   * The engine's world of this tick, with each body where its entity is: for impulses, joints and queries. Change fields of
   * entities before, bodies after it. Not to be kept beyond the tick.
   */
  begin(world: EntityTables): W {
    return this.of(world).begin(world);
  }

  /** Steps the bodies, and their entities with them. Begins the tick where the game has not. */
  step(world: EntityTables): void {
    this.of(world).step(world);
  }

  /** The body of an entity, as of the latest `begin` or `step` of this world; undefined when it has none. */
  bodyOf(world: EntityTables, entity: { readonly id: number }): B | undefined {
    return this.of(world).bodyOf(entity);
  }

  /** The entity of a body, as of the latest `begin` or `step` of this world; undefined when it stands for itself. */
  entityOf(world: EntityTables, body: B): EntityHandle | undefined {
    return this.of(world).entityOf(body.handle);
  }
}
