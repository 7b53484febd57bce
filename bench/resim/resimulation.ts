import { WorldRing } from "@tidelock/client/testing";
import type { Game, World } from "@tidelock/shared";

/** A game with players of whom each has an input for every tick. */
export interface ResimulatedGame {
  readonly game: Game;
  readonly world: World;
  readonly players: number;
  /** Writes the quantised input of a player for a tick. */
  input(tick: number, player: number, row: Int32Array): void;
  /** What the truth changes in the world gone back to; left out: nothing, and then the way leads to the same world again. */
  correct?(world: World, tick: number): void;
}

export interface ResimulationOptions {
  /** Ticks played before anything is measured. */
  readonly warmUpTicks: number;
  /** Resimulations measured, one per tick. */
  readonly samples: number;
  /** Ticks that each of them goes back. */
  readonly ticksBack: number;
}

/** Resimulations run before the measured ones, until the compiler has settled. */
const WARM_UP_ROUNDS = 200;

/**
 * Plays a game as a client that is corrected in every tick: one step ahead, then back to a world of the ring, and all steps
 * since then once more, each saved. Returns the milliseconds of each way back and forth. Throws when it led to another world.
 */
export async function measureResimulation(
  { game, world, players, input, correct }: ResimulatedGame,
  { warmUpTicks, samples, ticksBack }: ResimulationOptions,
): Promise<number[]> {
  const ring = new WorldRing(game);
  const frame = game.createInputs();
  const last = warmUpTicks + WARM_UP_ROUNDS + samples;
  const rows: Int32Array[][] = [];
  for (let tick = 1; tick <= last; tick++) {
    rows[tick] = [];
    for (let player = 1; player <= players; player++) {
      const row = game.input.neutralRow();
      input(tick, player, row);
      rows[tick].push(row);
    }
  }
  const step = (tick: number): void => {
    for (let player = 1; player <= players; player++) frame.set(player, rows[tick][player - 1]);
    game.step(world, tick, frame);
    ring.save(world);
  };
  for (let tick = 1; tick <= warmUpTicks; tick++) step(tick);
  const times: number[] = [];
  for (let tick = warmUpTicks + 1; tick <= last; tick++) {
    step(tick);
    // A client waits for its next frame. Work without a pause uses up the process's time slice and is interrupted in the middle.
    await new Promise((resolve) => setTimeout(resolve, 1));
    const before = world.hash();
    const from = ring.at(tick - ticksBack);
    if (from === undefined) throw new Error(`the ring does not reach back to tick ${tick - ticksBack}`);
    const start = performance.now();
    world.copyFrom(from);
    correct?.(world, tick);
    while (world.tick < tick) step(world.tick + 1);
    times.push(performance.now() - start);
    if (correct === undefined && world.hash() !== before)
      throw new Error(`a resimulation to tick ${tick} led to another world`);
  }
  return times.slice(WARM_UP_ROUNDS);
}
