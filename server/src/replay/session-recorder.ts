import {
  type Game,
  HISTORY_TICKS,
  type PlayerNumber,
  RNG_STATE_WORDS,
  type Tick,
  type World,
} from "@tidelock/shared";
import type { Seen } from "../history/viewer.ts";
import { ByteWriter } from "./byte-writer.ts";
import { OutsideChanges } from "./outside-changes.ts";
import type { Checkpoint, RecordedTick, RecordedView } from "./replay-format.ts";
import { replayStart } from "./replay-start.ts";
import { writeTick } from "./write-tick.ts";

/** Where a recording goes. */
export interface ReplaySink {
  /** Takes the next bytes; they are the sink's to keep. False: it can take no more, and the recording ends here. */
  write(bytes: Uint8Array): boolean;
  close(): void;
}

/** Bytes that are gathered before they are handed on; at each checkpoint they are anyway. */
const CHUNK_BYTES = 16_384;

/** What the recorder knows of one player. */
interface KnownPlayer {
  readonly row: Int32Array;
  /** Ticks that the client was known to have. */
  acked: ReadonlySet<Tick>;
  /** Whether the present tick has an input of the player. */
  here: boolean;
}

/**
 * Records all that a room's steps are computed from: the inputs as they were used, what was done to the world outside of steps, what the
 * secret stream gave away. From it `Replay` computes the same session again. It keeps one row per player and the ids of the entities.
 */
export class SessionRecorder {
  readonly #game: Game;
  readonly #world: World;
  readonly #sink: ReplaySink;
  readonly #writer = new ByteWriter();
  readonly #outside: OutsideChanges;
  readonly #players = new Map<PlayerNumber, KnownPlayer>();
  readonly #secretBefore = new Uint32Array(RNG_STATE_WORDS);
  readonly #secret = new Uint32Array(RNG_STATE_WORDS);
  readonly #checkpointEvery: number;
  #inputs: { player: PlayerNumber; row: Int32Array | undefined }[] = [];
  #views: RecordedView[] = [];
  #begun: Omit<RecordedTick, "hash" | "checkpoint"> | undefined;
  #written: Tick = 0;
  #open = true;

  /** `checkpointEvery`: ticks after which the whole state is recorded, so that a difference can be named. Default: a second's. */
  constructor(
    game: Game,
    world: World,
    secretSeed: number,
    sink: ReplaySink,
    checkpointEvery: number = game.tickRate,
  ) {
    this.#game = game;
    this.#world = world;
    this.#sink = sink;
    this.#checkpointEvery = checkpointEvery;
    this.#outside = new OutsideChanges(world);
    world.secret?.save(this.#secretBefore);
    const { name, schemaHash, tickRate } = game;
    this.#write(replayStart({ game: name, schemaHash, tickRate, seed: world.seed, secretSeed }));
  }

  /** Takes the input that a player's entities are about to be stepped with; `seen` in games with lag compensation. */
  input(player: PlayerNumber, row: Int32Array, seen: Seen | undefined): void {
    if (!this.#open) return;
    let known = this.#players.get(player);
    if (known === undefined) {
      known = { row: row.slice(), acked: new Set(), here: true };
      this.#players.set(player, known);
      this.#inputs.push({ player, row: known.row.slice() });
    } else if (known.row.some((value, i) => value !== row[i])) {
      known.row.set(row);
      this.#inputs.push({ player, row: row.slice() });
    }
    known.here = true;
    if (seen !== undefined) this.#views.push(viewOf(player, known, seen));
  }

  /** Every player's input is in: the step of `tick` comes next. */
  beforeStep(tick: Tick): void {
    if (!this.#open) return;
    for (const [player, known] of this.#players) {
      if (!known.here) {
        this.#players.delete(player);
        this.#inputs.push({ player, row: undefined });
      }
      known.here = false;
    }
    this.#world.secret?.save(this.#secret);
    const isDrawn = this.#secret.some((word, i) => word !== this.#secretBefore[i]);
    this.#begun = {
      tick,
      inputs: this.#inputs,
      views: this.#views,
      changes: this.#outside.find(),
      secret: isDrawn ? this.#secret.slice() : undefined,
    };
    this.#inputs = [];
    this.#views = [];
  }

  /** The step is done. */
  afterStep(): void {
    if (!this.#open || this.#begun === undefined) return;
    const isDue = this.#begun.tick % this.#checkpointEvery === 0;
    this.#finish(this.#begun, this.#world.hash(), isDue ? checkpointOf(this.#world) : undefined);
    this.#outside.settled();
    this.#world.secret?.save(this.#secretBefore);
    if (isDue || this.#writer.length >= CHUNK_BYTES) this.#flush();
  }

  /** Hands on what is left and ends the recording. */
  close(): void {
    if (!this.#open) return;
    // A step that threw is of interest most of all.
    if (this.#begun !== undefined) this.#finish(this.#begun, 0, undefined);
    this.#flush();
    this.#open = false;
    this.#sink.close();
  }

  #finish(
    begun: Omit<RecordedTick, "hash" | "checkpoint">,
    hash: number,
    checkpoint: Checkpoint | undefined,
  ): void {
    writeTick(this.#writer, { ...begun, hash, checkpoint }, this.#written);
    this.#written = begun.tick;
    this.#begun = undefined;
  }

  #flush(): void {
    if (this.#writer.length > 0) this.#write(this.#writer.take());
  }

  #write(bytes: Uint8Array): void {
    if (!this.#open || this.#sink.write(bytes)) return;
    console.warn(
      `The recording of "${this.#game.name}" ends at tick ${this.#written}: it is not written fast enough`,
    );
    this.#open = false;
    this.#sink.close();
  }
}

function viewOf(player: PlayerNumber, known: KnownPlayer, { moment, knownTick, acked }: Seen): RecordedView {
  const now = new Set<Tick>();
  // An acknowledgement may come late, of a tick before the newest.
  for (let t = acked.newest; t >= 0; t = acked.floor(t - 1, acked.newest)) now.add(t);
  const oldest = acked.newest - HISTORY_TICKS;
  const reset = [...known.acked].some((tick) => tick > oldest && !now.has(tick));
  const fresh = [...now].filter((tick) => reset || !known.acked.has(tick)).toReversed();
  known.acked = now;
  return { player, moment, knownTick, reset, acked: fresh };
}

function checkpointOf(world: World): Checkpoint {
  return {
    tables: world.tables.map(({ order, count, ids, owners, quantised }) =>
      Array.from(order.subarray(0, count), (slot) => ({
        id: ids[slot],
        owner: owners[slot],
        values: quantised.map((column) => column[slot]),
      })),
    ),
    modules: world.modules.map((module) => module.of(world).hash() >>> 0),
  };
}
