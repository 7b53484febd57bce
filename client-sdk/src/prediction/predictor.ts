import type { Game, InputFrame, PlayerNumber, Tick, World, WorldEvent } from "@tidelock/shared";
import { InputRing } from "./input-ring.ts";
import { agrees, correct, type Truth } from "./truth.ts";
import { PREDICTION_TICKS, WorldRing } from "./world-ring.ts";

/** What became of a snapshot. "waiting": prediction has not begun and this one does not suffice to begin with. */
export type Reconciliation = "agreed" | "corrected" | "restarted" | "waiting";

/**
 * Runs the game's step on what this client predicts, ahead of the server, and brings it back to the truth: each snapshot is compared
 * bit for bit with what was predicted for its tick, and only where they differ is the past put right and the inputs since then replayed.
 */
export class Predictor {
  readonly inputs: InputRing;
  readonly #game: Game;
  readonly #player: PlayerNumber;
  readonly #world: World;
  readonly #next: World;
  readonly #ring: WorldRing;
  readonly #frame: InputFrame;
  #running = false;
  /** Called before a correction changes the world, so that its effect can be measured and hidden. */
  beforeCorrection: () => void = () => {};
  corrections = 0;
  resimulatedTicks = 0;

  constructor(game: Game, player: PlayerNumber, seed: number) {
    this.#game = game;
    this.#player = player;
    this.inputs = new InputRing(game.input);
    this.#world = game.createWorld();
    this.#world.seed = seed;
    this.#next = game.createWorld();
    this.#ring = new WorldRing(game);
    this.#frame = game.createInputs();
  }

  /** False until a snapshot has given prediction something to start from. */
  get running(): boolean {
    return this.#running;
  }

  /** The newest predicted tick. */
  get tick(): Tick {
    return this.#world.tick;
  }

  /** The world at the newest predicted tick. */
  get world(): World {
    return this.#world;
  }

  /** Events of the latest step; those of replays are never seen. */
  get events(): readonly WorldEvent[] {
    return this.#world.events;
  }

  /** Predicts one tick more, with the input recorded for it. */
  step(): void {
    this.#advance(this.#world, this.tick + 1);
    this.#ring.save(this.#world);
  }

  /** The world one tick beyond the newest, as `row` would make it: for showing a moment between two ticks. Valid until the next call. */
  peek(row: Int32Array): World {
    this.#next.copyFrom(this.#world);
    this.#frame.set(this.#player, row);
    this.#game.step(this.#next, this.tick + 1, this.#frame);
    return this.#next;
  }

  /** Holds prediction until the next snapshot starts it anew: after a pause too long to catch up with. */
  pause(): void {
    this.#running = false;
  }

  /**
   * Takes a snapshot. After "corrected" and "restarted" the world at the newest tick is another one. `target`: the tick that prediction
   * should have reached by now, for when it has to begin.
   */
  reconcile(truth: Truth, target: Tick): Reconciliation {
    const predicted = this.#running && truth.tick <= this.tick ? this.#ring.at(truth.tick) : undefined;
    if (predicted === undefined) return this.#restart(truth, Math.max(target, this.#running ? this.tick : 0));
    if (agrees(predicted, truth)) return "agreed";
    this.corrections++;
    this.beforeCorrection();
    const newest = this.tick;
    this.#world.copyFrom(predicted);
    correct(this.#world, truth);
    this.#ring.save(this.#world);
    this.#replay(newest);
    return "corrected";
  }

  #restart(truth: Truth, target: Tick): Reconciliation {
    if (!truth.allOwned) return "waiting";
    this.#ring.clear();
    this.#world.tick = truth.tick;
    correct(this.#world, truth);
    this.#ring.save(this.#world);
    if (target - truth.tick < PREDICTION_TICKS) this.#replay(target);
    this.#running = true;
    return "restarted";
  }

  #replay(target: Tick): void {
    while (this.tick < target) {
      this.step();
      this.resimulatedTicks++;
    }
  }

  #advance(world: World, tick: Tick): void {
    this.#frame.set(this.#player, this.inputs.at(tick));
    this.#game.step(world, tick, this.#frame);
  }
}
