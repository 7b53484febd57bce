import { arena } from "../../examples/arena/shared/game.ts";
import { scriptedInputs } from "../../examples/arena/shared/scripted-inputs.ts";

const TICKS = 10_000;
const PLAYERS = 12;

/** The arena game with scripted players who sail, fire, sink and come back. */
export function run(): number[] {
  const world = arena.createWorld();
  world.seed = 20_261_122;
  const inputs = arena.createInputs();
  const row = new Int32Array(arena.input.width);
  for (let owner = 1; owner <= PLAYERS; owner += 1) world.spawn("player", { owner });
  const checkpoints: number[] = [];
  for (let tick = 1; tick <= TICKS; tick += 1) {
    for (let owner = 1; owner <= PLAYERS; owner += 1) {
      arena.input.write({ ...scriptedInputs(tick, owner) }, row);
      inputs.set(owner, row);
    }
    arena.step(world, tick, inputs);
    if (tick % 100 === 0) checkpoints.push(world.hash());
  }
  return checkpoints;
}
