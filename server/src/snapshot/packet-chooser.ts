import type { Tick, WorldHistory } from "@tidelock/shared";
import {
  BITS_SCALE,
  type ClientBlock,
  CROWDED,
  FREE,
  HIGH_WATER,
  LEAVING,
  NEWEST_ACKED_TICK,
  PLACE,
  ROW,
  SENT_TICK,
  TOLD,
  TOLD_TICK,
  URGENCY,
  WHOLE_SCALE,
} from "./client-block.ts";
import { type ClientSlots, entityOf, levelOf, tableOf } from "./client-slots.ts";
import { BitsLearnt, ONE } from "./bits-learnt.ts";
import { shownError } from "./shown-error.ts";
import type { SlotWriter } from "./slot-writer.ts";
import type { VisibleSet } from "./view-follower.ts";

/** What is decided of a slot, where it is not the number of its class of urgency. */
export const LEAVE_OUT = 253;
export const PASS = 254;
export const MUST = 255;

/** Ticks after which an entity goes before all that has waited for less: half the life of a baseline, a second at 30 ticks per second. */
const LONGEST_WAIT_TICKS = 32;
/** Classes of urgency per bit, three to each doubling; above them, classes of those that have waited too long, eight to each doubling. */
const URGENCY_CLASSES = 96;
const WAIT_CLASSES = 32;
/** What those have of a packet, at most: where they are many, all would take turns and nothing be urgent any more. */
const WAIT_SHARE = 0.25;
/** Urgency in these fractions of a shown step. */
const URGENCY_UNITS = 16;
/** Room that is held for those of them, of what they are expected to take: one that needs a little more would not fit, tick after tick. */
const MUST_ROOM = 1.25;
/** How a slot would be told of: as a change, as a whole, or in a way of which nothing is to be learnt. */
const OTHERWISE = 0;
const AS_CHANGE = 1;
const AS_WHOLE = 2;
const MOST_URGENCY = 1 << 30;
/** What a client does not know of at all counts as being so many shown steps off. */
const UNKNOWN_STEPS = 256;
/** Bits to name a stretch of slots that is as predicted. */
export const STRETCH_BITS = 8;
/** To name an entity that is not as predicted; and of a whole one, to say who it is. */
const NAME_BITS = 12;
const IDENTITY_BITS = 20;
/** A change is expected to take this part of what the whole state takes; what is sent corrects it for each client. */
const CHANGED_PART = 0.25;

/**
 * Decides what goes into a packet that cannot hold all of the open client's view: what the client owns and what is gone first,
 * then by urgency per bit. Urgency grows each tick by weight times relevance times how far off the client's picture is.
 */
export class PacketChooser {
  readonly #client: ClientBlock;
  readonly #slots: ClientSlots;
  readonly #writer: SlotWriter;
  readonly #history: WorldHistory;
  readonly #deltaBits: Float64Array;
  readonly #wholeBits: Float64Array;
  readonly #changes = new BitsLearnt(BITS_SCALE);
  readonly #wholes = new BitsLearnt(WHOLE_SCALE);
  readonly #bitsOfClass = new Float64Array(URGENCY_CLASSES + WAIT_CLASSES);
  #relevance = new Float32Array(64);
  /** By slot: LEAVE_OUT, PASS, MUST, or its class; and what it is expected to take. */
  verdicts = new Uint8Array(64);
  bits = new Float64Array(64);
  /** By slot: how it would be told of. */
  #told = new Uint8Array(64);
  /** Of this class as much as there is room for; of all above it everything. */
  threshold = 0;
  /** Bits that everything that is chosen and not a must is expected to take, and bits that hold what must be told. */
  reserved = 0;
  held = 0;

  constructor(client: ClientBlock, slots: ClientSlots, writer: SlotWriter, history: WorldHistory) {
    this.#client = client;
    this.#slots = slots;
    this.#writer = writer;
    this.#history = history;
    const stateBits = history.tables.map(({ type }) => type.columns.reduce((sum, { bits }) => sum + bits, 0));
    this.#deltaBits = Float64Array.from(stateBits, (bits) => NAME_BITS + bits * CHANGED_PART);
    this.#wholeBits = Float64Array.from(stateBits, (bits) => NAME_BITS + IDENTITY_BITS + bits);
  }

  /** Lets urgency grow for a tick whose view does not fit. */
  begin({ count, tables, slots: entities, relevance }: VisibleSet): void {
    const { words, base, rows } = this.#client;
    const highWater = words[base + HIGH_WATER];
    if (this.verdicts.length < highWater) {
      this.verdicts = new Uint8Array(highWater * 2);
      this.bits = new Float64Array(highWater * 2);
      this.#told = new Uint8Array(highWater * 2);
      this.#relevance = new Float32Array(highWater * 2);
    }
    if (words[base + CROWDED] === 0) {
      words[base + CROWDED] = 1;
      words[base + BITS_SCALE] = words[base + WHOLE_SCALE] = ONE;
      for (let slot = 0; slot < highWater; slot++) {
        const row = rows + slot * ROW;
        words[row + URGENCY] = 0;
        // Until now every packet told all; only what has just come was in none.
        if (words[row + TOLD_TICK] >= 0 || ~words[row + TOLD_TICK] <= words[base + SENT_TICK])
          words[row + TOLD_TICK] = words[base + SENT_TICK];
      }
    }
    this.#relevance.fill(1, 0, highWater);
    if (relevance === undefined) return;
    for (let i = 0; i < count; i++) {
      const { ids } = this.#history.tables[tables[i]].table;
      const slot = this.#slots.find(tables[i], entities[i], ids[entities[i]]);
      if (slot >= 0) this.#relevance[slot] = relevance[i];
    }
  }

  /** Decides of every slot, for a packet with so many bits to spare; `isFirst`: the tick's first packet, else only news of the unknown. */
  choose(tick: Tick, spareBits: number, isFirst: boolean): void {
    const { words, base } = this.#client;
    const highWater = words[base + HIGH_WATER];
    this.#changes.begin(this.#client);
    this.#wholes.begin(this.#client);
    this.#bitsOfClass.fill(0);
    this.reserved = 0;
    this.held = 0;
    let last = MUST;
    for (let slot = 0; slot < highWater; slot++) {
      const verdict = isFirst ? this.#judge(slot, tick) : this.#judgeAgain(slot, tick);
      this.verdicts[slot] = verdict;
      if (verdict === MUST) this.held += this.bits[slot];
      else if (verdict < LEAVE_OUT) this.#bitsOfClass[verdict] += this.bits[slot];
      else if (verdict === PASS && last !== PASS) this.reserved += STRETCH_BITS;
      last = verdict;
    }
    this.#admitWaiting((spareBits - this.held) * WAIT_SHARE);
    const free = spareBits - this.held;
    this.threshold = URGENCY_CLASSES - 1;
    while (this.threshold > 0 && this.reserved + this.#bitsOfClass[this.threshold] <= free)
      this.reserved += this.#bitsOfClass[this.threshold--];
  }

  /** Makes a must of those that have waited too long, the longest first, as far as so many bits go; the others count by their urgency. */
  #admitWaiting(bits: number): void {
    const { words, base, rows } = this.#client;
    const highWater = words[base + HIGH_WATER];
    let left = bits;
    let least = this.#bitsOfClass.length;
    let waiting = 0;
    while (least > URGENCY_CLASSES && left >= this.#bitsOfClass[least - 1]) {
      left -= this.#bitsOfClass[--least];
      waiting += this.#bitsOfClass[least];
    }
    if (least === URGENCY_CLASSES && waiting === 0) return;
    for (let slot = 0; slot < highWater; slot++) {
      const verdict = this.verdicts[slot];
      if (verdict < URGENCY_CLASSES || verdict >= LEAVE_OUT) continue;
      const expected = this.bits[slot];
      // Of the class that fits in part the first ones are taken.
      const fits = verdict === least - 1 && expected <= left;
      if (fits) left -= expected;
      if (fits || verdict >= least) {
        this.verdicts[slot] = MUST;
        this.bits[slot] *= MUST_ROOM;
        this.held += this.bits[slot];
      } else {
        this.verdicts[slot] = urgencyClass(words[rows + slot * ROW + URGENCY] / expected);
        this.#bitsOfClass[this.verdicts[slot]] += expected;
      }
    }
  }

  /** Notes that a slot was told of, and what that took. */
  told(slot: number, tick: Tick, bits: number): void {
    const { words, rows } = this.#client;
    const row = rows + slot * ROW;
    const isExplicit = this.verdicts[slot] !== PASS && this.#slots.isLive(slot);
    words[row + URGENCY] = isExplicit ? -1 : 0;
    words[row + TOLD_TICK] = tick;
    if (this.#told[slot] === OTHERWISE) return;
    const expected = this.verdicts[slot] === MUST ? this.bits[slot] / MUST_ROOM : this.bits[slot];
    (this.#told[slot] === AS_WHOLE ? this.#wholes : this.#changes).add(expected, bits);
  }

  /** Learns from the packet just written for the client's next. */
  end(): void {
    this.#changes.end(this.#client);
    this.#wholes.end(this.#client);
  }

  #judge(slot: number, tick: Tick): number {
    const { words, places, rows } = this.#client;
    const state = words[places + slot];
    this.#told[slot] = OTHERWISE;
    if (state === FREE) return LEAVE_OUT;
    const isPassed = this.#writer.isPassed(slot);
    const isOwned = this.#slots.isOwned(slot);
    if (isPassed && !isOwned) return PASS;
    this.bits[slot] = NAME_BITS;
    if (state === LEAVING || isPassed) return MUST;
    const row = rows + slot * ROW;
    const table = tableOf(words[row + PLACE]);
    const basis = this.#likelyBasis(slot, row);
    this.bits[slot] = this.#wholeBits[table];
    if (isOwned) return MUST;
    this.#told[slot] = basis < 0 ? AS_WHOLE : AS_CHANGE;
    if (basis < 0) this.bits[slot] *= this.#wholes.scale;
    else this.bits[slot] = this.#deltaBits[table] * this.#changes.scale;
    const error = this.#error(row, basis, tick);
    if (error === 0) return LEAVE_OUT;
    const { priority } = this.#history.tables[table].type;
    const grown =
      Math.max(0, words[row + URGENCY]) +
      Math.max(1, Math.round(priority * this.#relevance[slot] * error * URGENCY_UNITS));
    words[row + URGENCY] = Math.min(MOST_URGENCY, grown);
    return this.#classOf(words[row + URGENCY] / this.bits[slot], tick - tickOf(words[row + TOLD_TICK]));
  }

  /** For a tick's further packets: only entities that the client has not been told of. */
  #judgeAgain(slot: number, tick: Tick): number {
    const { words, places, rows } = this.#client;
    const row = rows + slot * ROW;
    const isWaiting = this.#slots.isLive(slot) && words[row + TOLD_TICK] < 0 && words[row + TOLD] < 0;
    if (!isWaiting || words[places + slot] === LEAVING || this.#slots.known(slot) >= 0) return LEAVE_OUT;
    return this.#classOf(words[row + URGENCY] / this.bits[slot], tick - tickOf(words[row + TOLD_TICK]));
  }

  /** Tick of the newest state that the client has by all likelihood: what no acknowledgement has decided has arrived. */
  #likelyBasis(slot: number, row: number): Tick {
    const { words, base } = this.#client;
    const told = words[row + TOLD_TICK];
    const isOpen = told >= 0 && told > words[base + NEWEST_ACKED_TICK] && this.#writer.age(told) > 0;
    return isOpen ? told : this.#writer.basis(slot);
  }

  /** How far off the client's picture of an entity is; 0 when all there is to tell is on its way. */
  #error(row: number, basis: Tick, tick: Tick): number {
    if (basis < 0) return UNKNOWN_STEPS;
    const place = this.#client.words[row + PLACE];
    const history = this.#history.tables[tableOf(place)];
    const level = levelOf(place);
    if (history.surprisedAt(entityOf(place), level) <= basis) return 0;
    return shownError(history, entityOf(place), level, basis, tick);
  }

  #classOf(urgencyPerBit: number, waited: number): number {
    if (waited >= LONGEST_WAIT_TICKS)
      return (
        URGENCY_CLASSES + Math.min(WAIT_CLASSES - 1, Math.floor(8 * Math.log2(waited / LONGEST_WAIT_TICKS)))
      );
    return urgencyClass(urgencyPerBit);
  }
}

function urgencyClass(urgencyPerBit: number): number {
  return Math.min(URGENCY_CLASSES - 1, Math.floor(3 * Math.log2(1 + urgencyPerBit * URGENCY_UNITS)));
}

/** The tick of a TOLD_TICK, whether it was told of or waits since. */
function tickOf(told: number): Tick {
  return told < 0 ? ~told : told;
}
