import type { PlayerNumber } from "@tidelock/shared";
import type { ClientPool } from "./client-pool.ts";

/*
 * What the server remembers of one client, as one block of 32-bit words.
 *
 * Between two ticks of a room the processor's cache fills with other things, so the cost of a small packet is that of fetching
 * what was remembered, not of the work on it. In one block, what every tick reads lies in a row: the numbers below, the packets
 * on their way, the slots as the tight loop wants them. The processor sees the row coming and fetches ahead. Behind that lies
 * what is read only where something changes, one row per slot, so that a change costs one fetch.
 *
 *   numbers | packets sent | places of the slots || hash heads | rows of the slots
 */

/** Words that every block begins with, by their place in it. */
export const CAPACITY = 0;
/** Tick of the newest packet that the client has confirmed, or -1. */
export const NEWEST_ACKED_TICK = 1;
/** Tick of the newest packet the client has that held all of its view, or -1; what was shown since before is known as of it. */
export const ACKED_ALL = 2;
/** Slots in use are below this. */
export const HIGH_WATER = 3;
/** Slots that are not FREE. */
export const USED = 4;
/** Slots that are LEAVING and told of in every packet. */
export const LEFT = 5;
/** Entities in the packet before this one that were not as predicted. */
export const SURPRISES = 6;
/** 1 while the view does not fit into one packet, so that what waits has to be remembered. */
export const CROWDED = 7;
/** The number of the next packet. */
export const NEXT_SEQUENCE = 8;
export const NEWEST_ACKED_SEQUENCE = 9;
export const ACKED_MASK = 10;
/** Slots that are PENDING or LEAVING. */
export const UNSETTLED = 11;
/** The version of the last view, or -1. */
export const VIEW_VERSION = 12;
/** No slot below this is FREE. */
export const LOWEST_FREE = 13;
export const PLAYER = 14;
/** Tells clients of a room apart, those gone included. */
export const SERIAL = 15;
export const BASELINES_LOST = 16;
/** Slot + 1 of the first and the last in the row of those that were told of once and not answered yet; 0: none. */
export const FIRST_IN_FLIGHT = 17;
export const LAST_IN_FLIGHT = 18;
/** Tick of the last packet, and `ACKED_ALL` as it was then. */
export const SENT_TICK = 19;
export const SENT_BASIS = 20;
/** While crowded: how many bits, in 256ths, took what was expected to take one; of changes, and of whole entities. */
export const BITS_SCALE = 21;
export const WHOLE_SCALE = 22;
const NUMBERS = 23;

/** Packets remembered per client: more than are ever in flight within the 64 ticks that a baseline may lie back. */
export const REMEMBERED = 128;
/** A remembered packet of which nothing more is to be learnt. */
export const DONE = -0x8000_0000;

/** A slot's place while it has none. FREE: unused. LEAVING: out of view, and the client is not known to have heard. */
export const FREE = -1;
export const LEAVING = -2;
/** In view, and not yet known to the client as of a packet that held all of its view. */
export const PENDING = -3;

/** A slot's row: the entity's id, and its kind (table and detail level) and slot in its table as one number. */
export const ID = 0;
export const PLACE = 1;
/** Tick of the newest state that the client is known to have from a packet that held part of its view, or -1. */
export const ACKED = 2;
/** Tick since which the slot stands for what it does: acknowledgements of older packets do not count. */
export const SINCE = 3;
/** Tick at which interest last had to look it up. */
export const SEEN = 4;
/** Slot + 1 of the next with the same hash, or 0. */
export const NEXT = 5;
/** Sequence of the one packet that told of the slot's coming or going, while it is not answered; or DUE, BY_ACK, UNSURE. */
export const TOLD = 6;
/** Slot + 1 of the neighbours in the row of those in flight, or 0. */
export const EARLIER = 7;
export const LATER = 8;
/** Two words of bits: see `ToldSlots`. */
export const TOLD_BITS = 9;
/**
 * While crowded. Urgency grows while the entity waits and is 0 when it was passed as predicted, -1 when it was told of. The other is
 * the tick at which it last was either, or the complement of the tick since which it waits to be told of for the first time.
 */
export const URGENCY = 11;
export const TOLD_TICK = 12;
export const ROW = 13;

/** The slot's coming or going is to be told, once. Of one that is coming the client has nothing. */
export const DUE = -1;
/** Nothing is told only once: packets say all there is of the slot until one of them is acknowledged, as any that tells of it may be. */
export const BY_ACK = -2;
/** The client may have what was told once or may not: it is to be told as by acknowledgement from now on. */
export const UNSURE = -3;

const FIRST_CAPACITY = 64;

function sizeFor(capacity: number): number {
  return NUMBERS + REMEMBERED + capacity * (2 + ROW);
}

/**
 * The client whose turn it is. There is one of these for all clients of a room, opened on one block after the other: it stays
 * in the cache, which an object per client would not.
 */
export class ClientBlock {
  readonly #pool: ClientPool;
  #serial = 0;
  words: Int32Array = new Int32Array(0);
  /** Where the block begins. */
  base = 0;
  /** By slot: its place, once the client is known to have it; else FREE, LEAVING or PENDING. */
  places = 0;
  /** By the low bits of its sequence: a packet's tick, its complement when it told of a part only, or DONE. */
  sent = 0;
  /** By hash of an id: slot + 1 of the first that has it, or 0. */
  heads = 0;
  rows = 0;

  constructor(pool: ClientPool) {
    this.#pool = pool;
  }

  open(words: Int32Array, base: number): void {
    const capacity = words[base + CAPACITY];
    this.words = words;
    this.base = base;
    this.sent = base + NUMBERS;
    this.places = this.sent + REMEMBERED;
    this.heads = this.places + capacity;
    this.rows = this.heads + capacity;
  }

  /** Opens a block for a client that knows nothing. */
  begin(player: PlayerNumber): void {
    this.#clear(FIRST_CAPACITY);
    const { words, base } = this;
    for (const word of [NEWEST_ACKED_TICK, ACKED_ALL, NEWEST_ACKED_SEQUENCE, VIEW_VERSION, SENT_TICK])
      words[base + word] = -1;
    words[base + PLAYER] = player;
    words[base + SERIAL] = this.#serial++;
  }

  /** Gives the open block back. */
  end(): void {
    const { words, base } = this;
    words[base + SERIAL] = -1;
    this.#pool.give(sizeFor(words[base + CAPACITY]), { words, base });
  }

  /** Makes room for slots of that number; the open block may then be another one. */
  reserve(count: number): void {
    const capacity = this.words[this.base + CAPACITY];
    if (count <= capacity) return;
    const { words, base, places, sent, rows } = this;
    let longer = capacity * 2;
    while (longer < count) longer *= 2;
    this.#clear(longer);
    const copy = (to: number, from: number, length: number): void =>
      this.words.set(words.subarray(from, from + length), to);
    copy(this.base, base, NUMBERS);
    copy(this.places, places, capacity);
    copy(this.sent, sent, REMEMBERED);
    copy(this.rows, rows, capacity * ROW);
    this.words[this.base + CAPACITY] = longer;
    for (let slot = 0; slot < words[base + HIGH_WATER]; slot++)
      if (this.words[this.places + slot] !== FREE) this.link(slot);
    this.#pool.give(sizeFor(capacity), { words, base });
  }

  /** Index of the head of the chain of slots in which an id is found. */
  head(id: number): number {
    const capacity = this.words[this.base + CAPACITY];
    return this.heads + ((Math.imul(id, 0x9e37_79b1) >>> 16) & (capacity - 1));
  }

  /** Puts a slot into the chain of its id. */
  link(slot: number): void {
    const { words } = this;
    const row = this.rows + slot * ROW;
    const head = this.head(words[row + ID]);
    words[row + NEXT] = words[head];
    words[head] = slot + 1;
  }

  #clear(capacity: number): void {
    const size = sizeFor(capacity);
    const { words, base } = this.#pool.take(size);
    words.fill(0, base, base + size);
    words[base + CAPACITY] = capacity;
    this.open(words, base);
    words.fill(FREE, this.places, this.places + capacity);
    words.fill(DONE, this.sent, this.sent + REMEMBERED);
  }
}
