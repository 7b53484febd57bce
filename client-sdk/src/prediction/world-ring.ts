import type { Game, Tick, World } from "@tidelock/shared";

/** Predicted worlds kept: the farthest that prediction may be ahead of a snapshot. A power of two. */
export const PREDICTION_TICKS = 64;

/** The predicted worlds of the last 64 ticks, copied into storage that is made once. */
export class WorldRing {
  readonly #worlds: readonly World[];
  readonly #ticks = new Int32Array(PREDICTION_TICKS).fill(-1);

  constructor(game: Game) {
    this.#worlds = Array.from({ length: PREDICTION_TICKS }, () => game.createWorld());
  }

  save(world: World): void {
    const at = world.tick & (PREDICTION_TICKS - 1);
    this.#worlds[at].copyFrom(world);
    this.#ticks[at] = world.tick;
  }

  /** The world as predicted for `tick`; undefined when it was not, or too long ago. */
  at(tick: Tick): World | undefined {
    const at = tick & (PREDICTION_TICKS - 1);
    return this.#ticks[at] === tick ? this.#worlds[at] : undefined;
  }

  clear(): void {
    this.#ticks.fill(-1);
  }
}
