import { distance16, type Sequence } from "@tidelock/shared";

/** More than this under way is not remembered: two seconds at 60 Hz, and the oldest count as lost. */
const CAPACITY = 128;
const SLOT = CAPACITY - 1;

/** What an acknowledgement told that none before it did. */
export interface AckNews {
  /** Bytes that arrived, headers included. */
  bytes: number;
  /** Packets that arrived. */
  packets: number;
  /** Packets that were passed over: clients drop what comes out of order, so they are lost for good. */
  lost: number;
  /** Round trip of the newest packet, in milliseconds; NaN when it was known already. */
  rttMs: number;
  /** Bytes of the newest packet, headers included. */
  newestBytes: number;
}

/**
 * The packets sent to one client that it has neither acknowledged nor passed over, oldest first, and when a path of a given
 * narrow rate would have let each of them through.
 */
export class PacketsUnderWay {
  readonly news: AckNews = { bytes: 0, packets: 0, lost: 0, rttMs: Number.NaN, newestBytes: 0 };
  /** Bytes under way, headers included. */
  bytes = 0;
  readonly #narrowBytesPerMs: number;
  readonly #size = new Float64Array(CAPACITY);
  readonly #sentMs = new Float64Array(CAPACITY);
  #oldest: Sequence = 0;
  #next: Sequence = 0;
  /** When the narrow path would be done with all that was sent. */
  #narrowFreeMs = -Infinity;

  constructor(narrowBytesPerSecond: number) {
    this.#narrowBytesPerMs = narrowBytesPerSecond / 1000;
  }

  /** Packets under way. */
  get count(): number {
    return (this.#next - this.#oldest) & 0xffff;
  }

  /** When the oldest packet under way was sent; Infinity: there is none. */
  get oldestMs(): number {
    return this.#oldest === this.#next ? Infinity : this.#sentMs[this.#oldest & SLOT];
  }

  /** Bytes under way that were sent after `sinceMs`. */
  bytesSince(sinceMs: number): number {
    let { bytes } = this;
    for (let sequence = this.#oldest; sequence !== this.#next; sequence = (sequence + 1) & 0xffff) {
      if (this.#sentMs[sequence & SLOT] > sinceMs) break;
      bytes -= this.#size[sequence & SLOT];
    }
    return bytes;
  }

  /** For how long what is under way would still queue, had the path been narrow since the last word from it. */
  narrowQueueMs(nowMs: number): number {
    return Math.max(0, this.#narrowFreeMs - nowMs);
  }

  /** A packet was sent; sequences follow each other, except after a new beginning. */
  sent(sequence: Sequence, bytes: number, nowMs: number): void {
    if (sequence !== this.#next) this.clear(sequence);
    if (this.count === CAPACITY) this.#takeOldest();
    this.#size[sequence & SLOT] = bytes;
    this.#sentMs[sequence & SLOT] = nowMs;
    this.#next = (sequence + 1) & 0xffff;
    this.bytes += bytes;
    this.#narrowFreeMs = Math.max(this.#narrowFreeMs, nowMs) + bytes / this.#narrowBytesPerMs;
  }

  /**
   * The client has `newest`, and of the 32 before it those whose bit in `mask` is set. False: nothing new. `wayMs`: what the
   * way there and back takes at least, so that the packet had passed the narrow place so long ago.
   */
  acknowledged(newest: Sequence, mask: number, nowMs: number, wayMs: number): boolean {
    if (distance16(newest, this.#oldest) < 0 || distance16(newest, this.#next) >= 0) return false;
    const { news } = this;
    news.bytes = news.packets = news.lost = 0;
    while (this.#oldest !== newest) {
      const behind = (newest - this.#oldest) & 0xffff;
      const bytes = this.#takeOldest();
      if (behind <= 32 && ((mask >>> (behind - 1)) & 1) === 1) {
        news.bytes += bytes;
        news.packets++;
      } else news.lost++;
    }
    news.rttMs = nowMs - this.#sentMs[newest & SLOT];
    news.newestBytes = this.#takeOldest();
    news.bytes += news.newestBytes;
    news.packets++;
    this.#passNarrow(nowMs - wayMs);
    return true;
  }

  /** Forgets everything; the next packet is `sequence`. */
  clear(sequence: Sequence): void {
    this.#oldest = this.#next = sequence;
    this.bytes = 0;
  }

  /** All but what is under way now had passed the narrow place by `freeMs`: goes on from there. */
  #passNarrow(freeMs: number): void {
    let at = freeMs;
    for (let sequence = this.#oldest; sequence !== this.#next; sequence = (sequence + 1) & 0xffff) {
      const slot = sequence & SLOT;
      at = Math.max(at, this.#sentMs[slot]) + this.#size[slot] / this.#narrowBytesPerMs;
    }
    this.#narrowFreeMs = Math.min(this.#narrowFreeMs, at);
  }

  #takeOldest(): number {
    const bytes = this.#size[this.#oldest & SLOT];
    this.bytes -= bytes;
    this.#oldest = (this.#oldest + 1) & 0xffff;
    return bytes;
  }
}
