import { HISTORY_TICKS, type Sequence, type Tick } from "@tidelock/shared";

/** Packets whose acknowledgement is waited for; a power of two, more than a second of them. */
const PACKETS = 256;
const PACKET_MASK = PACKETS - 1;
const TICK_MASK = HISTORY_TICKS - 1;
/** An acknowledgement names the newest packet and this many before it. */
const ACK_WINDOW = 32;

/** The ticks of which a client has said that it has them: between these, and no others, it shows what moves. */
export class AckedTicks {
  /** By sequence: the packet and the tick that it told of. */
  readonly #sequences = new Int32Array(PACKETS).fill(-1);
  readonly #tickOf = new Int32Array(PACKETS);
  readonly #ticks = new Int32Array(HISTORY_TICKS).fill(-1);
  #newest: Tick = -1;

  /** The newest tick the client has, -1 before the first. */
  get newest(): Tick {
    return this.#newest;
  }

  /** A packet of `tick` leaves for the client. */
  sent(sequence: Sequence, tick: Tick): void {
    this.#sequences[sequence & PACKET_MASK] = sequence;
    this.#tickOf[sequence & PACKET_MASK] = tick;
  }

  /** The client has `newest` and what the bits of `mask` (bit 0: the one before) say. What was never sent is passed over. */
  acknowledge(newest: Sequence, mask: number): void {
    this.#take(newest);
    for (let back = 1; back <= ACK_WINDOW; back++)
      if (((mask >>> (back - 1)) & 1) === 1) this.#take((newest - back) & 0xffff);
  }

  /** The newest tick that the client had at or before `tick` when its newest was `upTo`; -1 when none of the last 64 ticks. */
  floor(tick: Tick, upTo: Tick): Tick {
    for (let t = Math.min(tick, upTo); t >= 0 && t > this.#newest - HISTORY_TICKS; t--)
      if (this.#ticks[t & TICK_MASK] === t) return t;
    return -1;
  }

  /** The oldest tick after `tick` that the client had when its newest was `upTo`; -1 when there is none. */
  after(tick: Tick, upTo: Tick): Tick {
    for (let t = tick + 1; t <= upTo; t++) if (this.#ticks[t & TICK_MASK] === t) return t;
    return -1;
  }

  /** The client begins anew and has nothing. */
  reset(): void {
    this.#sequences.fill(-1);
    this.#ticks.fill(-1);
    this.#newest = -1;
  }

  #take(sequence: Sequence): void {
    const at = sequence & PACKET_MASK;
    if (this.#sequences[at] !== sequence) return;
    this.#sequences[at] = -1;
    const tick = this.#tickOf[at];
    if (tick <= this.#newest - HISTORY_TICKS) return;
    this.#ticks[tick & TICK_MASK] = tick;
    if (tick > this.#newest) this.#newest = tick;
  }
}
