import type { Game, World } from "@tidelock/shared";
import { arena } from "../../examples/arena/shared/game.ts";
import { spawnPoints } from "../../examples/arena/shared/map.ts";
import { MAX_PLAYERS } from "../../examples/arena/shared/rules.ts";
import { scriptedInputs } from "../../examples/arena/shared/scripted-inputs.ts";
import type { ResimulatedGame } from "./resimulation.ts";

/** The full arena in the predicted world: every ship, and every bolt in flight. */
export function fullArena(seed: number): ResimulatedGame {
  const world = arena.createWorld();
  world.seed = seed;
  for (let player = 1; player <= MAX_PLAYERS; player++)
    world.spawn("player", { owner: player, ...spawnPoints[player % spawnPoints.length] });
  return {
    game: arena as unknown as Game,
    world: world as unknown as World,
    players: MAX_PLAYERS,
    input: (tick, player, row) => arena.input.write({ ...scriptedInputs(tick, player) }, row),
  };
}
