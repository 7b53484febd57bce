import type { Game, World } from "@tidelock/shared";
import { enter, setUp } from "../../examples/puck/shared/crowd.ts";
import { puck } from "../../examples/puck/shared/game.ts";
import { MAX_PLAYERS } from "../../examples/puck/shared/rules.ts";
import { scriptedInputs } from "../../examples/puck/shared/scripted-inputs.ts";
import type { ResimulatedGame } from "./resimulation.ts";

/** With eight crafts and the ball, fifty rigid bodies. */
const CRATES = 41;

/** Moves bodies by one step of the grid, to and fro: what is different has to be stepped again. */
function nudge(world: World, tick: number, kinds: readonly string[], most: number): void {
  for (const table of world.tables) {
    if (!kinds.includes(table.type.name)) continue;
    for (let i = 0; i < Math.min(most, table.count); i++) {
      table.quantised[0][table.order[i]] += tick % 2 === 0 ? 1 : -1;
      table.loadValues(table.order[i]);
    }
  }
}

/** The puck game with crates on the pitch, all of it in the predicted world. Corrections move every body, or one craft alone. */
export function fullPitch(seed: number, corrected: "all" | "one"): ResimulatedGame {
  const world = puck.createWorld();
  world.seed = seed;
  setUp(world, CRATES);
  for (let player = 1; player <= MAX_PLAYERS; player++) enter(world, player);
  return {
    game: puck as unknown as Game,
    world: world as unknown as World,
    players: MAX_PLAYERS,
    input: (tick, player, row) => puck.input.write({ ...scriptedInputs(tick, player) }, row),
    correct: (past, tick) =>
      corrected === "all"
        ? nudge(past, tick, ["ball", "craft", "crate"], Infinity)
        : nudge(past, tick, ["craft"], 1),
  };
}
