import { fadeInput, missingInputTicks, TidelockError } from "@tidelock/shared";

/** What became of one received input. All but "accepted" were dropped. */
export type InputArrival = "accepted" | "late" | "duplicate" | "early";
/** Where the input of one tick came from. */
export type InputOrigin = "received" | "repeated" | "neutral";

export interface InputBufferOptions {
  /** Neutral value of each column, quantised; its length is the width of a row. */
  readonly neutral: Int32Array;
  /** A `MissingInput` per column. */
  readonly missing: Uint8Array;
  /** Ticks per second; sets how long missing input is repeated. */
  readonly tickRate: number;
  /** First tick this player's input can be for: the next tick to run. */
  readonly nextTick: number;
  /** Ticks for which the last input is repeated unchanged; default 100 ms. */
  readonly holdTicks?: number;
  /** Ticks after which all but kept columns are neutral; more than `holdTicks`; default 250 ms. */
  readonly repeatTicks?: number;
}

/** How inputs arrived since the last report. One object per buffer, overwritten by each `takeMargin`. */
export interface InputMargin {
  /**
   * Smallest margin in ticks, with a fraction: how long before its tick an input came, negative when late.
   * Within plus or minus the 64 ticks of the buffer; NaN when nothing arrived.
   */
  smallestTicks: number;
  /** Inputs that arrived and were no repeats, whether in time or not. */
  arrivals: number;
  /** Newest tick for which an input came, ever (too early ones excepted); -1 before the first. */
  newestTick: number;
}

/** Two seconds at 30 Hz: half lies ahead of the next tick, half behind it, where repeats are recognised. */
const CAPACITY = 64;
const HALF = CAPACITY / 2;
const SLOT_MASK = CAPACITY - 1;

/**
 * Holds one player's inputs until their tick. An input says for which tick it is meant and is used for that
 * one only, so a client that sends more, or faster, gets nothing more: every tick consumes one input.
 * Memory is fixed at construction; nothing a peer sends makes it grow or throw.
 */
export class InputBuffer {
  readonly #neutral: Int32Array;
  readonly #missing: Uint8Array;
  readonly #holdTicks: number;
  readonly #repeatTicks: number;
  readonly #rows: Int32Array;
  /** The tick a slot holds, or held; -1 when none yet. */
  readonly #tickOfSlot = new Float64Array(CAPACITY).fill(-1);
  readonly #last: Int32Array;
  readonly #margin: InputMargin = { smallestTicks: Number.NaN, arrivals: 0, newestTick: -1 };
  /** Tick of the row in `#last`; -1 before the first input. */
  #lastTick = -1;
  #nextTick: number;
  #newestTick = -1;
  #smallest = Number.POSITIVE_INFINITY;
  #arrivals = 0;

  /** Inputs kept for their tick. */
  accepted = 0;
  /** Inputs that came after their tick had run. The newest of them still serves as the one to repeat. */
  late = 0;
  /** Inputs received before; redundant sending makes these ordinary. */
  duplicate = 0;
  /** Inputs for a tick further ahead than the buffer reaches. */
  early = 0;
  /** Ticks that ran without their input; those before the player's first input are not counted. */
  missed = 0;

  /** @throws TidelockError `input/buffer-options` when columns or times do not fit together. */
  constructor(options: InputBufferOptions) {
    const usual = missingInputTicks(options.tickRate);
    this.#neutral = options.neutral;
    this.#missing = options.missing;
    this.#holdTicks = options.holdTicks ?? usual.holdTicks;
    this.#repeatTicks = options.repeatTicks ?? Math.max(usual.repeatTicks, this.#holdTicks + 1);
    this.#nextTick = options.nextTick;
    if (this.#missing.length !== this.#neutral.length) {
      refuse(
        `has ${this.#neutral.length} neutral values and ${this.#missing.length} kinds; give one of each per column`,
      );
    }
    if (!(this.#holdTicks >= 0 && this.#repeatTicks > this.#holdTicks)) {
      refuse(
        `repeats for ${this.#repeatTicks} ticks and holds for ${this.#holdTicks}; allowed is 0 <= hold < repeat`,
      );
    }
    this.#rows = new Int32Array(CAPACITY * this.#neutral.length);
    this.#last = new Int32Array(this.#neutral);
  }

  /** Columns of one row. */
  get width(): number {
    return this.#neutral.length;
  }

  /** Newest tick for which an input came (too early ones excepted); -1 before the first. */
  get newestTick(): number {
    return this.#newestTick;
  }

  /**
   * Takes the input meant for `tick` from `row` at `offset`.
   * @param serverTick the server's time in ticks with a fraction, as `TickScheduler.ticksNow` tells it
   */
  receive(tick: number, row: Int32Array, offset: number, serverTick: number): InputArrival {
    if (tick >= this.#nextTick + HALF) {
      this.early++;
      this.#observe(tick - serverTick);
      return "early";
    }
    if (!(tick >= this.#nextTick - HALF && tick >= 0)) {
      this.late++;
      // Too old to be recognised as a repeat; but newer than all others is news, and a client that far
      // behind (its page slept) learns only from the margin that it is.
      if (tick > this.#newestTick) {
        this.#newestTick = tick;
        this.#observe(tick - serverTick);
      }
      return "late";
    }
    const slot = tick & SLOT_MASK;
    if (this.#tickOfSlot[slot] === tick) {
      this.duplicate++;
      return "duplicate";
    }
    this.#tickOfSlot[slot] = tick;
    this.#newestTick = Math.max(this.#newestTick, tick);
    this.#observe(tick - serverTick);
    if (tick < this.#nextTick) {
      this.late++;
      if (tick > this.#lastTick) this.#remember(row, offset, tick);
      return "late";
    }
    const start = slot * this.width;
    for (let column = 0; column < this.width; column++) this.#rows[start + column] = row[offset + column];
    this.accepted++;
    return "accepted";
  }

  /**
   * Writes the one input of `tick` to `out` at `outOffset`: the one meant for it; else the last one, held and
   * then faded (see `MissingInput`); else neutral.
   * @throws TidelockError `input/tick-order` when `tick` was consumed before.
   */
  consume(tick: number, out: Int32Array, outOffset = 0): InputOrigin {
    if (tick < this.#nextTick) {
      throw new TidelockError(
        "input/tick-order",
        `Input of tick ${tick} was asked for after tick ${this.#nextTick - 1}; ask once per tick, in order.`,
      );
    }
    this.#nextTick = tick + 1;
    const slot = tick & SLOT_MASK;
    if (this.#tickOfSlot[slot] === tick) {
      this.#remember(this.#rows, slot * this.width, tick);
      out.set(this.#last, outOffset);
      return "received";
    }
    if (this.#lastTick < 0) {
      out.set(this.#neutral, outOffset);
      return "neutral";
    }
    this.missed++;
    const age = tick - this.#lastTick;
    fadeInput(
      this.#last,
      this.#neutral,
      this.#missing,
      age,
      this.#holdTicks,
      this.#repeatTicks,
      out,
      outOffset,
    );
    return age < this.#repeatTicks ? "repeated" : "neutral";
  }

  /** Reports how inputs arrived and begins a new interval. The object is overwritten by the next call. */
  takeMargin(): InputMargin {
    this.#margin.smallestTicks = this.#arrivals > 0 ? this.#smallest : Number.NaN;
    this.#margin.arrivals = this.#arrivals;
    this.#margin.newestTick = this.#newestTick;
    this.#smallest = Number.POSITIVE_INFINITY;
    this.#arrivals = 0;
    return this.#margin;
  }

  /** Forgets all inputs, as for a player who returns: nothing of before is repeated. Counters stay. */
  reset(nextTick: number): void {
    this.#tickOfSlot.fill(-1);
    this.#lastTick = -1;
    this.#newestTick = -1;
    this.#nextTick = nextTick;
    this.takeMargin();
  }

  #observe(margin: number): void {
    this.#arrivals++;
    this.#smallest = Math.min(this.#smallest, Math.max(-CAPACITY, Math.min(CAPACITY, margin)));
  }

  #remember(row: Int32Array, offset: number, tick: number): void {
    for (let column = 0; column < this.width; column++) this.#last[column] = row[offset + column];
    this.#lastTick = tick;
  }
}

function refuse(problem: string): never {
  throw new TidelockError("input/buffer-options", `An input buffer ${problem}.`);
}
