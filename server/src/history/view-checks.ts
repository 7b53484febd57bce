import { type LagCompensation, MAX_GUESS_MS, NO_VIEW, type Tick, viewMoment } from "@tidelock/shared";

/**
 * Why a moment that a client claims to have been shown is not taken as it stands. Each is brought to the nearest that is allowed.
 * "view-future": beyond the server's present. "view-unacked": later than the client can show by the snapshots it has acknowledged.
 * "view-too-old": further back than the game allows. "view-backwards": before the moment of the input before, while play-out never goes
 * back.
 */
export type ViewFault = "view-future" | "view-unacked" | "view-too-old" | "view-backwards";

/** Inputs wait for their tick no longer than this. A power of two. */
const SLOTS = 64;
const MASK = SLOTS - 1;

/** What one player was looking at when giving each input, as far as it can be true. */
export class ViewChecks {
  readonly #maxTicks: number;
  readonly #guessTicks: number;
  readonly #fault: (fault: ViewFault) => void;
  readonly #tickOf = new Float64Array(SLOTS).fill(-1);
  readonly #moments = new Float64Array(SLOTS);
  readonly #known = new Float64Array(SLOTS);
  #tick: Tick = -1;
  #moment = Number.NaN;
  /** The latest moment of any input so far. */
  #latest = -Infinity;
  #knownTick: Tick = -1;

  constructor(tickRate: number, { maxRewindTicks }: LagCompensation, fault: (fault: ViewFault) => void) {
    this.#maxTicks = maxRewindTicks;
    this.#guessTicks = (MAX_GUESS_MS * tickRate) / 1000;
    this.#fault = fault;
  }

  /** The moment that the player saw for the tick last consumed, in ticks with a fraction; NaN: none. */
  get moment(): number {
    return this.#moment;
  }

  /** The newest tick that the client had when it gave the input of the tick last consumed. */
  get knownTick(): Tick {
    return this.#knownTick;
  }

  /**
   * Takes the claim of an input for `tick` that has just arrived, with a packet by which the client has `acked` and nothing newer.
   * `serverTick`: the server's time in ticks with a fraction.
   */
  receive(tick: Tick, distance: number, acked: Tick, serverTick: number): void {
    const at = tick & MASK;
    this.#tickOf[at] = tick;
    this.#known[at] = acked;
    this.#moments[at] =
      distance === NO_VIEW ? Number.NaN : this.#plausible(tick, distance, acked, serverTick);
  }

  /** Settles what was seen for the input of `tick`; without an input time goes on as it did. Ticks come in order. */
  consume(tick: Tick): void {
    const at = tick & MASK;
    if (this.#tickOf[at] === tick) this.#take(this.#moments[at], this.#known[at]);
    else this.#moment += tick - this.#tick;
    this.#tick = tick;
  }

  /** Forgets everything, as for a player who returns. */
  reset(): void {
    this.#tickOf.fill(-1);
    this.#moment = Number.NaN;
    this.#latest = -Infinity;
    this.#knownTick = -1;
  }

  #take(claimed: number, known: Tick): void {
    if (claimed < this.#latest) this.#fault("view-backwards");
    else if (claimed >= this.#latest) this.#latest = claimed;
    this.#moment = Number.isNaN(claimed) ? claimed : this.#latest;
    this.#knownTick = known;
  }

  #plausible(tick: Tick, distance: number, acked: Tick, serverTick: number): number {
    const claimed = viewMoment(tick, distance);
    if (acked < 0) {
      this.#fault("view-unacked");
      return Number.NaN;
    }
    // Queries stop at the limit of the game, or of the weapon, and say so.
    if (claimed < tick - this.#maxTicks) this.#fault("view-too-old");
    const latest = Math.min(serverTick, acked + this.#guessTicks);
    if (claimed <= latest) return claimed;
    this.#fault(claimed > serverTick ? "view-future" : "view-unacked");
    return latest;
  }
}
