import { TidelockError } from "../errors/tidelock-error.ts";
import type { InputFrame } from "../input/inputs.ts";
import { Rng, RNG_STATE_WORDS } from "../rng/rng.ts";
import type { EntityMap } from "../schema/entity-type.ts";
import type { FieldMap } from "../schema/field.ts";
import type { Game } from "../simulation/game.ts";
import type { Tick } from "../tick/tick.ts";
import type { EventMap, World, WorldEvent } from "../world/world.ts";
import { firstDifference } from "../world/difference.ts";
import { eventDifference } from "./event-difference.ts";
import type { Check, SyncFault } from "./fault.ts";
import { HeldInputs } from "./held-inputs.ts";
import { everything, type Keep, predictedBy, rebuild } from "./partial-world.ts";
import { populate, type Scenario } from "./scenario.ts";
import { SyncCoverage } from "./sync-coverage.ts";

/** The farthest that a test goes back. */
export const MAX_ROLLBACK_TICKS = 8;
/** How often, in ticks, a world is rebuilt, and one with entities missing is stepped. */
const REBUILT_EVERY = 16;

export interface SyncTestOptions<
  E extends EntityMap = EntityMap,
  I extends FieldMap = FieldMap,
  V extends EventMap = EventMap,
> {
  readonly game: Game<E, I, V>;
  /** Ticks to compute. */
  readonly ticks: number;
  /** Players that take part, 1 or more. Default: 4. */
  readonly players?: number;
  /** After each tick the world goes back by 1 to this many ticks, at most 8. Default: 8. */
  readonly rollback?: number;
  /** Everything random follows from it. Default: 1. */
  readonly seed?: number;
  /** How the world is populated and what players do. */
  readonly scenario?: Scenario<E, I, V>;
  /** Runs every step of the game, for whoever wants to watch what it calls. */
  readonly around?: (step: () => void) => void;
  /** Called after every tick. */
  readonly onTick?: (tick: Tick) => void;
}

export interface SyncTestResult {
  /** The first fault; undefined when there is none. The test ends with it. */
  readonly fault: SyncFault | undefined;
  /** Ticks computed for the first time. */
  readonly ticks: number;
  /** The hash of the last of these. */
  readonly hash: number;
  /** What was in the game while it was tested. */
  readonly coverage: SyncCoverage;
}

/**
 * Runs a game and looks for anything but the world and the inputs that a step depends on: after every tick the world goes back a few
 * ticks and is stepped again, which must give the same state and the same events, and a second world is stepped with the same
 * inputs. The game goes on with the world that was set back, so that what a copy leaves behind shows later. Now and then a world is
 * rebuilt from its fields alone, and one is stepped that lacks entities, as on a client. In the manner of the synctest sessions of
 * rollback libraries such as GGPO and GGRS.
 * @throws TidelockError `config/sync-test`
 */
export function syncTest<E extends EntityMap, I extends FieldMap, V extends EventMap>(
  options: SyncTestOptions<E, I, V>,
): SyncTestResult {
  const { game, scenario = {}, ticks, players = 4, rollback = MAX_ROLLBACK_TICKS } = options;
  check("ticks", ticks, 1, 2 ** 31 - 1);
  check("players", players, 1, 1000);
  check("rollback", rollback, 1, MAX_ROLLBACK_TICKS);
  // The test works on compiled tables and does not know the game's types.
  const erased = { game: game as unknown as Game, scenario: scenario as unknown as Scenario };
  return new SyncTest({ ...options, ...erased, players, rollback }).run();
}

function check(name: string, value: number, lowest: number, highest: number): void {
  if (Number.isInteger(value) && value >= lowest && value <= highest) return;
  throw new TidelockError(
    "config/sync-test",
    `syncTest: ${name} is ${value}; give a whole number from ${lowest} to ${highest}`,
  );
}

/** Options with the defaults filled in. */
type SettledOptions = SyncTestOptions & Required<Pick<SyncTestOptions, "players" | "rollback" | "scenario">>;

/** A tick as it was computed first. */
interface Computed {
  readonly world: World;
  /** State of the secret stream after it. */
  readonly secret: Uint32Array;
  /** By player, from 1. */
  readonly rows: readonly Int32Array[];
  hash: number;
  events: readonly WorldEvent[];
}

/** Carries a fault out of the run. */
class Found {
  readonly fault: SyncFault;
  constructor(fault: SyncFault) {
    this.fault = fault;
  }
}

class SyncTest {
  readonly #options: SettledOptions;
  readonly #rng: Rng;
  readonly #inputs: HeldInputs;
  readonly #frame: InputFrame;
  readonly #ring: readonly Computed[];
  readonly #twin: World;
  /** Worlds to rebuild others in. */
  readonly #whole: World;
  readonly #part: World;
  readonly #coverage: SyncCoverage;
  #main: World;
  #replay: World;

  constructor(options: SettledOptions) {
    const { game, players, rollback, scenario, seed = 1 } = options;
    this.#options = options;
    this.#rng = new Rng(seed, 0x5c);
    this.#inputs = new HeldInputs(game.input, players, seed);
    this.#frame = game.createInputs();
    const world = (): World => {
      const made = game.createWorld();
      made.seed = seed;
      made.secret = new Rng(seed, 0x5ec3e7);
      return made;
    };
    [this.#main, this.#replay, this.#twin, this.#whole, this.#part] = Array.from({ length: 5 }, world);
    // A client knows no secret stream.
    this.#part.secret = undefined;
    this.#ring = Array.from({ length: rollback + 1 }, () => ({
      world: game.createWorld(),
      secret: new Uint32Array(RNG_STATE_WORDS),
      rows: Array.from({ length: players }, () => game.input.neutralRow()),
      hash: 0,
      events: [],
    }));
    for (const populated of [this.#main, this.#twin]) populate(populated, scenario, players);
    this.#coverage = new SyncCoverage(this.#main.tables);
    this.#keep(0, this.#main);
  }

  run(): SyncTestResult {
    const { ticks, onTick } = this.#options;
    let fault: SyncFault | undefined;
    let tick = 0;
    try {
      while (tick < ticks) {
        this.#computeTick(++tick);
        onTick?.(tick);
      }
    } catch (error) {
      if (!(error instanceof Found)) throw error;
      fault = error.fault;
    }
    return { fault, ticks: tick, hash: this.#main.hash(), coverage: this.#coverage };
  }

  #computeTick(tick: Tick): void {
    const { rollback } = this.#options;
    this.#decide(tick);
    this.#step(this.#main, tick, "first run", 0);
    this.#keep(tick, this.#main);
    this.#coverage.note(this.#main);
    this.#step(this.#twin, tick, "second run", 0);
    this.#compare(this.#twin, "second run", 0);
    this.#rollBack(tick, 1 + this.#rng.int(Math.min(rollback, tick)));
    // Tick 0 may hold values that no step has put on the grid yet.
    if (tick > 1 && this.#rng.int(REBUILT_EVERY) === 0) this.#tryRebuilt(tick);
    if (tick > 1 && this.#rng.int(REBUILT_EVERY) === 0) this.#tryPart(tick);
  }

  /** What players do in a tick. */
  #decide(tick: Tick): void {
    const { game, scenario } = this.#options;
    this.#at(tick).rows.forEach((row, i) => {
      if (scenario.input === undefined) this.#inputs.next(i + 1, row);
      else game.input.write({ ...scenario.input(tick, i + 1) }, row);
    });
  }

  #rollBack(tick: Tick, ticks: number): void {
    const world = this.#replay;
    this.#restore(world, tick - ticks);
    for (let t = tick - ticks + 1; t <= tick; t++) {
      this.#step(world, t, "rollback", ticks);
      this.#compare(world, "rollback", ticks);
    }
    this.#replay = this.#main;
    this.#main = world;
  }

  #tryRebuilt(tick: Tick): void {
    const world = this.#whole;
    const before = this.#at(tick - 1);
    rebuild(world, before.world, everything, this.#rng);
    world.secret?.restore(before.secret);
    this.#step(world, tick, "rebuilt", 0);
    this.#compare(world, "rebuilt", 0);
  }

  /** Steps what one client might have: it need not come to the truth, but it must come to something. */
  #tryPart(tick: Tick): void {
    const player = 1 + this.#rng.int(this.#options.players);
    const half: Keep = () => this.#rng.int(2) === 0;
    const keep = this.#rng.int(2) === 0 ? predictedBy(player) : half;
    const begin = Math.max(1, tick - this.#options.rollback);
    rebuild(this.#part, this.#at(begin).world, keep, this.#rng);
    for (let t = begin + 1; t <= tick; t++) {
      const { rows } = this.#at(t);
      this.#frame.clear();
      if (this.#options.game.sharedInputs !== undefined) this.#handAll(this.#part, rows);
      else this.#frame.set(player, rows[player - 1]);
      this.#stepWith(this.#part, t, "absent neighbours", 0);
    }
  }

  #step(world: World, tick: Tick, check: Check, rolledBack: number): void {
    this.#frame.clear();
    this.#handAll(world, this.#at(tick).rows);
    this.#stepWith(world, tick, check, rolledBack);
  }

  /** Gives the step every player's input, and shares it as the room does. */
  #handAll(world: World, rows: readonly Int32Array[]): void {
    const { sharedInputs } = this.#options.game;
    rows.forEach((row, i) => {
      this.#frame.set(i + 1, row);
      sharedInputs?.write(world, i + 1, row);
    });
  }

  #stepWith(world: World, tick: Tick, check: Check, rolledBack: number): void {
    const { game, around } = this.#options;
    try {
      if (around === undefined) game.step(world, tick, this.#frame);
      else around(() => game.step(world, tick, this.#frame));
    } catch (error) {
      throw new Found({ kind: "threw", check, tick, rolledBack, error });
    }
  }

  /** Compares a world with the one first computed for its tick. */
  #compare(world: World, check: Check, rolledBack: number): void {
    const { tick } = world;
    const first = this.#at(tick);
    const found = { check, tick, rolledBack };
    if (world.hash() !== first.hash) {
      const difference = firstDifference(first.world, world);
      if (difference !== undefined) throw new Found({ ...found, kind: "state", difference });
    }
    const difference = eventDifference(first.events, world.events);
    if (difference !== undefined) throw new Found({ ...found, kind: "events", difference });
  }

  #keep(tick: Tick, world: World): void {
    const kept = this.#at(tick);
    kept.world.copyFrom(world);
    kept.hash = world.hash();
    kept.events = world.events.length === 0 ? NO_EVENTS : [...world.events];
    world.secret?.save(kept.secret);
  }

  #restore(world: World, tick: Tick): void {
    const kept = this.#at(tick);
    world.copyFrom(kept.world);
    world.secret?.restore(kept.secret);
  }

  #at(tick: Tick): Computed {
    return this.#ring[tick % this.#ring.length];
  }
}

const NO_EVENTS: readonly never[] = [];
