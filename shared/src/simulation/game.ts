import { TidelockError } from "../errors/tidelock-error.ts";
import { type InputDefinition, InputType } from "../input/input-type.ts";
import { InputFrame, type Inputs } from "../input/inputs.ts";
import { entity, type EntityMap, type EntityType, teleportColumn } from "../schema/entity-type.ts";
import type { FieldMap } from "../schema/field.ts";
import { compileRecord } from "../schema/record-type.ts";
import type { Tick } from "../tick/tick.ts";
import { type EventMap, World } from "../world/world.ts";
import type { WorldModule } from "../world/world-module.ts";
import { type CodeTables, checkTables } from "./code-tables.ts";
import {
  compileLagCompensation,
  type LagCompensation,
  type LagCompensationOptions,
} from "./lag-compensation.ts";
import { schemaHash } from "./schema-hash.ts";
import { SHARED_INPUTS, SharedInputs } from "./shared-inputs.ts";

/** Declares what an event carries. */
export function event<T>(): EventDeclaration<T> {
  return {};
}
export interface EventDeclaration<T> {
  /** Carries the type only; never present. */
  readonly data?: T;
}
export type EventDeclarations = Readonly<Record<string, EventDeclaration<unknown>>>;
export type EventsOf<D extends EventDeclarations> = {
  readonly [K in keyof D]: D[K] extends EventDeclaration<infer T> ? T : never;
};

/** A game as its developer writes it, once, for server and client. */
export interface GameOptions<E extends EntityMap, I extends FieldMap, D extends EventDeclarations> {
  /** Names the game in messages and in the room list. */
  readonly name: string;
  /** Steps per second, 1 to 240. */
  readonly tickRate: number;
  readonly entities: E;
  readonly input: InputDefinition<I>;
  readonly events?: D;
  /** Codes trained from recorded runs of this game, which make its snapshots smaller. Default: the built-in codes. */
  readonly tables?: CodeTables;
  /** Lets the step ask what a player saw when shooting; see `rewind`. Left out: it cannot, and inputs do not say it. */
  readonly lagCompensation?: LagCompensationOptions;
  /** State beside the entities, such as a physics engine's; see `worldModule`. */
  readonly modules?: readonly WorldModule[];
  /**
   * Sends every player's input to every client, which predicts with it what is `predicted: "everyone"`: a remote player's last
   * known input goes on and then fades. For games of few players in which all push each other. Default: false.
   */
  readonly shareInputs?: boolean;
  /**
   * Computes the next tick in place. Must depend on nothing but the world and the inputs: no clock, no Math.random or
   * Math.sin, no state of its own. A client runs it again, many times, on the part of the world that it predicts.
   */
  step(world: World<E, EventsOf<D>>, inputs: Inputs<I>): void;
}

/** A compiled game: what rooms, sessions and benches work with. */
export class Game<
  E extends EntityMap = EntityMap,
  I extends FieldMap = FieldMap,
  V extends EventMap = EventMap,
> {
  readonly name: string;
  readonly tickRate: number;
  readonly types: readonly EntityType[];
  readonly input: InputType;
  /** Undefined in a game without it. */
  readonly lagCompensation: LagCompensation | undefined;
  /** Changes with every change to entities, code tables, input or tick rate; compared when a client joins. */
  readonly schemaHash: number;
  /** Carries the type of the input only. */
  declare readonly inputFields: I;
  /** How inputs travel to all clients, for a game that shares them. */
  readonly sharedInputs: SharedInputs | undefined;
  readonly #modules: readonly WorldModule[];
  readonly #step: (world: World<E, V>, inputs: Inputs<I>) => void;

  constructor(options: {
    name: string;
    tickRate: number;
    entities: E;
    input: InputDefinition<I>;
    tables?: CodeTables;
    lagCompensation?: LagCompensationOptions;
    modules?: readonly WorldModule[];
    shareInputs?: boolean;
    step: (world: World<E, V>, inputs: Inputs<I>) => void;
  }) {
    const { name, tickRate, tables, shareInputs } = options;
    const entities: EntityMap = shareInputs
      ? { ...options.entities, [SHARED_INPUTS]: entity(options.input.fields, { predicted: "everyone" }) }
      : options.entities;
    if (!Number.isInteger(tickRate) || tickRate < 1 || tickRate > 240)
      throw new TidelockError(
        "schema/bad-tick-rate",
        `game "${name}" has a tick rate of ${tickRate}; use a whole number from 1 to 240 ticks per second`,
      );
    this.name = name;
    this.tickRate = tickRate;
    this.types = Object.entries(entities).map(([type, definition], index) => {
      const record = compileRecord(type, definition.fields, tickRate);
      return {
        ...record,
        index,
        predicted: definition.predicted,
        priority: definition.priority ?? 1,
        dt: 1 / tickRate,
        motion: definition.motion,
        far: definition.far,
        tables: Object.entries(tables?.types ?? {}).find(([name]) => name === type)?.[1],
        teleport: teleportColumn(record, definition.teleport),
      };
    });
    if (tables !== undefined) checkTables(name, tables, this.types);
    this.input = new InputType(options.input, tickRate);
    this.sharedInputs = shareInputs ? new SharedInputs(this.types[this.types.length - 1]) : undefined;
    this.lagCompensation =
      options.lagCompensation && compileLagCompensation(name, tickRate, options.lagCompensation);
    this.schemaHash = schemaHash(tickRate, this.types, this.input.record, this.lagCompensation);
    this.#modules = options.modules ?? [];
    this.#step = options.step;
  }

  /** An empty world of this game. */
  createWorld(): World<E, V> {
    return new World<E, V>(this.types, this.tickRate, this.#modules);
  }

  createInputs(): InputFrame {
    return new InputFrame(this.input);
  }

  /** Advances `world` to `tick` by one step and quantises it. */
  step(world: World<E, V>, tick: Tick, inputs: InputFrame): void {
    world.advance(tick, () => this.#step(world, inputs as unknown as Inputs<I>));
  }
}

/** Declares a game; see GameOptions. Types of the world, inputs and events follow from it on server and client. */
export function defineGame<
  const E extends EntityMap,
  const I extends FieldMap,
  const D extends EventDeclarations = Record<never, never>,
>(options: GameOptions<E, I, D>): Game<E, I, EventsOf<D>> {
  return new Game({ ...options, step: (world, inputs) => options.step(world, inputs) });
}
