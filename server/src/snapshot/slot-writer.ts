import {
  AGE_BITS,
  bitsFor,
  CHANGED,
  type DeltaCache,
  EntityCodec,
  GONE,
  HISTORY_TICKS,
  LENGTH_BITS,
  LEVEL_BITS,
  OTHER_BASELINE,
  type Tick,
  WHOLE,
  type WorldHistory,
  writeIdentity,
} from "@tidelock/shared";
import {
  BASELINES_LOST,
  type ClientBlock,
  DUE,
  FREE,
  ID,
  LEAVING,
  PLACE,
  ROW,
  SINCE,
  SURPRISES,
  TOLD,
  UNSURE,
} from "./client-block.ts";
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
  /** The state of the entity at hand. */
  readonly #state: Int32Array;
  /** Slots whose coming or going the packet being written tells, to be told again only when it is lost. */
  #toldOnce = new Int32Array(64);
  #toldCount = 0;

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
    this.#state = new Int32Array(Math.max(...history.tables.map(({ type }) => type.columns.length)));
  }

  /** Forgets what the packet before told once. */
  begin(): void {
    this.#toldCount = 0;
  }

  /** Notes what the packet that is now finished told once. */
  end(): void {
    const { sequence, tick } = this.#packet.header;
    for (let i = 0; i < this.#toldCount; i++) this.#slots.tell(this.#toldOnce[i], sequence, tick);
    this.#toldCount = 0;
  }

  /** Tick of the state of a live slot that the client has, if it has heard of its entity at all; or -1. */
  basis(slot: number): Tick {
    const { words, rows } = this.#client;
    const row = rows + slot * ROW;
    const basis = words[row + TOLD] >= 0 ? words[row + SINCE] : this.#slots.known(slot);
    return this.age(basis) > 0 ? basis : -1;
  }

  /** Whether a run may pass the slot: of what is there the client knows all, if it knows of it. */
  isPassed(slot: number): boolean {
    const { words, rows, places } = this.#client;
    const row = rows + slot * ROW;
    const state = words[places + slot];
    if (state === FREE) return true;
    if (state === LEAVING) return words[row + TOLD] >= 0 && this.age(words[row + SINCE]) > 0;
    const basis = this.basis(slot);
    const place = words[row + PLACE];
    return (
      basis >= 0 && this.#history.tables[tableOf(place)].surprisedAt(entityOf(place), levelOf(place)) <= basis
    );
  }

  /** Adds one slot to the packet; false, and the packet as before, when it does not fit. */
  write(slot: number): boolean {
    const { words, base, rows, places } = this.#client;
    const packet = this.#packet;
    packet.mark();
    packet.seek(slot);
    const row = rows + slot * ROW;
    const state = words[places + slot];
    if (words[row + TOLD] === UNSURE) this.#slots.repeat(slot, packet.header.tick);
    const surprise =
      state === FREE ? false : state === LEAVING ? this.#writeLeaving(slot) : this.#writeLive(slot, row);
    if (!surprise) packet.run++;
    if (!packet.fits) {
      packet.takeBack();
      if (this.#toldCount > 0 && this.#toldOnce[this.#toldCount - 1] === slot) this.#toldCount--;
      return false;
    }
    if (surprise) words[base + SURPRISES]++;
    packet.slot = slot + 1;
    return true;
  }

  /** Adds a slot that the client has as of `age` ticks ago, the packet's own baseline, and that is not as predicted. */
  change(place: number, age: number): void {
    this.#packet.symbol(CHANGED);
    this.#appendDelta(place, age);
  }

  /** Says that the slot's entity is gone, unless an earlier packet has said it and may still arrive: then false. */
  #writeLeaving(slot: number): boolean {
    const { words, rows } = this.#client;
    const row = rows + slot * ROW;
    if (words[row + TOLD] >= 0 && this.age(words[row + SINCE]) > 0) return false;
    if (words[row + TOLD] >= 0) this.#slots.repeat(slot, this.#packet.header.tick);
    if (words[row + TOLD] === DUE) this.#tellOnce(slot);
    this.#packet.symbol(GONE);
    return true;
  }

  /** Tells of an entity in view; false when it does as predicted since a state that the client has if it has heard of it at all. */
  #writeLive(slot: number, row: number): boolean {
    const { words } = this.#client;
    const packet = this.#packet;
    const place = words[row + PLACE];
    const told = words[row + TOLD] >= 0;
    const basis = told ? words[row + SINCE] : this.#slots.known(slot);
    const age = this.age(basis);
    const history = this.#history.tables[tableOf(place)];
    if (age > 0 && history.surprisedAt(entityOf(place), levelOf(place)) <= basis) return false;
    if (age === 0) this.#writeWhole(slot, row, basis);
    else if (told) this.#changeIfTold(slot, row, age);
    else if (age === packet.header.baselineAge) this.change(place, age);
    else {
      packet.symbol(OTHER_BASELINE);
      packet.bits.write(age, AGE_BITS);
      this.#appendDelta(place, age);
    }
    return true;
  }

  /** Adds a change since a packet that may still be lost, with its length for a client that then cannot read it. */
  #changeIfTold(slot: number, row: number, age: number): void {
    const packet = this.#packet;
    const { bits, run } = packet;
    const start = bits.position;
    packet.symbol(OTHER_BASELINE);
    bits.write(0, AGE_BITS);
    bits.write(age, AGE_BITS);
    const at = bits.position;
    bits.write(0, LENGTH_BITS);
    this.#appendDelta(this.#client.words[row + PLACE], age);
    const length = bits.position - at - LENGTH_BITS;
    if (length >= 1 << LENGTH_BITS) {
      bits.truncate(start);
      packet.run = run;
      return this.#writeWhole(slot, row, -1);
    }
    for (let bit = 0; bit < LENGTH_BITS; bit++) bits.patch(at + bit, (length >>> bit) & 1, 1);
  }

  #appendDelta(place: number, age: number): void {
    this.#cache.append(this.#packet.bits, tableOf(place), entityOf(place), levelOf(place), age);
  }

  #writeWhole(slot: number, row: number, basis: Tick): void {
    const { words, base } = this.#client;
    const { bits, header } = this.#packet;
    const place = words[row + PLACE];
    const entity = entityOf(place);
    const level = levelOf(place);
    const history = this.#history.tables[tableOf(place)];
    if (words[row + TOLD] === DUE) this.#tellOnce(slot);
    else if (words[row + TOLD] >= 0) this.#slots.repeat(slot, header.tick);
    else if (basis >= 0) {
      words[base + BASELINES_LOST]++;
      this.#slots.show(slot, level, header.tick);
    }
    this.#packet.symbol(WHOLE);
    const start = bits.position;
    bits.write(tableOf(place), this.#typeBits);
    writeIdentity(bits, words[row + ID] >>> 0, history.table.owners[entity], header.tick);
    bits.write(level, LEVEL_BITS);
    history.load(entity, header.tick, level, this.#state);
    EntityCodec.of(history.type).writeEntity(bits, level, this.#state);
    this.#cache.meter?.wrote(tableOf(place), start, bits.position);
  }

  #tellOnce(slot: number): void {
    if (this.#toldCount === this.#toldOnce.length) {
      const longer = new Int32Array(this.#toldCount * 2);
      longer.set(this.#toldOnce);
      this.#toldOnce = longer;
    }
    this.#toldOnce[this.#toldCount++] = slot;
  }

  /** Ticks back to a baseline, or 0 when there is none that both sides still hold. */
  age(acked: Tick): number {
    const age = this.#history.tick - acked;
    return acked >= 0 && age > 0 && age < HISTORY_TICKS ? age : 0;
  }
}
