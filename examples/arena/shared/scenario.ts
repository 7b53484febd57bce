import { defineScenario } from "@tidelock/shared/sync-test";
import { arena } from "./game.ts";
import { spawnPoints } from "./map.ts";
import { scriptedInputs } from "./scripted-inputs.ts";

/** A game that plays itself, for tests that run without a room. Players come in near one another, so that they meet. */
export const scenario = defineScenario(arena, {
  join: (world, player) =>
    void world.spawn("player", { owner: player, ...spawnPoints[player % spawnPoints.length] }),
  input: scriptedInputs,
});
