import {
  type DeltaCache,
  MAX_SNAPSHOT_BYTES,
  type PlayerNumber,
  type Sequence,
  type Tick,
  type WorldHistory,
} from "@tidelock/shared";
import {
  ACKED_ALL,
  ClientBlock,
  CROWDED,
  FIRST_IN_FLIGHT,
  FREE,
  HIGH_WATER,
  NEWEST_ACKED_TICK,
  SENT_BASIS,
  SENT_TICK,
  SERIAL,
  SURPRISES,
  UNSETTLED,
  USED,
} from "./client-block.ts";
import { ClientPool } from "./client-pool.ts";
import { ClientSlots, entityOf, kindOf, levelOf, tableOf, type TellingOutcome } from "./client-slots.ts";
import { type InputReport, PacketWriter } from "./packet-writer.ts";
import { LEAVE_OUT, MUST, PacketChooser, PASS, STRETCH_BITS } from "./packet-chooser.ts";
import { SentPackets } from "./sent-packets.ts";
import { SlotWriter } from "./slot-writer.ts";
import { SurprisedSlots } from "./surprised-slots.ts";
import { ToldReport } from "./told-report.ts";
import { ViewFollower, type VisibleSet } from "./view-follower.ts";

/** Packets per send tick, however much may be sent. */
const MAX_PACKETS = 8;
/** Not worth a further packet. */
const MIN_FURTHER_BYTES = 256;

/** One surprise in so many entities in view is few: finding one costs as much as passing so many. */
const FEW = 6;

/** Before every tick: nothing is known. */
const NEVER = -1;
const NO_TICKS: Int32Array = new Int32Array(0);

const writers = new WeakMap<DeltaCache, SnapshotWriter>();

/**
 * Writes the snapshots of all clients of a room, one client after the other: the one whose block is open. Takes the state from the
 * room's history and most bits from its cache; per client it only chooses and copies.
 */
export class SnapshotWriter {
  readonly pool = new ClientPool();
  readonly client = new ClientBlock(this.pool);
  readonly #history: WorldHistory;
  readonly #slots = new ClientSlots(this.client);
  readonly sent: SentPackets;
  readonly #view: ViewFollower;
  readonly #packet = new PacketWriter();
  readonly #writer: SlotWriter;
  readonly #surprised: SurprisedSlots;
  readonly #chooser: PacketChooser;
  readonly report: ToldReport;
  /** Of the prepared view. */
  #visible: VisibleSet = { count: 0, tables: new Uint8Array(0), slots: new Int32Array(0) };

  /** The one writer of all clients who share a history and its cache. */
  static of(history: WorldHistory, cache: DeltaCache): SnapshotWriter {
    let writer = writers.get(cache);
    if (writer === undefined) writers.set(cache, (writer = new SnapshotWriter(history, cache)));
    return writer;
  }

  constructor(history: WorldHistory, cache: DeltaCache) {
    this.#history = history;
    this.sent = new SentPackets(this.client, (tick, sequence, isPart) => this.#acked(tick, sequence, isPart));
    this.#view = new ViewFollower(this.client, this.#slots, history);
    this.#writer = new SlotWriter(this.client, this.#slots, this.#packet, history, cache);
    this.#surprised = new SurprisedSlots(this.client, this.#slots, history);
    this.report = new ToldReport(this.client, this.#slots, history);
    this.#chooser = new PacketChooser(this.client, this.#slots, this.#writer, history);
  }

  /** Opens a block for a new client. */
  begin(player: PlayerNumber): void {
    this.client.begin(player);
  }

  /** Gives the open client's memory back. */
  end(): void {
    this.client.end();
  }

  acknowledge(newest: Sequence, mask: number): boolean {
    const { words, base } = this.client;
    if (!this.sent.acknowledge(newest, mask)) return false;
    if (words[base + FIRST_IN_FLIGHT] !== 0) this.#slots.answer(this.#outcome);
    return true;
  }

  readonly #outcome = (sequence: Sequence, tick: Tick): TellingOutcome => this.sent.outcome(sequence, tick);

  #acked(tick: Tick, sequence: Sequence, isPart: boolean): void {
    const { words, base } = this.client;
    if (tick > words[base + NEWEST_ACKED_TICK]) words[base + NEWEST_ACKED_TICK] = tick;
    if (isPart) this.#slots.ackPart(tick, sequence);
    else this.#slots.ackAll(tick);
  }

  /** Prepares the open client's packets of this tick: what it sees, and what their headers say. Its block may move. */
  prepare(visible: VisibleSet, report: InputReport): void {
    const { tick } = this.#history;
    const { header } = this.#packet;
    const { words, base } = this.client;
    header.tick = tick;
    header.newestInput = report.newestInput;
    header.margin = report.margin;
    header.baselineAge = this.#writer.age(words[base + NEWEST_ACKED_TICK]);
    header.runOrder = words[base + SURPRISES] * 3 > words[base + USED] ? 0 : 3;
    words[base + SURPRISES] = 0;
    this.#visible = visible;
    this.#view.follow(visible, tick);
  }

  /**
   * Writes the prepared packets, at most `budgetBytes` of them, and hands each to `send`, who may acknowledge at once. One packet
   * unless the client has to be told of what it does not know.
   */
  write(send: (frame: Uint8Array) => void, budgetBytes: number): void {
    const { words, base } = this.client;
    this.#begin(true, budgetBytes);
    const fits = this.#writeAll();
    words[base + SENT_BASIS] = words[base + ACKED_ALL];
    if (fits) {
      words[base + CROWDED] = 0;
      this.#finish(send, false);
    } else this.#writeParts(send, budgetBytes);
  }

  /** Writes the whole view into one packet; false when it does not fit. Nearly every packet of a game goes this way. */
  #writeAll(): boolean {
    const { words, base, places } = this.client;
    const packet = this.#packet;
    const { baselineAge, tick } = packet.header;
    const highWater = words[base + HIGH_WATER];
    const ackedAll = words[base + ACKED_ALL];
    // The client has all that is settled as of a packet that held all; then nothing of a slot but its place has to be read.
    const usable = this.#writer.age(ackedAll) > 0;
    const even = baselineAge > 0 && tick - baselineAge === ackedAll;
    if (usable && words[base + UNSETTLED] === 0) {
      const surprises = this.#history.countSince(ackedAll + 1);
      if (surprises * FEW < highWater) return this.#writeSurprised(even);
    }
    for (let slot = 0; slot < highWater; slot++) {
      const start = slot;
      slot = this.#passable(slot, highWater, usable ? ackedAll : NEVER);
      if (slot > start) {
        packet.seek(start);
        packet.run += slot - start;
        packet.slot = slot;
      }
      if (slot === highWater) break;
      const place = words[places + slot];
      if (even && place >= 0) {
        packet.seek(slot);
        this.#writer.change(place, baselineAge);
        packet.slot = slot + 1;
        words[base + SURPRISES]++;
        if (!packet.fits) return false;
      } else if (!this.#writer.write(slot)) return false;
      else this.#slots.settle(slot);
    }
    return packet.fits;
  }

  /**
   * The first slot from `slot` on that a run may not pass, of a client that knows what is settled as of the tick `known`. The tight
   * loop over most of all that is ever in view, by itself so that the compiler keeps it small.
   */
  #passable(slot: number, highWater: number, known: Tick): number {
    const { words, places } = this.client;
    let kind = -1;
    let surprises = NO_TICKS;
    for (; slot < highWater; slot++) {
      const place = words[places + slot];
      if (place < 0) {
        // Of a free slot the client has nothing.
        if (place === FREE) continue;
        break;
      }
      if (kindOf(place) !== kind) {
        kind = kindOf(place);
        surprises = this.#history.tables[tableOf(place)].surprises(levelOf(place));
      }
      if (surprises[entityOf(place)] > known) break;
    }
    return slot;
  }

  /** Does as `#writeAll` where nobody comes or goes and few surprise: looks at these instead of at everybody. */
  #writeSurprised(even: boolean): boolean {
    const { words, base, places } = this.client;
    const packet = this.#packet;
    const highWater = words[base + HIGH_WATER];
    const surprised = this.#surprised.find(words[base + ACKED_ALL]);
    for (let i = 0; i < surprised; i++) {
      const slot = this.#surprised.slots[i];
      packet.run += slot - packet.slot;
      packet.slot = slot;
      if (!even) {
        if (!this.#writer.write(slot)) return false;
        continue;
      }
      this.#writer.change(words[places + slot], packet.header.baselineAge);
      packet.slot++;
      words[base + SURPRISES]++;
      if (!packet.fits) return false;
    }
    packet.run += highWater - packet.slot;
    packet.slot = highWater;
    return packet.fits;
  }

  /** Tells what matters most of a view that does not fit; then, as far as the budget goes, of what the client does not know at all. */
  #writeParts(send: (frame: Uint8Array) => void, budgetBytes: number): void {
    const { words, base } = this.client;
    const serial = words[base + SERIAL];
    this.#chooser.begin(this.#visible);
    for (let packets = 0; packets < MAX_PACKETS; packets++) {
      const isFirst = packets === 0;
      const left = budgetBytes - packets * MAX_SNAPSHOT_BYTES;
      if (!isFirst && left < MIN_FURTHER_BYTES) return;
      this.#begin(isFirst, left);
      const written = this.#writeChosen(isFirst);
      if (!isFirst && written === 0) return;
      this.#finish(send, true);
      // Whoever takes a packet may also end the client, whose block is then another one's.
      if (words[base + SERIAL] !== serial) return;
    }
  }

  /** Writes what is chosen, in the order of the slots; returns how many of them. */
  #writeChosen(isFirst: boolean): number {
    const { words, base, places } = this.client;
    const packet = this.#packet;
    const chooser = this.#chooser;
    const { tick, sequence } = packet.header;
    const highWater = words[base + HIGH_WATER];
    chooser.choose(tick, packet.spareBits, isFirst);
    let { reserved } = chooser;
    packet.heldBits = chooser.held;
    let written = 0;
    let last = MUST;
    for (let slot = 0; slot < highWater; slot++) {
      const verdict = chooser.verdicts[slot];
      if (verdict === PASS && last !== PASS) reserved -= STRETCH_BITS;
      last = verdict;
      if (words[places + slot] === FREE) {
        // A run that goes on may pass it; nothing has to.
        if (packet.slot === slot) this.#writer.write(slot);
        continue;
      }
      const expected = chooser.bits[slot];
      const start = packet.bits.position;
      const isSure = verdict > chooser.threshold && verdict < LEAVE_OUT;
      if (isSure) reserved -= expected;
      else if (verdict === MUST) packet.heldBits -= expected;
      const isWanted =
        isSure ||
        verdict === PASS ||
        verdict === MUST ||
        (verdict === chooser.threshold && reserved + expected <= packet.spareBits);
      const told = isWanted && this.#writer.write(slot);
      this.#slots.told.set(slot, sequence, told);
      if (told) {
        chooser.told(slot, tick, packet.bits.position - start);
        written++;
      } else if (this.#slots.isOwned(slot)) packet.ownedElsewhere();
    }
    chooser.end();
    return written;
  }

  #begin(allOwned: boolean, budgetBytes: number): void {
    const { header } = this.#packet;
    header.sequence = this.sent.next;
    header.allOwned = allOwned;
    this.#packet.limitBytes = Math.min(budgetBytes, MAX_SNAPSHOT_BYTES);
    this.#packet.begin();
    this.#writer.begin();
  }

  /** Ends the packet and hands it over. */
  #finish(send: (frame: Uint8Array) => void, isPart: boolean): void {
    const frame = this.#packet.end();
    const { tick } = this.#packet.header;
    const { words, base } = this.client;
    this.sent.add(tick, isPart);
    words[base + SENT_TICK] = tick;
    this.#writer.end();
    send(frame);
    // Whoever takes the packet may have turned to another client.
    if (this.client.base !== base || this.client.words !== words) this.client.open(words, base);
  }
}
