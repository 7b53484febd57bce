import { fullArena } from "./arena.ts";
import { fullPitch } from "./puck.ts";
import { measureResimulation, type ResimulationOptions } from "./resimulation.ts";

const games = {
  arena: fullArena,
  puck: (seed: number) => fullPitch(seed, "all"),
  puckIsland: (seed: number) => fullPitch(seed, "one"),
};

/** What the scene calls in the page: milliseconds of each resimulation. */
declare global {
  var resimulate: (game: keyof typeof games, seed: number, options: ResimulationOptions) => Promise<number[]>;
}

globalThis.resimulate = (game, seed, options) => measureResimulation(games[game](seed), options);
