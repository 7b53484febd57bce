import { DATAGRAM_OVERHEAD_BYTES } from "./budget-limits.ts";

/** A packet with less than this for the world is more header than news: better a larger one half as often. */
const USEFUL_BYTES = 200;
/** Faster again only with clearly more than that, or the pace would swing with every step of the rate. */
const PLENTY_BYTES = 300;
/** With less than this nothing can be sent at all. */
const LEAST_BYTES = 64;
/** Slower than this, interpolation has nothing to go by. */
const SLOWEST_HZ = 5;
/** The share of what a packet may have from which on it counts as full. */
const FULL_SHARE = 0.7;

/** The divisor of `tickRate` nearest to the ticks between two snapshots at `snapshotRate`; the larger of two equally near. */
export function sendEveryFor(tickRate: number, snapshotRate: number): number {
  const wanted = tickRate / snapshotRate;
  let nearest = 1;
  for (let n = 2; n <= tickRate; n++)
    if (tickRate % n === 0 && Math.abs(n - wanted) <= Math.abs(nearest - wanted)) nearest = n;
  return nearest;
}

/**
 * On which of a room's send ticks one client is sent to: every one of them, or every n-th, so that it is sent to on every k-th tick
 * and k divides the tick rate. Clients that skip do so in different phases, so that the load stays even.
 */
export class SendPace {
  readonly #phase: number;
  readonly #turnMs: number;
  /** Allowed numbers of turns between two packets, ascending. */
  readonly #steps: readonly number[];
  #step = 0;
  #slowest = 0;
  #nextTurn = -Infinity;
  #bytes = 0;
  #full = false;

  /** `sendEvery`: ticks between two send ticks of the room; `phase`: any number that differs between clients. */
  constructor(tickRate: number, sendEvery: number, phase: number) {
    this.#phase = phase;
    this.#turnMs = (sendEvery * 1000) / tickRate;
    const steps = [1];
    for (let n = 2; tickRate >= n * sendEvery * SLOWEST_HZ; n++)
      if (tickRate % (n * sendEvery) === 0) steps.push(n);
    this.#steps = steps;
  }

  /** Turns between two packets, allowed ones, in ascending order. */
  get steps(): readonly number[] {
    return this.#steps;
  }

  /** Turns from one packet to the next. */
  get turns(): number {
    return this.#steps[this.#step];
  }

  /** Milliseconds from one packet to the next. */
  get intervalMs(): number {
    return this.turns * this.#turnMs;
  }

  /** Never more often than every `turns` turns, which must be one of `steps`. */
  atMostEvery(turns: number): void {
    this.#slowest = Math.max(0, this.#steps.indexOf(turns));
    this.#step = Math.max(this.#step, this.#slowest);
  }

  /** Whether packets are fewer than the game allows, for want of rate. */
  get slowed(): boolean {
    return this.#step > this.#slowest;
  }

  /** Whether the client's turn has come. */
  due(turn: number): boolean {
    return turn >= this.#nextTurn;
  }

  /** A packet goes out in this turn. */
  sent(turn: number): void {
    const { turns } = this;
    // The next turn of this client's phase; soon after a change of pace, that may be a short step.
    this.#nextTurn = turn + turns - ((((turn - this.#phase) % turns) + turns) % turns);
  }

  /** Takes note of the packet just sent: its bytes, and how many it might have had. */
  filled(bytes: number, allowed: number): void {
    this.#bytes = bytes;
    this.#full = bytes >= allowed * FULL_SHARE;
  }

  /** Adapts to the rate in bytes per second, headers included. */
  adapt(bytesPerSecond: number): void {
    const bytes = this.#useful(this.#step, bytesPerSecond);
    if (this.#step + 1 < this.#steps.length && bytes < (this.#full ? USEFUL_BYTES : LEAST_BYTES))
      this.#step++;
    else if (this.#step > this.#slowest) {
      const faster = this.#useful(this.#step - 1, bytesPerSecond);
      if (faster >= (this.#full ? PLENTY_BYTES : Math.max(LEAST_BYTES, this.#bytes / FULL_SHARE)))
        this.#step--;
    }
  }

  /** Bytes for the world in a packet at that step. */
  #useful(step: number, bytesPerSecond: number): number {
    return (bytesPerSecond * this.#steps[step] * this.#turnMs) / 1000 - DATAGRAM_OVERHEAD_BYTES;
  }
}
