import { enter, setUp } from "../../examples/puck/shared/crowd.ts";
import { puck } from "../../examples/puck/shared/game.ts";
import { scriptedInputs } from "../../examples/puck/shared/scripted-inputs.ts";

const TICKS = 10_000;
const PLAYERS = 4;
const CRATES = 9;

/** The puck game: rigid bodies in the plane, rebuilt from the entities in every tick. */
export function run(): number[] {
  const world = puck.createWorld();
  world.seed = 40;
  const inputs = puck.createInputs();
  const row = puck.input.neutralRow();
  setUp(world, CRATES);
  for (let owner = 1; owner <= PLAYERS; owner += 1) enter(world, owner);
  const checkpoints: number[] = [];
  for (let tick = 1; tick <= TICKS; tick += 1) {
    for (let owner = 1; owner <= PLAYERS; owner += 1) {
      puck.input.write({ ...scriptedInputs(tick, owner) }, row);
      inputs.set(owner, row);
    }
    puck.step(world, tick, inputs);
    if (tick % 100 === 0) checkpoints.push(world.hash());
  }
  return checkpoints;
}
