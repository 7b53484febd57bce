import type { Game, InputFrame, PlayerNumber, Tick, World } from "@tidelock/shared";
import { EventLog, type EventListener } from "./event-log.ts";
import { InputRing } from "./input-ring.ts";
import { RemoteInputs } from "./remote-inputs.ts";
import { ReplayBudget } from "./replay-budget.ts";
import { agrees, correct, type Truth } from "./truth.ts";
import { PREDICTION_TICKS, WorldRing } from "./world-ring.ts";

/**
 * What became of a snapshot. "waiting": prediction has not begun and this one does not suffice to begin with. "passed": it is of a
 * tick that a shortened replay left out, so there is nothing to compare it with.
 */
export type Reconciliation = "agreed" | "corrected" | "restarted" | "waiting" | "passed";

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
  readonly #remote: RemoteInputs | undefined;
  readonly #events = new EventLog();
  readonly #listener: EventListener;
  readonly #budget: ReplayBudget;
  #running = false;
  /** The first tick predicted since a replay was shortened, or -1. */
  #shortenedTo: Tick = -1;
  /** Tick of the last snapshot that the ring agrees with. */
  #verified: Tick = -1;
  /** Called before a correction changes the world, so that its effect can be measured and hidden. */
  beforeCorrection: () => void = () => {};
  /** Called before a correction with the world as it was predicted for the truth's tick: for whoever wants to know what was wrong. */
  onMismatch: ((predicted: World, truth: Truth) => void) | undefined;
  corrections = 0;
  resimulatedTicks = 0;
  /** Replays that the budget has cut short. */
  shortenedReplays = 0;

  constructor(
    game: Game,
    player: PlayerNumber,
    seed: number,
    listener: EventListener,
    budget: ReplayBudget = new ReplayBudget(),
  ) {
    this.#game = game;
    this.#player = player;
    this.#listener = listener;
    this.#budget = budget;
    this.inputs = new InputRing(game.input);
    this.#world = game.createWorld();
    this.#world.seed = seed;
    this.#next = game.createWorld();
    this.#ring = new WorldRing(game);
    this.#frame = game.createInputs();
    this.#remote = game.sharedInputs && new RemoteInputs(game.sharedInputs, game.input, game.tickRate);
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

  /** The world as it was predicted for an earlier tick; undefined when it was not, or too long ago. */
  at(tick: Tick): World | undefined {
    return this.#ring.at(tick);
  }

  /** Predicts one tick more, with the input recorded for it. */
  step(): void {
    this.#step();
    for (const event of this.#world.events) this.#listener.event(event);
  }

  /** The world one tick beyond the newest, as `row` would make it: for showing a moment between two ticks. Valid until the next call. */
  peek(row: Int32Array): World {
    this.#next.copyFrom(this.#world);
    this.#advance(this.#next, this.tick + 1, row);
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
    this.#remote?.observe(truth.updated, truth.gone, truth.tick, this.tick);
    if (this.#running && truth.tick < this.#shortenedTo) return "passed";
    const predicted = this.#running && truth.tick <= this.tick ? this.#ring.at(truth.tick) : undefined;
    if (predicted === undefined) return this.#restart(truth, Math.max(target, this.#running ? this.tick : 0));
    if (agrees(predicted, truth)) {
      this.#events.forget(truth.tick);
      this.#verified = truth.tick;
      return "agreed";
    }
    this.corrections++;
    this.beforeCorrection();
    const newest = this.tick;
    this.#goBack(predicted, truth);
    this.onMismatch?.(this.#world, truth);
    correct(this.#world, truth);
    this.#replay(truth.tick, newest);
    this.#events.endReplay(this.#listener);
    this.#verified = truth.tick;
    return "corrected";
  }

  /**
   * Makes the world that of the truth's tick: what was predicted for it, or, where others' inputs are known by now, what follows with
   * them from the last snapshot on. So the effects of what others did are reported here too, and mostly nothing is left to correct.
   */
  #goBack(predicted: World, { tick }: Truth): void {
    const verified = this.#remote === undefined ? undefined : this.#ring.at(this.#verified);
    this.#world.copyFrom(verified ?? predicted);
    this.#events.beginReplay(this.tick);
    this.resimulatedTicks += tick - this.tick;
    while (this.tick < tick) this.#step();
  }

  #restart(truth: Truth, target: Tick): Reconciliation {
    if (!truth.allOwned) return "waiting";
    this.#ring.clear();
    this.#shortenedTo = -1;
    this.#verified = truth.tick;
    this.#events.forget(this.tick);
    this.#world.tick = truth.tick;
    correct(this.#world, truth);
    if (target - truth.tick < PREDICTION_TICKS) this.#replay(truth.tick, target);
    else this.#ring.save(this.#world);
    this.#running = true;
    return "restarted";
  }

  /**
   * Brings the world from the state of `from` to `target`. When the steps between cost more than the budget has, the state is taken
   * for that of a later tick and only the newest inputs are replayed: off by a little, soon put right, and the page keeps its frame rate.
   */
  #replay(from: Tick, target: Tick): void {
    const ticks = this.#budget.begin(target - from);
    if (ticks < target - from) {
      this.shortenedReplays++;
      this.#ring.clear();
      this.#world.tick = this.#shortenedTo = target - ticks;
    }
    this.#ring.save(this.#world);
    while (this.tick < target) this.#step();
    this.resimulatedTicks += ticks;
    this.#budget.end(ticks);
  }

  #step(): void {
    this.#advance(this.#world, this.tick + 1, this.inputs.at(this.tick + 1));
    this.#events.add(this.tick, this.#world.events);
    this.#ring.save(this.#world);
  }

  #advance(world: World, tick: Tick, own: Int32Array): void {
    this.#frame.clear();
    this.#frame.set(this.#player, own);
    if (this.#remote !== undefined) this.#assume(world, tick, own, this.#remote);
    this.#game.step(world, tick, this.#frame);
  }

  /** Hands the step every player's input, and says in the world which it was, so that it is compared with the truth. */
  #assume(world: World, tick: Tick, own: Int32Array, remote: RemoteInputs): void {
    const { sharedInputs } = this.#game;
    if (sharedInputs === undefined) return;
    const { order, count, owners } = sharedInputs.tableOf(world);
    for (let i = 0; i < count; i++) {
      const player = owners[order[i]];
      const row = player === this.#player ? own : remote.at(player, tick);
      if (player !== this.#player) this.#frame.set(player, row);
      sharedInputs.writeAt(world, order[i], row);
    }
  }
}
