import { defineScenario } from "@tidelock/shared/sync-test";
import { enter, setUp } from "./crowd.ts";
import { puck } from "./game.ts";
import { scriptedInputs } from "./scripted-inputs.ts";

/** A match with some crates, for running the game without a room. */
export const scenario = defineScenario(puck, {
  open: (world) => setUp(world, 4),
  join: enter,
  input: scriptedInputs,
});
