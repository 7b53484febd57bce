import { TidelockError } from "../errors/tidelock-error.ts";

/** State of a game beside its tables, of which every world has its own: a physics engine's world, a crowd's flow field. */
export interface ModuleState {
  /** Becomes a copy of the state of another world of the same game. */
  copyFrom(other: this): void;
  /** 32 bits over what the next step depends on; equal states have equal hashes on every machine. */
  hash(): number;
}

/**
 * Names a kind of module state. Listed in `defineGame({ modules })` it is made with each world, copied and hashed with it; a client
 * that is corrected restores it with the world. What a client should know of it without having stepped it has to be in entities.
 */
export class WorldModule<S extends ModuleState = ModuleState> {
  readonly name: string;
  readonly #create: () => S;
  readonly #states = new WeakMap<object, S>();

  constructor(name: string, create: () => S) {
    this.name = name;
    this.#create = create;
  }

  /**
   * The state that belongs to `world`.
   * @throws TidelockError `world/unknown-module` when the world's game does not list this module
   */
  of(world: object): S {
    const state = this.#states.get(world);
    if (state === undefined)
      throw new TidelockError(
        "world/unknown-module",
        `module "${this.name}" is not one of this world's game; list it in defineGame({ modules: [...] })`,
      );
    return state;
  }

  /** Makes the state of a new world. */
  attach(world: object): void {
    this.#states.set(world, this.#create());
  }

  /** Makes the state of `to` a copy of that of `from`. */
  copy(from: object, to: object): void {
    this.of(to).copyFrom(this.of(from));
  }
}

/** Declares state beside the tables; see WorldModule. `create` makes it for a world in which nothing has happened yet. */
export function worldModule<S extends ModuleState>(name: string, create: () => S): WorldModule<S> {
  return new WorldModule(name, create);
}
