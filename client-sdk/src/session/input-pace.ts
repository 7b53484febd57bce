import type { Sequence, Tick } from "@tidelock/shared";

/** Inputs wait for each other no longer than this: three ticks at 60 Hz, none at 30. */
const LONGEST_WAIT_SECONDS = 0.05;
/** The path is narrow once snapshots come at two thirds of their pace, and no longer when they are nearly back at it. */
const NARROW_SLOWNESS = 1.5;
const WIDE_SLOWNESS = 1.2;
/** Smaller snapshots than this come seldom for another reason: the server waits no longer on a narrow path than until this much has come together. */
const SMALL_BYTES = 150;
/** Weight of one snapshot in the mean interval and size. */
const WEIGHT = 1 / 4;

/**
 * How many ticks' inputs share a packet: one, until snapshots come so seldom that the path must be narrow. SCTP answers packets
 * with 93 bytes of its own, every one of them where it misses another, which at sixty a second take most of 64 kbit/s.
 */
export class InputPace {
  readonly #sendEvery: number;
  readonly #most: number;
  #interval: number;
  #bytes = 0;
  #narrow = false;
  #lastTick: Tick = -1;
  #lastSequence: Sequence = 0;
  #sentTick: Tick = -1;
  #hasNews = false;

  /** @param sendEvery ticks between two snapshots on a path that is wide enough. */
  constructor(tickRate: number, sendEvery: number) {
    this.#sendEvery = sendEvery;
    this.#most = Math.max(1, Math.floor(tickRate * LONGEST_WAIT_SECONDS));
    this.#interval = sendEvery;
  }

  /** Ticks from one packet to the next, unless there is a snapshot to acknowledge. */
  get ticks(): number {
    return this.#narrow ? this.#most : 1;
  }

  /** A snapshot of so many bytes arrived; what was lost before it tells nothing of how often they are sent. */
  observe(tick: Tick, sequence: Sequence, bytes: number): void {
    const sent = (sequence - this.#lastSequence) & 0xffff;
    if (this.#lastTick >= 0 && sent > 0 && tick > this.#lastTick)
      this.#interval += ((tick - this.#lastTick) / sent - this.#interval) * WEIGHT;
    this.#bytes += (bytes - this.#bytes) * WEIGHT;
    const slow = this.#interval > this.#sendEvery * (this.#narrow ? WIDE_SLOWNESS : NARROW_SLOWNESS);
    this.#narrow = slow && this.#bytes >= SMALL_BYTES;
    this.#lastTick = tick;
    this.#lastSequence = sequence;
    this.#hasNews = true;
  }

  /** Whether the inputs up to `tick` are to be sent now. An acknowledgement never waits: the server's budget goes by it. */
  due(tick: Tick): boolean {
    return this.#hasNews || tick - this.#sentTick >= this.ticks || tick < this.#sentTick;
  }

  sent(tick: Tick): void {
    this.#sentTick = tick;
    this.#hasNews = false;
  }
}
