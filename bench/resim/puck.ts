import type { Game, World } from "@tidelock/shared";
import { enter, setUp } from "../../examples/puck/shared/crowd.ts";
import { puck } from "../../examples/puck/shared/game.ts";
import { MAX_PLAYERS } from "../../examples/puck/shared/rules.ts";
import { scriptedInputs } from "../../examples/puck/shared/scripted-inputs.ts";
import type { ResimulatedGame } from "./resimulation.ts";

/** With eight crafts and the ball, fifty rigid bodies. */
const CRATES = 41;

/** The puck game with crates on the pitch, all of it in the predicted world. */
export function fullPitch(seed: number): ResimulatedGame {
  const world = puck.createWorld();
  world.seed = seed;
  setUp(world, CRATES);
  for (let player = 1; player <= MAX_PLAYERS; player++) enter(world, player);
  return {
    game: puck as unknown as Game,
    world: world as unknown as World,
    players: MAX_PLAYERS,
    input: (tick, player, row) => puck.input.write({ ...scriptedInputs(tick, player) }, row),
  };
}
