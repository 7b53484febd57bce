import { fullArena } from "./arena.ts";
import { measureResimulation } from "./resimulation.ts";

declare global {
  var resimulateArena: (seed: number, samples: number) => number[];
}

globalThis.resimulateArena = (seed, samples) =>
  measureResimulation(fullArena(seed), { warmUpTicks: 1200, samples, ticksBack: 12 });
