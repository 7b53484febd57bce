import type { EntityHandle } from "../../world/entity-view.ts";
import type { BodyKinds } from "./body-kinds.ts";
import type { Engine } from "./engine.ts";
import type { EntityTables, PhysicsState } from "./physics-state.ts";
import type { Workbench } from "./workbench.ts";

/** Physics that remembers nothing: there is nothing to copy, nothing to hash, and nothing in which two machines could differ. */
export class RebuiltPhysics<W, B, D, C> implements PhysicsState<W, B> {
  readonly #engine: Engine<W, B, D, C>;
  readonly #kinds: BodyKinds<W, B, D, C>;
  readonly #bench: Workbench<W, B, D, C>;
  #isBegun = false;

  constructor(engine: Engine<W, B, D, C>, kinds: BodyKinds<W, B, D, C>, bench: Workbench<W, B, D, C>) {
    this.#engine = engine;
    this.#kinds = kinds;
    this.#bench = bench;
  }

  begin(world: EntityTables): W {
    this.#isBegun = true;
    return this.#bench.make(this, world, this.#kinds.inOrder(world.tables));
  }

  step(world: EntityTables): void {
    if (!this.#isBegun && this.#kinds.areBounded) return this.#stepIslands(world);
    const made = (this.#isBegun ? this.#bench.madeFor(this) : undefined) ?? this.begin(world);
    this.#isBegun = false;
    this.#engine.step(made);
    this.#bench.indexFor(this)?.readAll();
  }

  /** Steps only what is not known from the last time that this tick was stepped. */
  #stepIslands(world: EntityTables): void {
    const bodies = this.#kinds.inOrder(world.tables);
    const { memo } = this.#bench;
    const isStepped = memo.begin(world.tick, bodies);
    if (isStepped.includes(1)) {
      this.#engine.step(this.#bench.make(this, world, bodies, isStepped));
      this.#bench.indexFor(this)?.readAll();
    }
    memo.end();
  }

  bodyOf(entity: { readonly id: number }): B | undefined {
    return this.#bench.indexFor(this)?.bodyOf(entity);
  }

  entityOf(handle: number): EntityHandle | undefined {
    return this.#bench.indexFor(this)?.entityOf(handle);
  }

  copyFrom(): void {
    this.#isBegun = false;
    if (this.#bench.madeFor(this) !== undefined) this.#bench.discard();
  }

  hash(): number {
    return 0;
  }
}
