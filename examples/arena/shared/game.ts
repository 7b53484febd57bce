import { defineGame } from "@tidelock/shared";
import { fight } from "./combat.ts";
import { controls, entities, events } from "./entities.ts";
import { sail } from "./movement.ts";
import { MAX_LAG_MS, TICK_RATE } from "./rules.ts";

/** The whole game, once, for server, browser and bots. */
export const arena = defineGame({
  name: "arena",
  tickRate: TICK_RATE,
  entities,
  events,
  input: controls,
  lagCompensation: { maxRewindMs: MAX_LAG_MS },
  step(world, inputs) {
    sail(world, inputs);
    fight(world, inputs);
  },
});
