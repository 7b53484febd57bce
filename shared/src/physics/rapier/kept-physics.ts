import type { EntityHandle } from "../../world/entity-view.ts";
import { mix } from "../../world/table.ts";
import { BodyIndex } from "./body-index.ts";
import type { BodyKinds } from "./body-kinds.ts";
import type { Engine } from "./engine.ts";
import type { EntityTables, PhysicsState } from "./physics-state.ts";

/** An engine's world as bytes, and the handles of its bodies by entity. Never changed, and so shared by all who copy it. */
interface Saved {
  readonly bytes: Uint8Array;
  readonly handles: ReadonlyMap<number, number>;
}

/** Physics whose engine remembers impulses, contacts and sleep; a copy is a snapshot, made a world again only when it is stepped. */
export class KeptPhysics<W, B, D, C> implements PhysicsState<W, B> {
  readonly #engine: Engine<W, B, D, C>;
  readonly #kinds: BodyKinds<W, B, D, C>;
  readonly #setup: (world: W) => void;
  readonly #index = new BodyIndex<B, D>();
  #live: W | undefined;
  #saved: Saved | undefined;
  #handles = new Map<number, number>();
  #isBegun = false;

  constructor(engine: Engine<W, B, D, C>, kinds: BodyKinds<W, B, D, C>, setup: (world: W) => void) {
    this.#engine = engine;
    this.#kinds = kinds;
    this.#setup = setup;
  }

  begin({ tables, dt }: EntityTables): W {
    const world = this.#world(dt);
    // From here on the engine's world may change under the caller's hands.
    this.#saved = undefined;
    this.#isBegun = true;
    this.#removeGone(world, tables);
    this.#index.clear();
    for (const table of tables) {
      const pose = this.#kinds.poseOf(table);
      if (pose === undefined) continue;
      for (let i = 0; i < table.count; i++) {
        const slot = table.order[i];
        if (table.alive[slot] === 0) continue;
        const known = this.#handles.get(table.ids[slot]);
        const body =
          known === undefined
            ? this.#kinds.add(world, pose, table, slot, true)
            : this.#engine.body(world, known);
        if (known !== undefined) pose.write(body, table, slot);
        const handle = this.#engine.handleOf(body);
        this.#handles.set(table.ids[slot], handle);
        this.#index.add({ table, slot, pose, body }, handle);
      }
    }
    return world;
  }

  step(world: EntityTables): void {
    const live = this.#isBegun && this.#live !== undefined ? this.#live : this.begin(world);
    this.#isBegun = false;
    this.#engine.step(live);
    this.#index.readAll();
  }

  bodyOf(entity: { readonly id: number }): B | undefined {
    return this.#index.bodyOf(entity);
  }

  entityOf(handle: number): EntityHandle | undefined {
    return this.#index.entityOf(handle);
  }

  copyFrom(other: this): void {
    this.#discard();
    this.#saved = other.#save();
    this.#handles = new Map(this.#saved?.handles);
  }

  hash(): number {
    const bytes = this.#save()?.bytes;
    if (bytes === undefined) return 0;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const whole = bytes.byteLength & ~3;
    let hash = bytes.byteLength;
    for (let at = 0; at < whole; at += 4) hash = mix(hash, view.getInt32(at, true));
    for (let at = whole; at < bytes.byteLength; at++) hash = mix(hash, bytes[at]);
    return hash;
  }

  #save(): Saved | undefined {
    if (this.#saved === undefined && this.#live !== undefined)
      this.#saved = { bytes: this.#engine.snapshot(this.#live), handles: new Map(this.#handles) };
    return this.#saved;
  }

  #world(dt: number): W {
    if (this.#live !== undefined) return this.#live;
    if (this.#saved !== undefined) return (this.#live = this.#engine.restore(this.#saved.bytes));
    const world = this.#engine.create(dt);
    this.#setup(world);
    return (this.#live = world);
  }

  #removeGone(world: W, tables: EntityTables["tables"]): void {
    const gone = new Map(this.#handles);
    for (const table of tables) {
      if (this.#kinds.poseOf(table) === undefined) continue;
      for (let i = 0; i < table.count; i++)
        if (table.alive[table.order[i]] === 1) gone.delete(table.ids[table.order[i]]);
    }
    for (const [id, handle] of gone) {
      this.#engine.removeBody(world, this.#engine.body(world, handle));
      this.#handles.delete(id);
    }
  }

  #discard(): void {
    if (this.#live !== undefined) this.#engine.free(this.#live);
    this.#live = undefined;
    this.#isBegun = false;
    this.#index.clear();
  }
}
