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

/** Where the strings of one level and age are, by slot; valid where the stamp is this tick's. */
interface Index {
  stamps: Int32Array;
  offsets: Int32Array;
  lengths: Int32Array;
}

class TableDeltas {
  readonly #history: TableHistory;
  readonly #codec: EntityCodec;
  readonly #arena = new BitWriter(ARENA_BYTES);
  readonly #indices: (Index | undefined)[] = [];
  #tick = -1;

  constructor(history: TableHistory) {
    this.#history = history;
    this.#codec = EntityCodec.of(history.type);
  }

  begin(tick: number): void {
    this.#tick = tick;
    this.#arena.reset();
  }

  append(writer: BitWriter, slot: number, level: DetailLevel, age: number): void {
    const index = this.#index(level * HISTORY_TICKS + age);
    if (index.stamps[slot] !== this.#tick) {
      const arena = this.#arena;
      const offset = arena.position;
      this.#encode(arena, slot, level, age);
      if (arena.overflowed) {
        arena.truncate(offset);
        return this.#encode(writer, slot, level, age);
      }
      index.stamps[slot] = this.#tick;
      index.offsets[slot] = offset;
      index.lengths[slot] = arena.position - offset;
    }
    writer.append(this.#arena.words, index.offsets[slot], index.lengths[slot]);
  }

  #encode(writer: BitWriter, slot: number, level: DetailLevel, age: number): void {
    const history = this.#history;
    const told = Math.max(history.surprisedAt(slot, level), this.#tick - age + 1);
    this.#codec.writeDelta(
      writer,
      level,
      history.rows(level),
      history.row(slot, this.#tick - age, level),
      history.row(slot, told, level),
      age,
      this.#tick - told,
    );
  }

  #index(key: number): Index {
    const known = this.#indices[key];
    const { capacity } = this.#history.table;
    if (known !== undefined && known.stamps.length >= capacity) return known;
    return (this.#indices[key] = {
      stamps: new Int32Array(capacity).fill(-1),
      offsets: new Int32Array(capacity),
      lengths: new Int32Array(capacity),
    });
  }
}
