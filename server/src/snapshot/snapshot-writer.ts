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
  CURSOR,
  FIRST_IN_FLIGHT,
  FREE,
  HIGH_WATER,
  NEWEST_ACKED_TICK,
  SERIAL,
  SURPRISES,
  USED,
} from "./client-block.ts";
import { ClientPool } from "./client-pool.ts";
import { ClientSlots, entityOf, kindOf, levelOf, tableOf, type TellingOutcome } from "./client-slots.ts";
import { type InputReport, PacketWriter } from "./packet-writer.ts";
import { type PacketEntries, SentPackets } from "./sent-packets.ts";
import { SlotWriter } from "./slot-writer.ts";
import { ViewFollower, type VisibleSet } from "./view-follower.ts";

/** Packets per send tick: past it the rest waits for the next tick, which goes on where this one stopped. */
const MAX_PACKETS = 8;

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
  #packets = MAX_PACKETS;
  readonly #writer: SlotWriter;
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
    this.sent = new SentPackets(this.client, (tick, entries) => this.#acked(tick, entries));
    this.#view = new ViewFollower(this.client, this.#slots, history);
    this.#writer = new SlotWriter(this.client, this.#slots, this.#packet, history, cache);
  }

  /** Opens a block for a new client. */
  begin(player: PlayerNumber): void {
    this.client.begin(player);
  }

  /** Gives the open client's memory back. */
  end(): void {
    this.sent.end();
    this.client.end();
  }

  acknowledge(newest: Sequence, mask: number): boolean {
    const { words, base } = this.client;
    if (!this.sent.acknowledge(newest, mask)) return false;
    if (words[base + FIRST_IN_FLIGHT] !== 0) this.#slots.answer(this.#outcome);
    return true;
  }

  readonly #outcome = (sequence: Sequence, tick: Tick): TellingOutcome => this.sent.outcome(sequence, tick);

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
    header.baselineAge = this.#writer.age(words[base + NEWEST_ACKED_TICK]);
    header.runOrder = words[base + SURPRISES] * 3 > words[base + USED] ? 0 : 3;
    words[base + SURPRISES] = 0;
    this.#view.follow(visible, tick);
  }

  /** Writes the prepared packets and hands each to `send`, who may acknowledge at once. */
  write(send: (frame: Uint8Array) => void, budgetBytes?: number): void {
    this.#packet.budgetBits = (budgetBytes ?? MAX_SNAPSHOT_BYTES) * 8;
    this.#packets = budgetBytes === undefined ? MAX_PACKETS : 1;
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
    const highWater = words[base + HIGH_WATER];
    const ackedAll = words[base + ACKED_ALL];
    // The client has all that is settled as of a packet that held all; then nothing of a slot but its place has to be read.
    const usable = this.#writer.age(ackedAll) > 0;
    const even = baselineAge > 0 && tick - baselineAge === ackedAll;
    let kind = -1;
    let surprises: Int32Array | undefined;
    for (let slot = 0; slot < highWater; slot++) {
      const start = slot;
      let place = FREE;
      // The tight loop over what is as predicted: most of all that is ever in view.
      for (; slot < highWater; slot++) {
        place = words[places + slot];
        // Of a free slot the client has nothing, so a run may pass it.
        if (place === FREE) continue;
        if (place < 0 || !usable) break;
        if (kindOf(place) !== kind || surprises === undefined) {
          kind = kindOf(place);
          surprises = this.#history.tables[tableOf(place)].surprises(levelOf(place));
        }
        if (surprises[entityOf(place)] > ackedAll) break;
      }
      if (slot > start) {
        packet.seek(start);
        packet.run += slot - start;
        packet.slot = slot;
      }
      if (slot === highWater) break;
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

  /** Spreads the view over packets that stand alone: what the client owns first, then on from where the last tick had to stop. */
  #writeSplit(send: (frame: Uint8Array) => void): void {
    const { words, base, places } = this.client;
    const highWater = words[base + HIGH_WATER];
    const start = words[base + CURSOR] < highWater ? words[base + CURSOR] : 0;
    const serial = words[base + SERIAL];
    let packets = 1;
    for (let pass = 0; pass < 2; pass++) {
      const owned = pass === 0;
      const from = owned ? 0 : start;
      for (let i = 0; i < highWater; i++) {
        const slot = from + i < highWater ? from + i : from + i - highWater;
        if (words[places + slot] === FREE || this.#slots.isOwned(slot) !== owned) continue;
        if (this.#writer.write(slot)) {
          this.#entries.push(this.#slots.isLive(slot) ? slot : ~slot);
          continue;
        }
        if (owned) this.#packet.ownedElsewhere();
        words[base + CURSOR] = slot;
        this.#finish(send, Int32Array.from(this.#entries));
        // Whoever takes a packet may also end the client, whose block is then another one's.
        if (packets++ === this.#packets || words[base + SERIAL] !== serial) return;
        this.#begin(false);
        this.#writer.write(slot);
        this.#entries.push(this.#slots.isLive(slot) ? slot : ~slot);
      }
    }
    words[base + CURSOR] = packets > 1 ? 0 : -1;
    this.#finish(send, Int32Array.from(this.#entries));
  }

  #begin(allOwned: boolean): void {
    const { header } = this.#packet;
    header.sequence = this.sent.next;
    header.allOwned = allOwned;
    this.#packet.begin();
    this.#writer.begin();
    this.#entries.length = 0;
  }

  #finish(send: (frame: Uint8Array) => void, entries: PacketEntries): void {
    const frame = this.#packet.end();
    this.sent.add(this.#packet.header.tick, entries);
    this.#writer.end();
    const { words, base } = this.client;
    send(frame);
    // Whoever takes the packet may have turned to another client.
    if (this.client.base !== base || this.client.words !== words) this.client.open(words, base);
  }
}
