import { defineScenario } from "@tidelock/shared/sync-test";
import { enterStage, setUp } from "./crowd.ts";
import { duel } from "./game.ts";
import { scriptedInputs } from "./scripted-inputs.ts";

/** A game that plays itself, for tests that run without a room. */
export const scenario = defineScenario(duel, {
  open: setUp,
  join: (world, player) => void enterStage(world, player),
  input: scriptedInputs,
});
