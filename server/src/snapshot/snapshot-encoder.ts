import {
  AGE_BITS,
  BitWriter,
  CHANGED,
  DETAIL_LEVELS,
  type DeltaCache,
  type DetailLevel,
  END,
  GONE,
  HISTORY_TICKS,
  levelFor,
  MAX_SLOTS,
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
import { type SentPacket, SentPackets } from "./sent-packets.ts";

/** Where the header says that everything owned is in the packet. */
const ALL_OWNED_BIT = 62;
/** Packets per send tick: past it the rest waits for the next tick, which goes on where this one stopped. */
const MAX_PACKETS = 8;
/** Kept free in every packet for the last run and the end symbol. */
const CLOSING_BITS = 48;

/** The entities a client may see this tick: parallel lists of table index and slot in that table. */
export interface VisibleSet {
  count: number;
  tables: Uint8Array;
  slots: Int32Array;
}

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
  readonly #player: PlayerNumber;
  readonly #slots: ClientSlots;
  readonly #sent = new SentPackets();
  readonly #writer = new BitWriter(MAX_SNAPSHOT_BYTES);
  readonly #header: SnapshotHeader = {
    sequence: 0,
    tick: 0,
    newestInput: 0,
    margin: NO_MARGIN,
    baselineAge: 0,
    allOwned: false,
    runOrder: 3,
  };
  readonly #typeBits: number;
  #newestAckedTick = -1;
  /** Where the next tick's walk begins while the view does not fit into one packet; -1 while it does. */
  #cursor = -1;
  readonly #surpriseTicks: Int32Array[] = [];
  #packet: SentPacket | undefined;
  #run = 0;
  #position = 0;
  #surprises = 0;
  /** Entities that had to be sent whole though the client once knew them: their baseline had aged out. */
  baselinesLost = 0;

  constructor(history: WorldHistory, cache: DeltaCache, player: PlayerNumber) {
    this.#history = history;
    this.#cache = cache;
    this.#player = player;
    this.#slots = new ClientSlots(history.tables.length);
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

  readonly #onAcked = (packet: SentPacket): void => {
    const slots = this.#slots;
    if (packet.tick > this.#newestAckedTick) this.#newestAckedTick = packet.tick;
    if (packet.complete) {
      if (packet.tick > slots.ackedAll) slots.ackedAll = packet.tick;
      for (let slot = 0; slots.leaving > 0 && slot < slots.highWater; slot++)
        if (slots.state[slot] === LEAVING && packet.tick >= slots.since[slot]) slots.free(slot);
      return;
    }
    for (let i = 0; i < packet.count; i++) {
      const entry = packet.entries[i];
      const slot = entry < 0 ? ~entry : entry;
      if (packet.tick < slots.since[slot]) continue;
      if (entry < 0) {
        if (slots.state[slot] === LEAVING) slots.free(slot);
      } else if (slots.state[slot] === LIVE && packet.tick > slots.acked[slot])
        slots.acked[slot] = packet.tick;
    }
  };

  /**
   * Writes this tick's packets, usually one, and hands each to `send`; the bytes are valid during that call only. Call at most
   * once per tick, after the history has recorded it.
   */
  encode(visible: VisibleSet, report: InputReport, send: (frame: Uint8Array) => void): void {
    const { tick } = this.#history;
    const header = this.#header;
    header.tick = tick;
    header.newestInput = report.newestInput;
    header.margin = report.margin;
    header.baselineAge = this.#age(this.#newestAckedTick);
    header.runOrder = this.#surprises * 3 > this.#slots.used ? 0 : 3;
    this.#surprises = 0;
    this.#follow(visible, tick);
    if (this.#cursor < 0) {
      this.#begin(true);
      if (this.#writeAll(tick)) {
        this.#packet!.complete = true;
        return this.#finish(send);
      }
      this.#reopen();
      this.#cursor = 0;
    } else this.#begin(true);
    this.#writeSplit(send);
  }

  /** Writes the whole view into one packet; false when it does not fit. Nearly every packet of a game goes this way. */
  #writeAll(tick: Tick): boolean {
    const slots = this.#slots;
    const { state, table, level, entity, acked, since, ackedAll, highWater } = slots;
    const base = this.#header.baselineAge > 0 ? tick - this.#header.baselineAge : -2;
    const surprises = this.#surprisesByTable();
    for (let slot = 0; slot < highWater; slot++) {
      if (state[slot] === LIVE) {
        const known = ackedAll > acked[slot] && since[slot] <= ackedAll ? ackedAll : acked[slot];
        if (
          known === base &&
          slot === this.#position &&
          surprises[(table[slot] << 2) | level[slot]][entity[slot]] <= base
        ) {
          this.#run++;
          this.#position++;
          continue;
        }
      } else if (state[slot] === FREE) continue;
      if (!this.#write(slot)) return false;
    }
    return true;
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
          this.#packet!.push(slots.state[slot] === LIVE ? slot : ~slot);
          continue;
        }
        if (owned) this.#writer.patch(ALL_OWNED_BIT, 0, 1);
        this.#finish(send);
        if (packets++ === MAX_PACKETS) {
          this.#cursor = slot;
          return;
        }
        this.#begin(false);
        this.#write(slot);
        this.#packet!.push(slots.state[slot] === LIVE ? slot : ~slot);
      }
    }
    this.#finish(send);
    this.#cursor = packets > 1 ? 0 : -1;
  }

  #isOwned(slot: number): boolean {
    return (this.#slots.level[slot] & OWNED) !== 0 && this.#slots.state[slot] === LIVE;
  }

  /** The histories' surprise ticks, by table and level. */
  #surprisesByTable(): readonly Int32Array[] {
    const { tables } = this.#history;
    for (let t = 0; t < tables.length; t++)
      for (let level = 0; level < DETAIL_LEVELS; level++)
        this.#surpriseTicks[(t << 2) | level] = tables[t].surprises(level as DetailLevel);
    return this.#surpriseTicks;
  }

  /** Brings the slots up to the client's present view. */
  #follow(visible: VisibleSet, tick: Tick): void {
    const slots = this.#slots;
    const { slotOf } = slots;
    const { tables } = this.#history;
    for (let i = 0; i < visible.count; i++) {
      const tableIndex = visible.tables[i];
      const { table } = tables[tableIndex];
      const entity = visible.slots[i];
      const known = slotOf[tableIndex];
      const slot = entity < known.length ? known[entity] - 1 : -1;
      if (slot >= 0 && slots.state[slot] === LIVE && slots.id[slot] === table.ids[entity])
        slots.seen[slot] = tick;
      else this.#enter(tableIndex, entity, tick);
    }
    for (let slot = 0; slot < slots.highWater; slot++)
      if (slots.seen[slot] !== tick && slots.state[slot] === LIVE) slots.leave(slot, tick);
  }

  /** An entity comes into view. Its owner and its kind never change, so neither does its level while it is there. */
  #enter(tableIndex: number, entity: number, tick: Tick): void {
    const slots = this.#slots;
    const { table } = this.#history.tables[tableIndex];
    let slot = slots.find(tableIndex, entity, table.ids[entity]);
    if (slot < 0) {
      if (slots.used >= MAX_SLOTS) return;
      slot = slots.take(tableIndex, entity, table.ids[entity]);
    }
    slots.show(slot, levelFor(table.type, table.owners[entity], this.#player), tick);
    slots.seen[slot] = tick;
  }

  #begin(allOwned: boolean): void {
    this.#packet = this.#sent.begin(this.#header.tick);
    this.#header.sequence = this.#packet.sequence;
    this.#header.allOwned = allOwned;
    this.#reopen();
  }

  /** Starts the present packet's contents anew. */
  #reopen(): void {
    const writer = this.#writer;
    writer.reset();
    writeHeader(writer, this.#header);
    this.#run = 0;
    this.#position = 0;
  }

  #finish(send: (frame: Uint8Array) => void): void {
    this.#flushRun();
    writeSymbol(this.#writer, END);
    send(this.#writer.bytes());
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
    if (predicted && age === this.#header.baselineAge && slot === this.#position) {
      if (this.#writer.position + CLOSING_BITS > this.#writer.capacityBits) return false;
      this.#run++;
      this.#position++;
      return true;
    }
    const mark = this.#writer.position;
    const run = this.#run;
    const position = this.#position;
    if (slot !== position) this.#seek(slot);
    if (!live) this.#symbol(GONE);
    else if (age === 0) this.#writeWhole(slot, level);
    else if (age === this.#header.baselineAge) {
      if (predicted) this.#run++;
      else {
        this.#symbol(CHANGED);
        this.#cache.append(this.#writer, slots.table[slot], slots.entity[slot], level, age);
      }
    } else {
      this.#symbol(OTHER_BASELINE);
      this.#writer.write(age, AGE_BITS);
      this.#writer.write(predicted ? 0 : 1, 1);
      if (!predicted) this.#cache.append(this.#writer, slots.table[slot], slots.entity[slot], level, age);
    }
    if (this.#writer.overflowed || this.#writer.position + CLOSING_BITS > this.#writer.capacityBits) {
      this.#writer.truncate(mark);
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
    const writer = this.#writer;
    const history = this.#history.tables[slots.table[slot]];
    const entity = slots.entity[slot];
    if (slots.known(slot) >= 0) {
      this.baselinesLost++;
      slots.show(slot, level, this.#header.tick);
    }
    this.#symbol(WHOLE);
    writer.write(slots.table[slot], this.#typeBits);
    writer.write(slots.id[slot], 32);
    writer.write(history.table.owners[entity], OWNER_BITS);
    writer.write(level, 2);
    writeEntity(writer, history.type, level, history.rows(level), history.row(entity, this.#header.tick));
  }

  #seek(slot: number): void {
    this.#symbol(SEEK);
    this.#writer.writeVariable(slot, SEEK_ORDER);
    this.#position = slot;
  }

  #symbol(symbol: number): void {
    this.#flushRun();
    writeSymbol(this.#writer, symbol);
  }

  #flushRun(): void {
    this.#writer.writeVariable(this.#run, this.#header.runOrder);
    this.#run = 0;
  }

  /** Ticks back to a baseline, or 0 when there is none that both sides still hold. */
  #age(acked: Tick): number {
    const age = this.#header.tick - acked;
    return acked >= 0 && age > 0 && age < HISTORY_TICKS ? age : 0;
  }
}
