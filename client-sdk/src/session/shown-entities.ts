import {
  isExact,
  blend,
  type EntityId,
  type EntityType,
  type Game,
  HISTORY_TICKS,
  Interpolation,
  type PlayerNumber,
  type Table,
  type Tick,
  type World,
} from "@tidelock/shared";
import { MAX_EXTRAPOLATION_MS } from "../interpolation/playout.ts";
import { OffsetSmoother } from "../smoothing/offset-smoother.ts";
import type { Replica } from "../snapshot/replica.ts";

/** What a client draws of one entity: kept from frame to frame so that its object is always the same. */
interface Shown {
  readonly view: Record<string, unknown>;
  smoother: OffsetSmoother | undefined;
  frame: number;
  /** Its count of teleports as last drawn, where it keeps one. */
  warps: unknown;
  /** What it was last drawn from, when that was a guess beyond the newest snapshot. */
  guess: Guess | undefined;
}

/** A place drawn before the snapshot that tells the true one had come. */
interface Guess {
  readonly renderTick: number;
  readonly newest: Tick;
  readonly place: readonly number[];
  readonly warps: unknown;
}

/** Where a predicted entity was before a correction. */
interface Place {
  readonly at: readonly number[];
  readonly warps: number;
}

/** Seconds of an entity's top speed beyond which a correction is shown at once. */
const SNAP_SECONDS = 0.25;
/** The same for a guess: there and back in the time that it may last is no teleport. */
const GUESS_SNAP_SECONDS = (2 * MAX_EXTRAPOLATION_MS) / 1000;
/** For entities without a velocity, in grid steps of their position. */
const SNAP_STEPS = 8192;

/** Turns predicted worlds and received replicas into the lists of entities that a game draws. */
export class ShownEntities {
  readonly frame: Record<string, Record<string, unknown>[]> = {};
  readonly #game: Game;
  readonly #player: PlayerNumber;
  readonly #shown = new Map<EntityId, Shown>();
  readonly #interpolations: readonly Interpolation[];
  readonly #departed: Replica[] = [];
  #frameNumber = 0;

  constructor(game: Game, player: PlayerNumber) {
    this.#game = game;
    this.#player = player;
    this.#interpolations = game.types.map((type) => new Interpolation(type));
    for (const type of game.types) this.frame[type.name] = [];
  }

  begin(): void {
    this.#frameNumber++;
    for (const type of this.#game.types) this.frame[type.name].length = 0;
  }

  /** Forgets what was not drawn in this frame. */
  end(): void {
    for (const [id, shown] of this.#shown) if (shown.frame !== this.#frameNumber) this.#shown.delete(id);
  }

  /** Keeps showing what left the client's view until the moment shown has come that far. */
  depart(replicas: readonly Replica[]): void {
    if (replicas.length === 0) return;
    this.#departed.push(...replicas);
    // While the page is hidden nothing is shown, so nothing else would forget them; older ones are never shown again.
    const oldest = replicas[0].goneAt - HISTORY_TICKS;
    let kept = 0;
    for (const replica of this.#departed) if (replica.goneAt > oldest) this.#departed[kept++] = replica;
    this.#departed.length = kept;
  }

  /** Adds the predicted entities: `fraction` of the way from `world` to the world one tick `beyond`. */
  addPredicted(world: World, beyond: World, fraction: number, nowMs: number): void {
    for (const table of beyond.tables) {
      const { type } = table;
      for (let i = 0; i < table.count; i++) {
        const row = table.order[i];
        const to = { rows: table.quantised, row };
        const before = world.tables[type.index];
        const slot = before.find(table.ids[row]);
        const from = slot < 0 ? to : { rows: before.quantised, row: slot };
        const shown = this.#show(type, table.ids[row], table.owners[row], true);
        blend(type, from, to, fraction, 1, shown.view);
        this.#noticeTeleport(type, shown);
        this.#addOffset(type, shown, nowMs);
      }
    }
  }

  /** Adds what the client only looks at, at the moment `renderTick` of the server's past; `exact`: and what it could predict. */
  addReceived(replicas: Iterable<Replica>, renderTick: number, nowMs: number, exact = false): void {
    for (const replica of replicas)
      if (exact || !isExact(replica.level)) this.#addReplica(replica, renderTick, nowMs);
    let kept = 0;
    for (const replica of this.#departed) {
      if (replica.goneAt <= renderTick) continue;
      this.#departed[kept++] = replica;
      if (!this.#isShown(replica.id)) this.#addReplica(replica, renderTick, nowMs);
    }
    this.#departed.length = kept;
  }

  /** Hides a correction: the entity was at `before`, now it is at its present place in `world`. Returns the distance in units. */
  smooth(world: World, before: ReadonlyMap<EntityId, Place>, nowMs: number): number {
    let largest = 0;
    for (const table of world.tables) {
      const { type } = table;
      for (let i = 0; i < table.count; i++) {
        const slot = table.order[i];
        const old = before.get(table.ids[slot]);
        const shown = this.#shown.get(table.ids[slot]);
        if (old === undefined || shown === undefined || type.location.length === 0) continue;
        if (warpsOf(table, slot) !== old.warps) {
          shown.smoother?.snap();
          continue;
        }
        const error = type.location.map((column, axis) => old.at[axis] - table.values[column][slot]);
        const size = Math.hypot(...error);
        if (size === 0) continue;
        shown.smoother ??= new OffsetSmoother(type.location.length, {
          snapDistance: snapDistance(type, Math.max(SNAP_SECONDS, world.dt)),
        });
        shown.smoother.correct(error, nowMs);
        largest = Math.max(largest, size);
      }
    }
    return largest;
  }

  /** Where every predicted entity is now, to compare with after a correction. */
  static places(world: World): Map<EntityId, Place> {
    const places = new Map<EntityId, Place>();
    for (const table of world.tables)
      for (let i = 0; i < table.count; i++) {
        const slot = table.order[i];
        places.set(table.ids[slot], {
          at: table.type.location.map((column) => table.values[column][slot]),
          warps: warpsOf(table, slot),
        });
      }
    return places;
  }

  #addReplica(replica: Replica, renderTick: number, nowMs: number): void {
    // What has just come into view waits for its moment; what was shown before a long silence stays.
    if (replica.floor(Math.floor(renderTick)) < 0 && !this.#shown.has(replica.id)) return;
    const { type } = replica;
    const shown = this.#show(type, replica.id, replica.owner, false);
    const { guess } = shown;
    if (guess !== undefined && replica.newest > guess.newest) this.#hideGuess(replica, shown, guess, nowMs);
    const isGuess = this.#pose(replica, renderTick, shown.view);
    this.#noticeTeleport(type, shown);
    shown.guess = isGuess
      ? { renderTick, newest: replica.newest, place: locationOf(type, shown.view), warps: shown.warps }
      : undefined;
    this.#addOffset(type, shown, nowMs);
  }

  /** Snapshots say where the entity was when it was guessed: what is shown goes over from the guess, without a leap. */
  #hideGuess(replica: Replica, shown: Shown, { renderTick, place, warps }: Guess, nowMs: number): void {
    if (place.length === 0) return;
    this.#pose(replica, renderTick, shown.view);
    // It was not moved there but put: there is nothing to go over to.
    if (warpsIn(replica.type, shown.view) !== warps) return;
    const error = locationOf(replica.type, shown.view).map((truth, axis) => place[axis] - truth);
    if (error.every((distance) => distance === 0)) return;
    shown.smoother ??= new OffsetSmoother(place.length, {
      snapDistance: snapDistance(replica.type, GUESS_SNAP_SECONDS),
    });
    shown.smoother.correct(error, nowMs);
  }

  /** Sets `view` to the entity at a moment at or after its first; true when no snapshot after that moment has come. */
  #pose(replica: Replica, renderTick: number, view: Record<string, unknown>): boolean {
    const interpolation = this.#interpolations[replica.type.index];
    interpolation.find(replica, renderTick);
    interpolation.show(view);
    return interpolation.isGuess;
  }

  /** An entity that was put elsewhere takes nothing of the way to it along. */
  #noticeTeleport(type: EntityType, shown: Shown): void {
    const warps = warpsIn(type, shown.view);
    if (warps !== shown.warps) shown.smoother?.snap();
    shown.warps = warps;
  }

  #isShown(id: EntityId): boolean {
    return this.#shown.get(id)?.frame === this.#frameNumber;
  }

  #show(type: EntityType, id: EntityId, owner: PlayerNumber, predicted: boolean): Shown {
    let shown = this.#shown.get(id);
    if (shown === undefined)
      this.#shown.set(
        id,
        (shown = {
          view: { id, owner, mine: owner === this.#player && owner !== 0, predicted },
          smoother: undefined,
          frame: 0,
          warps: undefined,
          guess: undefined,
        }),
      );
    shown.view.predicted = predicted;
    if (shown.frame !== this.#frameNumber) this.frame[type.name].push(shown.view);
    shown.frame = this.#frameNumber;
    return shown;
  }

  #addOffset(type: EntityType, shown: Shown, nowMs: number): void {
    if (shown.smoother === undefined || !shown.smoother.active) return;
    const offset = shown.smoother.sample(nowMs);
    type.location.forEach((column, axis) => {
      const [target, key] = component(type, column, shown.view);
      target[key] += offset[axis];
    });
  }
}

/** The object and the key by which a view holds one column of its location. */
function component(
  type: EntityType,
  column: number,
  view: Record<string, unknown>,
): [Record<string, number>, string] {
  const [name, part] = type.columns[column].name.split(".");
  return part === undefined
    ? [view as Record<string, number>, name]
    : [view[name] as Record<string, number>, part];
}

function locationOf(type: EntityType, view: Record<string, unknown>): number[] {
  return type.location.map((column) => {
    const [target, key] = component(type, column, view);
    return target[key];
  });
}

/** The count of teleports in a table's row, in a view; undefined or 0 where the type keeps none. */
function warpsOf({ type, quantised }: Table, slot: number): number {
  return type.teleport === undefined ? 0 : quantised[type.teleport][slot];
}

function warpsIn({ teleport, columns }: EntityType, view: Record<string, unknown>): unknown {
  return teleport === undefined ? undefined : view[columns[teleport].name];
}

/** A correction this large, in units, is a teleport: what takes so many seconds at top speed. */
function snapDistance(type: EntityType, seconds: number): number {
  const column = type.columns[type.location[0]];
  if (column.velocity < 0) return SNAP_STEPS * column.grid;
  const velocity = type.columns[column.velocity];
  return velocity.highest * velocity.grid * seconds;
}
