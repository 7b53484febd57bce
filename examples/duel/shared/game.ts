import { defineGame } from "@tidelock/shared";
import { act } from "./acting.ts";
import { botButtons } from "./bot.ts";
import { buttonsOf, press } from "./buttons.ts";
import { controls, entities, events } from "./entities.ts";
import { fly, strike } from "./hits.ts";
import { move } from "./moving.ts";
import { betweenRounds, referee } from "./rounds.ts";
import { TICK_RATE } from "./rules.ts";

/** The whole game, once, for server and browser. Everything in it is predicted by everyone: nobody sees anything late. */
export const duel = defineGame({
  name: "duel",
  tickRate: TICK_RATE,
  entities,
  events,
  input: controls,
  shareInputs: true,
  step(world, inputs) {
    const fighters = [...world.all("fighter")];
    const [match] = world.all("match");
    if (match === undefined) return;
    referee(world, match, fighters);
    const isFighting = match.phase === "fight";
    for (const fighter of fighters) {
      const opponent = fighters.find(({ side }) => side !== fighter.side);
      const buttons = fighter.owner === 0 ? botButtons(world, fighter, opponent) : buttonsOf(inputs, fighter);
      press(fighter, buttons, world.tick);
      if (!isFighting) betweenRounds(world, match, fighter);
      act(world, fighter, opponent, isFighting);
    }
    move(world, fighters);
    fly(world, fighters);
    strike(world, fighters);
  },
});
