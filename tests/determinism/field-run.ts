import { Rng } from "@tidelock/shared";
import { field } from "../stepper/field-game.ts";

const TICKS = 10_000;
const PLAYERS = 8;

/** The field game with players who change course and fire by a seeded script. */
export function run(): number[] {
  const world = field.createWorld();
  world.seed = 60;
  const inputs = field.createInputs();
  const rng = new Rng(60, 8);
  const rows = Array.from({ length: PLAYERS }, () => field.input.neutralRow());
  for (let owner = 1; owner <= PLAYERS; owner += 1)
    world.spawn("player", { owner, x: owner * 3 - 14, y: owner });
  const checkpoints: number[] = [];
  for (let tick = 1; tick <= TICKS; tick += 1) {
    for (const [index, row] of rows.entries()) {
      if (rng.int(15) === 0)
        field.input.write({ moveX: rng.range(-1, 1), moveY: rng.range(-1, 1), fire: rng.int(2) === 0 }, row);
      inputs.set(index + 1, row);
    }
    field.step(world, tick, inputs);
    if (tick % 100 === 0) checkpoints.push(world.hash());
  }
  return checkpoints;
}
