import type { EntityType } from "../schema/entity-type.ts";
import type { Tick } from "../tick/tick.ts";
import type { Table } from "../world/table.ts";
import type { World } from "../world/world.ts";
import { FarTrack } from "./far-track.ts";
import { type DetailLevel, rankOf, trackOf } from "./level.ts";
import type { SurpriseLog } from "./surprise-log.ts";
import { HISTORY_TICKS, type SlotList, Track } from "./track.ts";

/** How often entities at rest are looked for, in ticks: a power of two. */
const REST_CHECK_TICKS = 8;

/** The last 64 ticks of one table, shared by all clients, at each precision that some of them get. */
export class TableHistory {
  readonly table: Table;
  /** Tick at which an entity last appeared in the table, or -1. */
  newestArrival: Tick = -1;
  /** By what `trackOf` says. */
  readonly #tracks: readonly Track[];
  /** The same, each once. */
  readonly #distinct: ReadonlySet<Track>;
  /** The track that only entities with an owner are on, if there is one. */
  readonly #ownedOnly: Track | undefined;
  /** By slot: the last tick at which the entity changed in the world. */
  #changedAt = new Int32Array(0);
  /** Entities whose 64 ticks are not all the same: all others need no recording. */
  readonly #active = { slots: new Int32Array(0), count: 0 };
  /** Of these, what somebody may predict and get exactly, where that is not all. */
  readonly #owned = { slots: new Int32Array(0), count: 0 };
  #isActive = new Uint8Array(0);
  /** The id that each slot held at the tick last recorded. */
  #ids = new Uint32Array(0);
  /** Which change of the table last found the slot's entity there. */
  #presentAt = new Int32Array(0);
  /** For `value`. */
  readonly #state: Int32Array;
  #capacity = 0;
  #settled = 0;
  #version = -1;
  #tick = -2;

  constructor(table: Table) {
    this.table = table;
    const { type } = table;
    this.#state = new Int32Array(type.columns.length);
    const shown = new Track(table, true);
    const differs = type.predicted !== "nobody" && type.columns.some(({ shownSteps }) => shownSteps > 1);
    const exact = differs ? new Track(table, false, type.predicted === "owner") : shown;
    const far = type.far === undefined ? shown : new FarTrack(table);
    this.#tracks = [shown, exact, far];
    this.#ownedOnly = exact !== shown && type.predicted === "owner" ? exact : undefined;
    this.#distinct = new Set(this.#tracks);
    this.logs = [...new Set(this.#tracks.flatMap(({ surprises }) => surprises))];
    this.#resize();
  }

  get type(): EntityType {
    return this.table.type;
  }

  /** What clients of a level get of one column of an entity at a tick, one of the last HISTORY_TICKS. Slow: for tools and tests. */
  value(slot: number, tick: Tick, level: DetailLevel, column: number): number {
    this.load(slot, tick, level, this.#state);
    return this.#state[column];
  }

  /** Loads what clients of a level get of an entity at a tick, one of the last HISTORY_TICKS: a number per column. */
  load(slot: number, tick: Tick, level: DetailLevel, state: Int32Array): void {
    this.#tracks[trackOf(level)].load(slot, tick, state);
  }

  /** The last tick at which the entity was not where its state one tick before said it would be. */
  surprisedAt(slot: number, level: DetailLevel): Tick {
    return this.log(level).ticks[slot];
  }

  /** Ticks of the last surprise by slot, for one level; see `surprisedAt`. A new array when the table has grown. */
  surprises(level: DetailLevel): Int32Array {
    return this.log(level).ticks;
  }

  /** Every log that clients of some level are told from, each once. */
  readonly logs: readonly SurpriseLog[];

  /** The surprises that clients of a level are told of. */
  log(level: DetailLevel): SurpriseLog {
    return this.#tracks[trackOf(level)].surprises[rankOf(level)];
  }

  /** Entities that the next `record` looks at; all others rest. */
  get awake(): number {
    return this.#active.count;
  }

  record(tick: Tick): void {
    const { table } = this;
    if (table.capacity !== this.#capacity) this.#resize();
    for (let i = 0; i < table.changedCount; i++) this.#activate(table.changed[i], tick);
    for (const track of this.#distinct) track.record(tick, this.#followed(track));
    if (table.version !== this.#version) this.#settleArrivals(tick);
    else if (tick !== this.#tick + 1) this.#beginAnew(tick);
    this.#version = table.version;
    this.#tick = tick;
    if ((tick & (REST_CHECK_TICKS - 1)) === 0) this.#rest(tick);
  }

  /** The entities that a track is asked for. */
  #followed(track: Track): SlotList {
    const active = this.#active;
    if (track !== this.#ownedOnly) return active;
    const owned = this.#owned;
    owned.count = 0;
    for (let i = 0; i < active.count; i++)
      if (track.follows(active.slots[i])) owned.slots[owned.count++] = active.slots[i];
    return owned;
  }

  #activate(slot: number, tick: Tick): void {
    this.#changedAt[slot] = tick;
    if (this.#isActive[slot] === 1) return;
    this.#isActive[slot] = 1;
    this.#active.slots[this.#active.count++] = slot;
  }

  /** Lets go of the dead and of those whose every recorded tick is the same. */
  #rest(tick: Tick): void {
    const active = this.#active;
    let kept = 0;
    for (let i = 0; i < active.count; i++) {
      const slot = active.slots[i];
      if (this.table.alive[slot] === 1 && !this.#isAtRest(slot, tick)) active.slots[kept++] = slot;
      else this.#isActive[slot] = 0;
    }
    active.count = kept;
  }

  #isAtRest(slot: number, tick: Tick): boolean {
    if (tick - this.#changedAt[slot] <= HISTORY_TICKS) return false;
    for (const track of this.#distinct) if (track.follows(slot) && !track.isAtRest(slot, tick)) return false;
    return true;
  }

  /** Finds who has just appeared: what the columns made of their slots' past does not count. */
  #settleArrivals(tick: Tick): void {
    const { table } = this;
    const unbroken = tick === this.#tick + 1;
    const last = this.#settled++;
    for (let i = 0; i < table.count; i++) {
      const slot = table.order[i];
      // In the table at the last change means there all the time since.
      const stayed = unbroken && table.ids[slot] === this.#ids[slot] && this.#presentAt[slot] === last;
      if (!stayed) this.#begin(slot, tick);
      this.#presentAt[slot] = last + 1;
    }
  }

  /** Nothing is foretold by a tick that was not recorded. */
  #beginAnew(tick: Tick): void {
    for (let i = 0; i < this.table.count; i++) this.#begin(this.table.order[i], tick);
  }

  #begin(slot: number, tick: Tick): void {
    this.#ids[slot] = this.table.ids[slot];
    this.newestArrival = tick;
    this.#activate(slot, tick);
    for (const track of this.#distinct) if (track.follows(slot)) track.start(slot, tick);
  }

  #resize(): void {
    const { capacity } = this.table;
    for (const track of this.#distinct) track.resize(capacity);
    this.#changedAt = longer(this.#changedAt, new Int32Array(capacity));
    this.#active.slots = longer(this.#active.slots, new Int32Array(capacity));
    this.#owned.slots = new Int32Array(capacity);
    this.#isActive = longer(this.#isActive, new Uint8Array(capacity));
    this.#ids = longer(this.#ids, new Uint32Array(capacity));
    this.#presentAt = longer(this.#presentAt, new Int32Array(capacity).fill(-1));
    this.#capacity = capacity;
  }
}

function longer<T extends Int32Array | Uint32Array | Uint8Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

/** The recent past of a room's world, recorded once per tick and read by every client's encoder. */
export class WorldHistory {
  readonly tables: readonly TableHistory[];
  tick: Tick = -1;
  /** What `countSince` last said of each tick, and when. */
  readonly #counts = new Float64Array(HISTORY_TICKS);
  readonly #countedAt = new Int32Array(HISTORY_TICKS).fill(-1);

  constructor(world: World) {
    this.tables = world.tables.map((table) => new TableHistory(table));
  }

  /** Takes the world's present state; call once after every step. */
  record(tick: Tick): void {
    this.tick = tick;
    for (const table of this.tables) table.record(tick);
  }

  /** How many surprises there were at any level since and with a tick of the last 64; Infinity: too many to be listed. */
  countSince(tick: Tick): number {
    const at = tick & (HISTORY_TICKS - 1);
    if (this.#countedAt[at] !== this.tick) {
      this.#countedAt[at] = this.tick;
      this.#counts[at] = this.#count(tick);
    }
    return this.#counts[at];
  }

  #count(tick: Tick): number {
    let count = 0;
    for (const { logs } of this.tables)
      for (const log of logs) {
        const begin = log.since(tick);
        if (begin < 0) return Infinity;
        count += log.end - begin;
      }
    return count;
  }
}
