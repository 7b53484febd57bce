import {
  AGE_BITS,
  bitsFor,
  CHANGED,
  type DeltaCache,
  EntityCodec,
  GONE,
  HISTORY_TICKS,
  LEVEL_BITS,
  OTHER_BASELINE,
  OWNER_BITS,
  type Tick,
  WHOLE,
  type WorldHistory,
} from "@tidelock/shared";
import { BASELINES_LOST, type ClientBlock, ID, PLACE, ROW, SURPRISES } from "./client-block.ts";
import { type ClientSlots, entityOf, levelOf, tableOf } from "./client-slots.ts";
import type { PacketWriter } from "./packet-writer.ts";

/** Adds slots of the open client to a packet: as predicted, changed, whole or gone, whichever the client needs. */
export class SlotWriter {
  readonly #client: ClientBlock;
  readonly #slots: ClientSlots;
  readonly #packet: PacketWriter;
  readonly #history: WorldHistory;
  readonly #cache: DeltaCache;
  readonly #typeBits: number;

  constructor(
    client: ClientBlock,
    slots: ClientSlots,
    packet: PacketWriter,
    history: WorldHistory,
    cache: DeltaCache,
  ) {
    this.#client = client;
    this.#slots = slots;
    this.#packet = packet;
    this.#history = history;
    this.#cache = cache;
    this.#typeBits = bitsFor(history.tables.length - 1);
  }

  /** Adds one slot to the packet; false, and the packet as before, when it does not fit. */
  write(slot: number): boolean {
    const { words, base, rows } = this.#client;
    const packet = this.#packet;
    const place = words[rows + slot * ROW + PLACE];
    const known = this.#slots.known(slot);
    const age = this.age(known);
    const live = this.#slots.isLive(slot);
    const history = this.#history.tables[tableOf(place)];
    const predicted = live && age > 0 && history.surprisedAt(entityOf(place), levelOf(place)) <= known;
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
      else this.change(place, age);
    } else {
      packet.symbol(OTHER_BASELINE);
      packet.bits.write(age, AGE_BITS);
      packet.bits.write(predicted ? 0 : 1, 1);
      if (!predicted) this.#cache.append(packet.bits, tableOf(place), entityOf(place), levelOf(place), age);
    }
    if (!packet.fits) {
      packet.takeBack();
      return false;
    }
    if (!predicted) words[base + SURPRISES]++;
    packet.slot = slot + 1;
    return true;
  }

  /** Adds a slot that the client has as of `age` ticks ago, the packet's own baseline, and that is not as predicted. */
  change(place: number, age: number): void {
    this.#packet.symbol(CHANGED);
    this.#cache.append(this.#packet.bits, tableOf(place), entityOf(place), levelOf(place), age);
  }

  #writeWhole(slot: number): void {
    const { words, base, rows } = this.#client;
    const { bits, header } = this.#packet;
    const place = words[rows + slot * ROW + PLACE];
    const entity = entityOf(place);
    const level = levelOf(place);
    const history = this.#history.tables[tableOf(place)];
    if (this.#slots.known(slot) >= 0) {
      words[base + BASELINES_LOST]++;
      this.#slots.show(slot, level, header.tick);
    }
    this.#packet.symbol(WHOLE);
    bits.write(tableOf(place), this.#typeBits);
    bits.write(words[rows + slot * ROW + ID], 32);
    bits.write(history.table.owners[entity], OWNER_BITS);
    bits.write(level, LEVEL_BITS);
    EntityCodec.of(history.type).writeEntity(
      bits,
      level,
      history.rows(level),
      history.row(entity, header.tick),
    );
  }

  /** Ticks back to a baseline, or 0 when there is none that both sides still hold. */
  age(acked: Tick): number {
    const age = this.#history.tick - acked;
    return acked >= 0 && age > 0 && age < HISTORY_TICKS ? age : 0;
  }
}
