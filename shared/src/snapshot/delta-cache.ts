import { BitWriter } from "../bits/bit-writer.ts";
import { EntityCodec } from "./entity-codec.ts";
import type { TableHistory, WorldHistory } from "./history.ts";
import type { DetailLevel } from "./level.ts";
import { HISTORY_TICKS } from "./track.ts";

/** Room for a tick's bit strings of one table; past it a client's delta is encoded for it alone. */
const ARENA_BYTES = 1 << 20;

/** Whoever wants to know which table the bits of packets are of. */
export interface PacketMeter {
  /** The bits `start` to `end` of the packet being written are of a table's entity. What is written over them takes their place. */
  wrote(table: number, start: number, end: number): void;
}

/**
 * Bit strings of deltas, each encoded once per tick for all clients that share entity, detail level and baseline age. A client's
 * packet is then put together by copying bits.
 */
export class DeltaCache {
  readonly #history: WorldHistory;
  readonly #tables: readonly TableDeltas[];
  /** Told of what goes into packets while it is set; off by default. */
  meter: PacketMeter | undefined;
  #tick = -1;

  constructor(history: WorldHistory) {
    this.#history = history;
    this.#tables = history.tables.map((table) => new TableDeltas(table));
  }

  /** Appends the delta of an entity, from `age` ticks ago to the history's newest tick. */
  append(writer: BitWriter, table: number, slot: number, level: DetailLevel, age: number): void {
    if (this.#tick !== this.#history.tick) {
      this.#tick = this.#history.tick;
      for (const deltas of this.#tables) deltas.begin(this.#tick);
    }
    const start = writer.position;
    this.#tables[table].append(writer, slot, level, age);
    this.meter?.wrote(table, start, writer.position);
  }
}

/** Where the strings of one level and age are: by slot the tick they are of, where they begin, and how long they are. */
type Index = Int32Array;
const STAMP = 0;
const OFFSET = 1;
const LENGTH = 2;
const INDEX_WORDS = 4;

class TableDeltas {
  readonly #history: TableHistory;
  readonly #codec: EntityCodec;
  readonly #arena = new BitWriter(ARENA_BYTES);
  readonly #base: Int32Array;
  readonly #told: Int32Array;
  readonly #indices: (Index | undefined)[] = [];
  #tick = -1;

  constructor(history: TableHistory) {
    this.#history = history;
    this.#codec = EntityCodec.of(history.type);
    this.#base = new Int32Array(history.type.columns.length);
    this.#told = new Int32Array(history.type.columns.length);
  }

  begin(tick: number): void {
    this.#tick = tick;
    this.#arena.reset();
  }

  append(writer: BitWriter, slot: number, level: DetailLevel, age: number): void {
    const index = this.#index(level * HISTORY_TICKS + age);
    const at = slot * INDEX_WORDS;
    if (index[at + STAMP] !== this.#tick) {
      const arena = this.#arena;
      const offset = arena.position;
      this.#encode(arena, slot, level, age);
      if (arena.overflowed) {
        arena.truncate(offset);
        return this.#encode(writer, slot, level, age);
      }
      index[at + STAMP] = this.#tick;
      index[at + OFFSET] = offset;
      index[at + LENGTH] = arena.position - offset;
    }
    writer.append(this.#arena.words, index[at + OFFSET], index[at + LENGTH]);
  }

  #encode(writer: BitWriter, slot: number, level: DetailLevel, age: number): void {
    const history = this.#history;
    const told = Math.max(history.surprisedAt(slot, level), this.#tick - age + 1);
    history.load(slot, this.#tick - age, level, this.#base);
    history.load(slot, told, level, this.#told);
    this.#codec.writeDelta(writer, level, this.#base, this.#told, age, this.#tick - told);
  }

  #index(key: number): Index {
    const known = this.#indices[key];
    const { capacity } = this.#history.table;
    if (known !== undefined && known.length >= capacity * INDEX_WORDS) return known;
    return (this.#indices[key] = new Int32Array(capacity * INDEX_WORDS).fill(-1));
  }
}
