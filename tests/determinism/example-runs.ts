/// <reference types="vite/client" />
import { Game } from "@tidelock/shared";
import { HeldInputs, populate, type Scenario } from "@tidelock/shared/sync-test";

const TICKS = 10_000;
const PLAYERS = 4;

type Modules = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
const games: Modules = import.meta.glob("../../examples/*/shared/game.ts", { eager: true });
const scenarios: Modules = import.meta.glob("../../examples/*/shared/scenario.ts", { eager: true });

/** Every example, as its scenario plays it: one that is added is run too. */
export const exampleRuns = Object.entries(games).map(([path, module]) => {
  const game = Object.values(module).find((value) => value instanceof Game);
  if (game === undefined) throw new Error(`${path} exports no game`);
  const scenario = scenarios[path.replace("game.ts", "scenario.ts")]?.["scenario"] ?? {};
  return { name: `the ${game.name} example`, module: { run: () => run(game, scenario) } };
});

function run(game: Game, scenario: Scenario): number[] {
  const world = game.createWorld();
  world.seed = 20_261_122;
  populate(world, scenario, PLAYERS);
  const held = new HeldInputs(game.input, PLAYERS, world.seed);
  const inputs = game.createInputs();
  const row = game.input.neutralRow();
  const checkpoints: number[] = [];
  for (let tick = 1; tick <= TICKS; tick += 1) {
    inputs.clear();
    for (let player = 1; player <= PLAYERS; player += 1) {
      if (scenario.input === undefined) held.next(player, row);
      else game.input.write({ ...scenario.input(tick, player) }, row);
      inputs.set(player, row);
      game.sharedInputs?.write(world, player, row);
    }
    game.step(world, tick, inputs);
    if (tick % 100 === 0) checkpoints.push(world.hash());
  }
  return checkpoints;
}
