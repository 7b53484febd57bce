import { BodyIndex } from "./body-index.ts";
import type { BodyKinds, Embodiable } from "./body-kinds.ts";
import type { Engine } from "./engine.ts";
import { IslandMemo } from "./island-memo.ts";
import type { EntityTables } from "./physics-state.ts";

/**
 * The engine's world, made anew for every step: what does not move from a snapshot, then the bodies of the entities by kind and id.
 * A step is then a function of the entities alone. It belongs to one world at a time, and all worlds of a game can share it.
 */
export class Workbench<W, B, D, C> {
  readonly #engine: Engine<W, B, D, C>;
  readonly #kinds: BodyKinds<W, B, D, C>;
  readonly #setup: (world: W) => void;
  /** Shared like the rest: whichever world a tick was of, what it began with decides. */
  readonly memo = new IslandMemo();
  readonly #index = new BodyIndex<B, D>();
  /** By seconds per tick. */
  readonly #empty = new Map<number, Uint8Array>();
  #made: { readonly of: object; readonly world: W } | undefined;

  constructor(engine: Engine<W, B, D, C>, kinds: BodyKinds<W, B, D, C>, setup: (world: W) => void) {
    this.#engine = engine;
    this.#kinds = kinds;
    this.#setup = setup;
  }

  /** The engine's world as last made for `owner`. */
  madeFor(owner: object): W | undefined {
    return this.#made?.of === owner ? this.#made.world : undefined;
  }

  indexFor(owner: object): BodyIndex<B, D> | undefined {
    return this.#made?.of === owner ? this.#index : undefined;
  }

  /** With bodies for all, or for those among `bodies` that `isWanted` flags. */
  make(owner: object, { dt }: EntityTables, bodies: readonly Embodiable<B, D>[], isWanted?: Uint8Array): W {
    this.discard();
    const world = this.#engine.restore(this.#emptyWorld(dt));
    this.#made = { of: owner, world };
    for (const [i, { table, slot, pose }] of bodies.entries()) {
      if (isWanted?.[i] === 0) continue;
      const body = this.#kinds.add(world, pose, table, slot, false);
      this.#index.add({ table, slot, pose, body }, this.#engine.handleOf(body));
    }
    return world;
  }

  discard(): void {
    if (this.#made !== undefined) this.#engine.free(this.#made.world);
    this.#made = undefined;
    this.#index.clear();
  }

  #emptyWorld(dt: number): Uint8Array {
    const known = this.#empty.get(dt);
    if (known !== undefined) return known;
    const world = this.#engine.create(dt);
    this.#setup(world);
    // One step sorts what stands still into the engine's own structures, which every tick would do again otherwise.
    this.#engine.step(world);
    const bytes = this.#engine.snapshot(world);
    this.#engine.free(world);
    this.#empty.set(dt, bytes);
    return bytes;
  }
}
