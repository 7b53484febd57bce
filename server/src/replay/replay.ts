import {
  type Difference,
  differences,
  type Game,
  type InputFrame,
  type PlayerNumber,
  Rng,
  type Tick,
  type World,
  WorldHistory,
} from "@tidelock/shared";
import { AckedTicks } from "../history/acked-ticks.ts";
import { RoomPast } from "../history/room-past.ts";
import type { Seen } from "../history/viewer.ts";
import { ByteReader } from "./byte-reader.ts";
import { applyChanges } from "./outside-changes.ts";
import { readReplayStart, wrong } from "./replay-start.ts";
import type { Checkpoint, RecordedTick, RecordedView, ReplayHeader } from "./replay-format.ts";
import { readTick, type ReplayShape } from "./read-tick.ts";

/** Where a session played again is another one than was recorded. */
export interface ReplayDifference {
  /** First tick whose hash is another one. */
  readonly since: Tick;
  /** The tick at which both were compared field by field: the first since then that was recorded whole. */
  readonly tick: Tick;
  /** The recorded value first, then the one computed now. */
  readonly differences: readonly Difference[];
}

/** What a player saw, as it was recorded. */
interface RecordedSight extends Seen {
  moment: number;
  knownTick: Tick;
}

/**
 * Plays a recorded session again, without a room: the same inputs, the same joins, the same seeds. The same step must come to the same
 * hashes; a step that was changed since, or that depends on more than the world and the inputs, does not.
 */
export class Replay {
  readonly header: ReplayHeader;
  readonly world: World;
  /** The first difference, once it is known by name. */
  difference: ReplayDifference | undefined;
  /** True once everything has been played, or the file ends within a tick. */
  ended = false;
  readonly #game: Game;
  readonly #shape: ReplayShape;
  readonly #reader: ByteReader;
  readonly #frame: InputFrame;
  readonly #rows = new Map<PlayerNumber, Int32Array>();
  readonly #sights = new Map<PlayerNumber, RecordedSight>();
  readonly #history: WorldHistory;
  readonly #past: RoomPast | undefined;
  #tick: Tick = 0;
  #differsSince: Tick = -1;

  /** @throws TidelockError `config/recorded-session` when the bytes are no recorded session, or not of this very game */
  constructor(bytes: Uint8Array, game: Game) {
    const { header, length } = readReplayStart(bytes);
    checkGame(header, game);
    this.header = header;
    this.#game = game;
    this.#reader = new ByteReader(bytes.subarray(length));
    this.#frame = game.createInputs();
    this.world = game.createWorld();
    this.world.seed = header.seed;
    this.world.secret = new Rng(header.secretSeed);
    this.#shape = { game, modules: this.world.modules.length };
    this.#history = new WorldHistory(this.world);
    this.#past =
      game.lagCompensation &&
      new RoomPast(game.lagCompensation, this.#history, (player) => this.#sights.get(player));
    this.world.past = this.#past;
  }

  /** First tick whose hash was another one, -1 while there is none. */
  get differsSince(): Tick {
    return this.#differsSince;
  }

  /** Plays the next tick; `around` runs its step. False when there is none. */
  step(around: (step: () => void) => void = (step) => step()): boolean {
    const recorded = this.#reader.remaining > 0 ? readTick(this.#reader, this.#shape, this.#tick) : undefined;
    if (recorded === undefined) {
      this.ended = true;
      return false;
    }
    this.#tick = recorded.tick;
    this.#restore(recorded);
    around(() => this.#game.step(this.world, recorded.tick, this.#frame));
    this.#history.record(recorded.tick);
    this.#past?.record(recorded.tick);
    if (this.#differsSince < 0 && this.world.hash() !== recorded.hash) this.#differsSince = recorded.tick;
    if (this.#differsSince >= 0 && this.difference === undefined && recorded.checkpoint !== undefined)
      this.#name(recorded.tick, recorded.checkpoint);
    return true;
  }

  /** Brings everything that the step depends on to what it was. */
  #restore({ inputs, views, changes, secret }: RecordedTick): void {
    applyChanges(this.world, changes);
    if (secret !== undefined) this.world.secret?.restore(secret);
    for (const { player, row } of inputs) {
      if (row !== undefined) this.#rows.set(player, row);
      else this.#leave(player);
    }
    for (const view of views) this.#see(view);
    this.#frame.clear();
    for (const [player, row] of this.#rows) {
      this.#frame.set(player, row);
      this.#game.sharedInputs?.write(this.world, player, row);
    }
  }

  #leave(player: PlayerNumber): void {
    this.#rows.delete(player);
    this.#sights.delete(player);
  }

  #see({ player, moment, knownTick, reset, acked }: RecordedView): void {
    let sight = this.#sights.get(player);
    if (sight === undefined)
      this.#sights.set(player, (sight = { acked: new AckedTicks(), moment: Number.NaN, knownTick: -1 }));
    if (reset) sight.acked.reset();
    for (const tick of acked) {
      const sequence: number = tick;
      sight.acked.sent(sequence, tick);
      sight.acked.acknowledge(sequence, 0);
    }
    sight.moment = moment;
    sight.knownTick = knownTick;
  }

  #name(tick: Tick, checkpoint: Checkpoint): void {
    const fields = [...differences(this.#worldOf(checkpoint), this.world)].filter(
      ({ kind }) => kind === "field",
    );
    const modules = this.world.modules.flatMap((module, i): Difference[] => {
      const values = [checkpoint.modules[i], module.of(this.world).hash() >>> 0] as const;
      return values[0] === values[1] ? [] : [{ kind: "module", name: module.name, values }];
    });
    this.difference = { since: this.#differsSince, tick, differences: [...fields, ...modules] };
  }

  #worldOf({ tables }: Checkpoint): World {
    const world = this.#game.createWorld() as World;
    tables.forEach((entities, index) => {
      const table = world.tables[index];
      for (const { id, owner, values } of entities) {
        const slot = table.add(id, owner, false);
        values.forEach((value, column) => (table.quantised[column][slot] = value));
      }
    });
    return world;
  }
}

function checkGame(header: ReplayHeader, game: Game): void {
  if (header.game !== game.name)
    throw wrong(`the recording is of the game "${header.game}", not of "${game.name}"`);
  if (header.schemaHash !== game.schemaHash)
    throw wrong(
      `the recording is of another definition of "${game.name}": its schema is ${header.schemaHash.toString(16)} and that of the game now ${game.schemaHash.toString(16)}; take the game as it was then`,
    );
}
