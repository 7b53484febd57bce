import { distance16, type Sequence, type Tick } from "@tidelock/shared";

/** Packets remembered per client: more than are ever in flight within the 64 ticks that a baseline may lie back. */
const REMEMBERED = 128;
/** An acknowledgement names the newest packet and this many before it. */
const ACK_WINDOW = 32;
/** What is remembered of a packet: its tick, and what it told, until it is acknowledged. */
const STRIDE = 2;
const DONE = 0;
const COMPLETE = 1;
const PARTIAL = 2;

/** What a packet told: slots updated, and (bitwise complement) slots reported gone. Undefined: all that the client sees. */
export type PacketEntries = Int32Array | undefined;

/** The packets sent to one client, by sequence, until their acknowledgement can no longer matter. */
export class SentPackets {
  readonly #ring = new Int32Array(REMEMBERED * STRIDE);
  /** Of packets that told of a part only. */
  readonly #entries = new Map<number, Int32Array>();
  #next = 0;
  #newestAcked = -1;
  #ackedMask = 0;

  /** The number of the next packet. */
  get next(): Sequence {
    return this.#next;
  }

  /** Remembers the packet just written. */
  add(tick: Tick, entries: PacketEntries): void {
    const at = this.#next & (REMEMBERED - 1);
    this.#ring[at * STRIDE] = tick;
    this.#ring[at * STRIDE + 1] = entries === undefined ? COMPLETE : PARTIAL;
    if (entries !== undefined) this.#entries.set(at, entries);
    this.#next = (this.#next + 1) & 0xffff;
  }

  /**
   * Visits every packet that `newest` and the bits of `mask` (bit 0: the one before) acknowledge for the first time. False when the
   * client acknowledges what was never sent.
   */
  acknowledge(newest: Sequence, mask: number, visit: (tick: Tick, entries: PacketEntries) => void): boolean {
    if (distance16(newest, this.#next) >= 0) return false;
    const ahead = this.#newestAcked < 0 ? ACK_WINDOW + 1 : distance16(newest, this.#newestAcked);
    // Most of what an acknowledgement says, the one before has said already.
    let fresh = mask;
    if (ahead >= 0 && ahead < ACK_WINDOW) fresh &= ~(this.#ackedMask << ahead);
    if (ahead > 0 && ahead <= ACK_WINDOW) fresh &= ~(1 << (ahead - 1));
    if (ahead !== 0) this.#visit(newest, visit);
    for (; fresh !== 0; fresh &= fresh - 1)
      this.#visit((newest - 32 + Math.clz32(fresh & -fresh)) & 0xffff, visit);
    if (ahead >= 0) {
      this.#newestAcked = newest;
      this.#ackedMask = ahead === 0 ? this.#ackedMask | mask : mask;
    }
    return true;
  }

  #visit(sequence: Sequence, visit: (tick: Tick, entries: PacketEntries) => void): void {
    const at = sequence & (REMEMBERED - 1);
    const kind = this.#ring[at * STRIDE + 1];
    if (((this.#next - sequence) & 0xffff) > REMEMBERED || kind === DONE) return;
    this.#ring[at * STRIDE + 1] = DONE;
    visit(this.#ring[at * STRIDE], kind === PARTIAL ? this.#entries.get(at) : undefined);
  }
}
