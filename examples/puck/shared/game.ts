import { defineGame } from "@tidelock/shared";
import { controls, entities, events } from "./entities.ts";
import { referee } from "./kickoff.ts";
import { physics } from "./pitch.ts";
import { play } from "./play.ts";
import { TICK_RATE } from "./rules.ts";

/** The whole game, once, for server, browser and bots. */
export const puck = defineGame({
  name: "puck",
  tickRate: TICK_RATE,
  entities,
  events,
  input: controls,
  modules: [physics],
  // Whoever touches the ball changes what everybody sees next: everyone knows what everyone holds.
  shareInputs: true,
  step(world, inputs) {
    const [match] = world.all("match");
    if (match !== undefined) referee(world, match);
    play(world, inputs, match);
  },
});
