import {
  AGE_BITS,
  BitWriter,
  CHANGED,
  type DeltaCache,
  type DetailLevel,
  END,
  GONE,
  HISTORY_TICKS,
  MAX_SNAPSHOT_BYTES,
  NO_MARGIN,
  OTHER_BASELINE,
  OWNED,
  OWNER_BITS,
  type PlayerNumber,
  SEEK,
  SEEK_ORDER,
  type Sequence,
  type SnapshotHeader,
  type Tick,
  WHOLE,
  type WorldHistory,
  bitsFor,
  writeEntity,
  writeHeader,
  writeSymbol,
} from "@tidelock/shared";
import { ClientSlots, FREE, LEAVING, LIVE } from "./client-slots.ts";
import { type PacketEntries, SentPackets } from "./sent-packets.ts";
import { ViewFollower, type VisibleSet } from "./view-follower.ts";

export type { VisibleSet };

/** One of each for all clients: packets are written one after the other, and these stay in the processor's cache. */
const writer = new BitWriter(MAX_SNAPSHOT_BYTES);
const header: SnapshotHeader = {
  sequence: 0,
  tick: 0,
  newestInput: 0,
  margin: NO_MARGIN,
  baselineAge: 0,
  allOwned: false,
  runOrder: 3,
};

/** Where the header says that everything owned is in the packet. */
const ALL_OWNED_BIT = 62;
/** Packets per send tick: past it the rest waits for the next tick, which goes on where this one stopped. */
const MAX_PACKETS = 8;
/** Kept free in every packet for the last run and the end symbol. */
const CLOSING_BITS = 48;

/** What the header tells a client about its inputs. */
export interface InputReport {
  newestInput: number;
  margin: number;
}

/**
 * One client's stream of snapshots: knows what the client has acknowledged and writes, each send tick, what it lacks. Takes
 * the state from the shared history and most bits from the shared cache; per client it only chooses and copies.
 */
export class SnapshotEncoder {
  readonly #history: WorldHistory;
  readonly #cache: DeltaCache;
  readonly #slots: ClientSlots;
  readonly #sent = new SentPackets();
  readonly #typeBits: number;
  #newestAckedTick = -1;
  /** Where the next tick's walk begins while the view does not fit into one packet; -1 while it does. */
  #cursor = -1;
  /** What the packet being written tells, while the view is spread over several. */
  readonly #entries: number[] = [];
  readonly #view: ViewFollower;
  #run = 0;
  #position = 0;
  #surprises = 0;
  /** Entities that had to be sent whole though the client once knew them: their baseline had aged out. */
  baselinesLost = 0;

  constructor(history: WorldHistory, cache: DeltaCache, player: PlayerNumber) {
    this.#history = history;
    this.#cache = cache;
    this.#slots = new ClientSlots(history.tables.length);
    this.#view = new ViewFollower(this.#slots, history, player);
    this.#typeBits = bitsFor(history.tables.length - 1);
  }

  /** Entities the client has or is being told of. */
  get entityCount(): number {
    return this.#slots.used;
  }

  /** Tick of the newest packet that the client has confirmed, or -1. */
  get newestAckedTick(): Tick {
    return this.#newestAckedTick;
  }

  /** Takes the client's acknowledgement. False, and nothing done, when it names packets never sent. */
  acknowledge(newest: Sequence, mask: number): boolean {
    return this.#sent.acknowledge(newest, mask, this.#onAcked);
  }

  readonly #onAcked = (tick: Tick, entries: PacketEntries): void => {
    const slots = this.#slots;
    if (tick > this.#newestAckedTick) this.#newestAckedTick = tick;
    if (entries === undefined) {
      if (tick > slots.ackedAll) slots.ackedAll = tick;
      if (slots.leaving > 0) slots.freeLeft(tick);
      return;
    }
    for (const entry of entries) {
      const slot = entry < 0 ? ~entry : entry;
      if (tick < slots.since[slot]) continue;
      if (entry < 0) {
        if (slots.state[slot] === LEAVING) slots.free(slot);
      } else if (slots.state[slot] === LIVE && tick > slots.acked[slot]) slots.acked[slot] = tick;
    }
  };

  /**
   * Writes this tick's packets, usually one, and hands each to `send`; the bytes are valid during that call only. Call at most
   * once per tick, after the history has recorded it.
   */
  encode(visible: VisibleSet, report: InputReport, send: (frame: Uint8Array) => void): void {
    const { tick } = this.#history;
    header.tick = tick;
    header.newestInput = report.newestInput;
    header.margin = report.margin;
    header.baselineAge = this.#age(this.#newestAckedTick);
    header.runOrder = this.#surprises * 3 > this.#slots.used ? 0 : 3;
    this.#surprises = 0;
    this.#view.follow(visible, tick);
    this.#begin(true);
    if (this.#cursor < 0) {
      if (this.#writeAll(tick)) return this.#finish(send, undefined);
      this.#begin(true);
      this.#cursor = 0;
    }
    this.#writeSplit(send);
  }

  /** Writes the whole view into one packet; false when it does not fit. Nearly every packet of a game goes this way. */
  #writeAll(tick: Tick): boolean {
    const { live, since, state, ackedAll, highWater } = this.#slots;
    const base = tick - header.baselineAge;
    const even = header.baselineAge > 0 && base === ackedAll;
    const young = this.#view.newestEntry > base;
    let kind = -1;
    let surprises: Int32Array | undefined;
    for (let slot = 0; slot < highWater; slot++) {
      const start = slot;
      // The tight loop over what is as predicted: most of all that is ever in view.
      for (; even && slot < highWater; slot++) {
        const place = live[slot];
        if (place < 0 || (young && since[slot] > base)) break;
        if (place >> 24 !== kind || surprises === undefined) {
          kind = place >> 24;
          surprises = this.#history.tables[kind >> 2].surprises((kind & 3) as DetailLevel);
        }
        if (surprises[place & 0xffffff] > base) break;
      }
      if (slot > start) {
        if (start !== this.#position) this.#seek(start);
        this.#run += slot - start;
        this.#position = slot;
      }
      if (slot < highWater && state[slot] !== FREE && !this.#write(slot)) return false;
    }
    return !writer.overflowed;
  }

  /** Spreads the view over packets that stand alone: what the client owns first, then on from where the last tick had to stop. */
  #writeSplit(send: (frame: Uint8Array) => void): void {
    const slots = this.#slots;
    const start = this.#cursor < slots.highWater ? this.#cursor : 0;
    let packets = 1;
    for (let pass = 0; pass < 2; pass++) {
      const owned = pass === 0;
      const from = owned ? 0 : start;
      for (let i = 0; i < slots.highWater; i++) {
        const slot = from + i < slots.highWater ? from + i : from + i - slots.highWater;
        if (slots.state[slot] === FREE || this.#isOwned(slot) !== owned) continue;
        if (this.#write(slot)) {
          this.#entries.push(slots.state[slot] === LIVE ? slot : ~slot);
          continue;
        }
        if (owned) writer.patch(ALL_OWNED_BIT, 0, 1);
        this.#finish(send, Int32Array.from(this.#entries));
        if (packets++ === MAX_PACKETS) {
          this.#cursor = slot;
          return;
        }
        this.#begin(false);
        this.#write(slot);
        this.#entries.push(slots.state[slot] === LIVE ? slot : ~slot);
      }
    }
    this.#finish(send, Int32Array.from(this.#entries));
    this.#cursor = packets > 1 ? 0 : -1;
  }

  #isOwned(slot: number): boolean {
    return (this.#slots.level[slot] & OWNED) !== 0 && this.#slots.state[slot] === LIVE;
  }

  #begin(allOwned: boolean): void {
    header.sequence = this.#sent.next;
    header.allOwned = allOwned;
    writer.reset();
    writeHeader(writer, header);
    this.#run = 0;
    this.#position = 0;
    this.#entries.length = 0;
  }

  #finish(send: (frame: Uint8Array) => void, entries: PacketEntries): void {
    this.#flushRun();
    writeSymbol(writer, END);
    this.#sent.add(header.tick, entries);
    send(writer.bytes());
  }

  /** Adds one slot to the packet; false, and the packet as before, when it does not fit. */
  #write(slot: number): boolean {
    const slots = this.#slots;
    const known = slots.known(slot);
    const age = this.#age(known);
    const level = slots.level[slot] as DetailLevel;
    const live = slots.state[slot] === LIVE;
    const predicted =
      live &&
      age > 0 &&
      this.#history.tables[slots.table[slot]].surprisedAt(slots.entity[slot], level) <= known;
    if (predicted && age === header.baselineAge && slot === this.#position) {
      if (writer.position + CLOSING_BITS > writer.capacityBits) return false;
      this.#run++;
      this.#position++;
      return true;
    }
    const mark = writer.position;
    const run = this.#run;
    const position = this.#position;
    if (slot !== position) this.#seek(slot);
    if (!live) this.#symbol(GONE);
    else if (age === 0) this.#writeWhole(slot, level);
    else if (age === header.baselineAge) {
      if (predicted) this.#run++;
      else {
        this.#symbol(CHANGED);
        this.#cache.append(writer, slots.table[slot], slots.entity[slot], level, age);
      }
    } else {
      this.#symbol(OTHER_BASELINE);
      writer.write(age, AGE_BITS);
      writer.write(predicted ? 0 : 1, 1);
      if (!predicted) this.#cache.append(writer, slots.table[slot], slots.entity[slot], level, age);
    }
    if (writer.overflowed || writer.position + CLOSING_BITS > writer.capacityBits) {
      writer.truncate(mark);
      this.#run = run;
      this.#position = position;
      return false;
    }
    if (!predicted) this.#surprises++;
    this.#position = slot + 1;
    return true;
  }

  #writeWhole(slot: number, level: DetailLevel): void {
    const slots = this.#slots;
    const history = this.#history.tables[slots.table[slot]];
    const entity = slots.entity[slot];
    if (slots.known(slot) >= 0) {
      this.baselinesLost++;
      slots.show(slot, level, header.tick);
    }
    this.#symbol(WHOLE);
    writer.write(slots.table[slot], this.#typeBits);
    writer.write(slots.id[slot], 32);
    writer.write(history.table.owners[entity], OWNER_BITS);
    writer.write(level, 2);
    writeEntity(writer, history.type, level, history.rows(level), history.row(entity, header.tick));
  }

  #seek(slot: number): void {
    this.#symbol(SEEK);
    writer.writeVariable(slot, SEEK_ORDER);
    this.#position = slot;
  }

  #symbol(symbol: number): void {
    this.#flushRun();
    writeSymbol(writer, symbol);
  }

  #flushRun(): void {
    writer.writeVariable(this.#run, header.runOrder);
    this.#run = 0;
  }

  /** Ticks back to a baseline, or 0 when there is none that both sides still hold. */
  #age(acked: Tick): number {
    const age = header.tick - acked;
    return acked >= 0 && age > 0 && age < HISTORY_TICKS ? age : 0;
  }
}
