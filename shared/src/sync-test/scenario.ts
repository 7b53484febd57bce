import type { InputValues } from "../input/input-type.ts";
import type { EntityMap } from "../schema/entity-type.ts";
import type { FieldMap } from "../schema/field.ts";
import type { Game } from "../simulation/game.ts";
import { SHARED_INPUTS } from "../simulation/shared-inputs.ts";
import type { Tick } from "../tick/tick.ts";
import type { PlayerNumber } from "../world/entity-id.ts";
import type { EventMap, World } from "../world/world.ts";

/** What happens to a game's world from outside of its step, for running the game without a room. */
export interface Scenario<
  E extends EntityMap = EntityMap,
  I extends FieldMap = FieldMap,
  V extends EventMap = EventMap,
> {
  /** Puts into an empty world what the room puts there when it is made. Default: nothing. */
  open?(world: World<E, V>): void;
  /** Gives a player its entities, as the room's `onPlayerJoin`. Default: one of each kind that clients predict. */
  join?(world: World<E, V>, player: PlayerNumber): void;
  /** What a player does at a tick: a function of the two numbers alone. Default: random input, held for natural times. */
  input?(tick: Tick, player: PlayerNumber): Partial<InputValues<I>>;
}

/** Declares how `game` is run without a room; the types of its functions follow from the game. */
export function defineScenario<E extends EntityMap, I extends FieldMap, V extends EventMap>(
  _game: Game<E, I, V>,
  functions: Scenario<E, I, V>,
): Scenario<E, I, V> {
  return functions;
}

/** Puts players 1 to `players` into an empty world. */
export function populate(world: World, { open, join }: Scenario, players: number): void {
  open?.(world);
  for (let player = 1; player <= players; player++) {
    if (join !== undefined) join(world, player);
    else
      for (const { type } of world.tables)
        if (type.predicted !== "nobody" && type.name !== SHARED_INPUTS)
          world.spawn(type.name, { owner: player });
  }
}
