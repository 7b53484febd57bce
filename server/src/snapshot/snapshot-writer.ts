import {
  AGE_BITS,
  CHANGED,
  type DeltaCache,
  type DetailLevel,
  GONE,
  HISTORY_TICKS,
  OTHER_BASELINE,
  OWNED,
  OWNER_BITS,
  type PlayerNumber,
  type Sequence,
  type Tick,
  WHOLE,
  type WorldHistory,
  bitsFor,
  writeEntity,
} from "@tidelock/shared";
import {
  ACKED_ALL,
  BASELINES_LOST,
  ClientBlock,
  CURSOR,
  FREE,
  HIGH_WATER,
  ID,
  NEWEST_ACKED_TICK,
  PLACE,
  ROW,
  SURPRISES,
  USED,
} from "./client-block.ts";
import { ClientPool } from "./client-pool.ts";
import { ClientSlots, entityOf, kindOf } from "./client-slots.ts";
import { PacketWriter } from "./packet-writer.ts";
import { type PacketEntries, SentPackets } from "./sent-packets.ts";
import { ViewFollower, type VisibleSet } from "./view-follower.ts";

/** Packets per send tick: past it the rest waits for the next tick, which goes on where this one stopped. */
const MAX_PACKETS = 8;

const writers = new WeakMap<DeltaCache, SnapshotWriter>();

/** What the header tells a client about its inputs. */
export interface InputReport {
  newestInput: number;
  margin: number;
}

/**
 * Writes the snapshots of all clients of a room, one client after the other: the one whose block is open. Takes the state from the
 * room's history and most bits from its cache; per client it only chooses and copies.
 */
export class SnapshotWriter {
  readonly pool = new ClientPool();
  readonly client = new ClientBlock(this.pool);
  readonly #history: WorldHistory;
  readonly #cache: DeltaCache;
  readonly #slots = new ClientSlots(this.client);
  readonly #sent: SentPackets;
  readonly #view: ViewFollower;
  readonly #packet = new PacketWriter();
  readonly #typeBits: number;
  /** What the packet being written tells, while the view is spread over several. */
  readonly #entries: number[] = [];

  /** The one writer of all clients who share a history and its cache. */
  static of(history: WorldHistory, cache: DeltaCache): SnapshotWriter {
    let writer = writers.get(cache);
    if (writer === undefined) writers.set(cache, (writer = new SnapshotWriter(history, cache)));
    return writer;
  }

  constructor(history: WorldHistory, cache: DeltaCache) {
    this.#history = history;
    this.#cache = cache;
    this.#sent = new SentPackets(this.client, (tick, entries) => this.#acked(tick, entries));
    this.#view = new ViewFollower(this.client, this.#slots, history);
    this.#typeBits = bitsFor(history.tables.length - 1);
  }

  /** Opens a block for a new client. */
  begin(player: PlayerNumber): void {
    this.client.begin(player);
  }

  /** Gives the open client's memory back. */
  end(): void {
    this.#sent.end();
    this.client.end();
  }

  acknowledge(newest: Sequence, mask: number): boolean {
    return this.#sent.acknowledge(newest, mask);
  }

  #acked(tick: Tick, entries: PacketEntries): void {
    const { words, base } = this.client;
    if (tick > words[base + NEWEST_ACKED_TICK]) words[base + NEWEST_ACKED_TICK] = tick;
    if (entries === undefined) this.#slots.ackAll(tick);
    else this.#slots.ackPart(tick, entries);
  }

  /** Prepares the open client's packets of this tick: what it sees, and what their headers say. Its block may move. */
  prepare(visible: VisibleSet, report: InputReport): void {
    const { tick } = this.#history;
    const { header } = this.#packet;
    const { words, base } = this.client;
    header.tick = tick;
    header.newestInput = report.newestInput;
    header.margin = report.margin;
    header.baselineAge = this.#age(words[base + NEWEST_ACKED_TICK]);
    header.runOrder = words[base + SURPRISES] * 3 > words[base + USED] ? 0 : 3;
    words[base + SURPRISES] = 0;
    this.#view.follow(visible, tick);
  }

  /** Writes the prepared packets and hands each to `send`, who may acknowledge at once. */
  write(send: (frame: Uint8Array) => void): void {
    const { words, base } = this.client;
    this.#begin(true);
    if (words[base + CURSOR] < 0) {
      if (this.#writeAll()) return this.#finish(send, undefined);
      this.#begin(true);
      words[base + CURSOR] = 0;
    }
    this.#writeSplit(send);
  }

  /** Writes the whole view into one packet; false when it does not fit. Nearly every packet of a game goes this way. */
  #writeAll(): boolean {
    const { words, base, places } = this.client;
    const packet = this.#packet;
    const { baselineAge, tick } = packet.header;
    const baseline = tick - baselineAge;
    const highWater = words[base + HIGH_WATER];
    // Then the client has all that is settled as of the packet's baseline, and nothing of a slot but its place has to be read.
    const even = baselineAge > 0 && baseline === words[base + ACKED_ALL];
    let kind = -1;
    let surprises: Int32Array | undefined;
    for (let slot = 0; slot < highWater; slot++) {
      const start = slot;
      let place = FREE;
      // The tight loop over what is as predicted: most of all that is ever in view.
      for (; slot < highWater; slot++) {
        place = words[places + slot];
        if (place < 0 || !even) break;
        if (kindOf(place) !== kind || surprises === undefined) {
          kind = kindOf(place);
          surprises = this.#history.tables[kind >> 2].surprises((kind & 3) as DetailLevel);
        }
        if (surprises[entityOf(place)] > baseline) break;
      }
      if (slot > start) {
        packet.seek(start);
        packet.run += slot - start;
        packet.slot = slot;
      }
      if (slot === highWater || place === FREE) continue;
      if (even && place >= 0) {
        packet.seek(slot);
        this.#writeChange(place, baselineAge);
        packet.slot = slot + 1;
        words[base + SURPRISES]++;
        if (!packet.fits) return false;
      } else if (!this.#write(slot)) return false;
      else this.#slots.settle(slot);
    }
    return !packet.bits.overflowed;
  }

  /** Spreads the view over packets that stand alone: what the client owns first, then on from where the last tick had to stop. */
  #writeSplit(send: (frame: Uint8Array) => void): void {
    const { words, base, places } = this.client;
    const highWater = words[base + HIGH_WATER];
    const start = words[base + CURSOR] < highWater ? words[base + CURSOR] : 0;
    let packets = 1;
    for (let pass = 0; pass < 2; pass++) {
      const owned = pass === 0;
      const from = owned ? 0 : start;
      for (let i = 0; i < highWater; i++) {
        const slot = from + i < highWater ? from + i : from + i - highWater;
        if (words[places + slot] === FREE || this.#isOwned(slot) !== owned) continue;
        if (this.#write(slot)) {
          this.#entries.push(this.#slots.isLive(slot) ? slot : ~slot);
          continue;
        }
        if (owned) this.#packet.ownedElsewhere();
        this.#finish(send, Int32Array.from(this.#entries));
        if (packets++ === MAX_PACKETS) {
          words[base + CURSOR] = slot;
          return;
        }
        this.#begin(false);
        this.#write(slot);
        this.#entries.push(this.#slots.isLive(slot) ? slot : ~slot);
      }
    }
    this.#finish(send, Int32Array.from(this.#entries));
    words[base + CURSOR] = packets > 1 ? 0 : -1;
  }

  #isOwned(slot: number): boolean {
    const { words, rows } = this.client;
    return (kindOf(words[rows + slot * ROW + PLACE]) & OWNED) !== 0 && this.#slots.isLive(slot);
  }

  #begin(allOwned: boolean): void {
    const { header } = this.#packet;
    header.sequence = this.#sent.next;
    header.allOwned = allOwned;
    this.#packet.begin();
    this.#entries.length = 0;
  }

  #finish(send: (frame: Uint8Array) => void, entries: PacketEntries): void {
    const frame = this.#packet.end();
    this.#sent.add(this.#packet.header.tick, entries);
    const { words, base } = this.client;
    send(frame);
    // Whoever takes the packet may have turned to another client.
    if (this.client.base !== base || this.client.words !== words) this.client.open(words, base);
  }

  /** Adds one slot to the packet; false, and the packet as before, when it does not fit. */
  #write(slot: number): boolean {
    const { words, base, rows } = this.client;
    const packet = this.#packet;
    const place = words[rows + slot * ROW + PLACE];
    const kind = kindOf(place);
    const known = this.#slots.known(slot);
    const age = this.#age(known);
    const live = this.#slots.isLive(slot);
    const history = this.#history.tables[kind >> 2];
    const predicted =
      live && age > 0 && history.surprisedAt(entityOf(place), (kind & 3) as DetailLevel) <= known;
    if (predicted && age === packet.header.baselineAge && slot === packet.slot) {
      if (!packet.fits) return false;
      packet.run++;
      packet.slot++;
      return true;
    }
    packet.mark();
    packet.seek(slot);
    if (!live) packet.symbol(GONE);
    else if (age === 0) this.#writeWhole(slot);
    else if (age === packet.header.baselineAge) {
      if (predicted) packet.run++;
      else this.#writeChange(place, age);
    } else {
      packet.symbol(OTHER_BASELINE);
      packet.bits.write(age, AGE_BITS);
      packet.bits.write(predicted ? 0 : 1, 1);
      if (!predicted)
        this.#cache.append(packet.bits, kind >> 2, entityOf(place), (kind & 3) as DetailLevel, age);
    }
    if (!packet.fits) {
      packet.takeBack();
      return false;
    }
    if (!predicted) words[base + SURPRISES]++;
    packet.slot = slot + 1;
    return true;
  }

  #writeChange(place: number, age: number): void {
    const kind = kindOf(place);
    this.#packet.symbol(CHANGED);
    this.#cache.append(this.#packet.bits, kind >> 2, entityOf(place), (kind & 3) as DetailLevel, age);
  }

  #writeWhole(slot: number): void {
    const { words, base, rows } = this.client;
    const { bits, header } = this.#packet;
    const kind = kindOf(words[rows + slot * ROW + PLACE]);
    const entity = entityOf(words[rows + slot * ROW + PLACE]);
    const level = (kind & 3) as DetailLevel;
    const history = this.#history.tables[kind >> 2];
    if (this.#slots.known(slot) >= 0) {
      words[base + BASELINES_LOST]++;
      this.#slots.show(slot, level, header.tick);
    }
    this.#packet.symbol(WHOLE);
    bits.write(kind >> 2, this.#typeBits);
    bits.write(words[rows + slot * ROW + ID], 32);
    bits.write(history.table.owners[entity], OWNER_BITS);
    bits.write(level, 2);
    writeEntity(bits, history.type, level, history.rows(level), history.row(entity, header.tick));
  }

  /** Ticks back to a baseline, or 0 when there is none that both sides still hold. */
  #age(acked: Tick): number {
    const age = this.#history.tick - acked;
    return acked >= 0 && age > 0 && age < HISTORY_TICKS ? age : 0;
  }
}
