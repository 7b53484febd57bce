import { distance16, type Sequence, type Tick } from "@tidelock/shared";
import {
  ACKED_MASK,
  type ClientBlock,
  DONE,
  NEWEST_ACKED_SEQUENCE,
  NEWEST_ACKED_TICK,
  NEXT_SEQUENCE,
  REMEMBERED,
} from "./client-block.ts";
import type { TellingOutcome } from "./client-slots.ts";
import { TOLD_PACKETS } from "./told-slots.ts";

/** An acknowledgement names the newest packet and this many before it. */
const ACK_WINDOW = 32;

/** The packets sent to the open client, by sequence, until their acknowledgement can no longer matter. */
export class SentPackets {
  readonly #client: ClientBlock;
  readonly #visitor: (tick: Tick, sequence: Sequence, isPart: boolean) => void;

  /** `visitor` is told of every packet when it is acknowledged for the first time, and whether it told of a part of the view only. */
  constructor(client: ClientBlock, visitor: (tick: Tick, sequence: Sequence, isPart: boolean) => void) {
    this.#client = client;
    this.#visitor = visitor;
  }

  /** The number of the next packet. */
  get next(): Sequence {
    return this.#client.words[this.#client.base + NEXT_SEQUENCE];
  }

  /** Remembers the packet just written. */
  add(tick: Tick, isPart: boolean): void {
    const { words, base } = this.#client;
    const { next } = this;
    words[this.#at(next)] = isPart ? ~tick : tick;
    words[base + NEXT_SEQUENCE] = (next + 1) & 0xffff;
  }

  /** Takes in that the client has `newest` and what the bits of `mask` (bit 0: the one before) say. False when one was never sent. */
  acknowledge(newest: Sequence, mask: number): boolean {
    const { words, base } = this.#client;
    if (distance16(newest, this.next) >= 0) return false;
    const last = words[base + NEWEST_ACKED_SEQUENCE];
    const lastMask = words[base + ACKED_MASK];
    const ahead = last < 0 ? ACK_WINDOW + 1 : distance16(newest, last);
    // Most of what an acknowledgement says, the one before has said already.
    let fresh = mask;
    if (ahead >= 0 && ahead < ACK_WINDOW) fresh &= ~(lastMask << ahead);
    if (ahead > 0 && ahead <= ACK_WINDOW) fresh &= ~(1 << (ahead - 1));
    if (ahead !== 0) this.#visit(newest);
    for (; fresh !== 0; fresh &= fresh - 1) this.#visit((newest - 32 + Math.clz32(fresh & -fresh)) & 0xffff);
    if (ahead >= 0) {
      words[base + NEWEST_ACKED_SEQUENCE] = newest;
      words[base + ACKED_MASK] = ahead === 0 ? lastMask | mask : mask;
    }
    return true;
  }

  /** What became of a packet of `tick`, as far as acknowledgements have said. */
  outcome(sequence: Sequence, tick: Tick): TellingOutcome {
    const { words, base } = this.#client;
    const newest = words[base + NEWEST_ACKED_SEQUENCE];
    const behind = newest < 0 ? -1 : distance16(newest, sequence);
    if (behind < 0) return "beyond";
    if (((this.next - sequence) & 0xffff) <= REMEMBERED && words[this.#at(sequence)] === DONE)
      return "arrived";
    // Clients take packets of one tick in any order, but none that is older than what they have.
    if (tick >= words[base + NEWEST_ACKED_TICK]) return "open";
    return behind <= ACK_WINDOW ? "lost" : "unknown";
  }

  #visit(sequence: Sequence): void {
    const { words } = this.#client;
    const at = this.#at(sequence);
    const told = words[at];
    const behind = (this.next - sequence) & 0xffff;
    if (behind > REMEMBERED || told === DONE) return;
    words[at] = DONE;
    if (told >= 0) this.#visitor(told, sequence, false);
    else if (behind <= TOLD_PACKETS) this.#visitor(~told, sequence, true);
  }

  #at(sequence: Sequence): number {
    return this.#client.sent + (sequence & (REMEMBERED - 1));
  }
}
