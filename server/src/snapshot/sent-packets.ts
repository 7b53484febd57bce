import { distance16, type Sequence, type Tick } from "@tidelock/shared";

/** Packets remembered per client: more than are ever in flight within the 64 ticks that a baseline may lie back. */
const REMEMBERED = 128;
/** An acknowledgement names the newest packet and this many before it. */
const ACK_WINDOW = 32;

/** What one packet told the client: slots updated, and (bitwise complement) slots reported gone. */
export class SentPacket {
  sequence: Sequence = -1;
  tick: Tick = -1;
  count = 0;
  acked = true;
  /** The packet held everything the client sees: `entries` is not needed and empty. */
  complete = false;
  entries = new Int32Array(32);

  push(entry: number): void {
    if (this.count === this.entries.length) {
      const longer = new Int32Array(this.count * 2);
      longer.set(this.entries);
      this.entries = longer;
    }
    this.entries[this.count++] = entry;
  }
}

/** The packets sent to one client, by sequence, until their acknowledgement can no longer matter. */
export class SentPackets {
  readonly #ring = Array.from({ length: REMEMBERED }, () => new SentPacket());
  #next = 0;

  /** Starts the record of the next packet. */
  begin(tick: Tick): SentPacket {
    const packet = this.#ring[this.#next & (REMEMBERED - 1)];
    packet.sequence = this.#next;
    packet.tick = tick;
    packet.count = 0;
    packet.acked = false;
    packet.complete = false;
    this.#next = (this.#next + 1) & 0xffff;
    return packet;
  }

  /**
   * Visits every packet that `newest` and the bits of `mask` (bit 0: the one before) acknowledge for the first time. False when the
   * client acknowledges what was never sent.
   */
  acknowledge(newest: Sequence, mask: number, visit: (packet: SentPacket) => void): boolean {
    if (distance16(newest, this.#next) >= 0) return false;
    for (let back = 0; back <= ACK_WINDOW; back++) {
      if (back > 0 && ((mask >>> (back - 1)) & 1) === 0) continue;
      const sequence = (newest - back) & 0xffff;
      const packet = this.#ring[sequence & (REMEMBERED - 1)];
      if (packet.sequence !== sequence || packet.acked) continue;
      packet.acked = true;
      visit(packet);
    }
    return true;
  }
}
