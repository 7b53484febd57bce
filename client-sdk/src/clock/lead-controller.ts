import { PathMargins } from "./path-margins.ts";
import { PhaseHistory } from "./phase-history.ts";
import { RttEstimator } from "./rtt-estimator.ts";

/** Bounds of the slack, in ticks, that a typical input has on arrival beyond the delay of the path. */
export interface LeadBounds {
  /** At least this much even on a perfect path: frame timing alone costs up to one tick. Default 1. */
  readonly minSlackTicks?: number;
  /** At most this much, however bad the path. Default: 8 ticks, or 300 ms where that is more ticks. */
  readonly maxSlackTicks?: number;
}

/**
 * Beyond this a late input costs less than the distance to the server's truth. Bursts of 4 packets on average (5% lost) need 240 ms for
 * one late input in a thousand at 60 Hz; with the 133 ms of 8 ticks alone, bursts of 3 still make 0.25% late.
 */
const MAX_SLACK_TICKS = 8;
const MAX_SLACK_MS = 300;
/** The margin aimed at for the worst input, in ticks: room for a server step that starts a little early. */
const AIMED_MARGIN_TICKS = 0.5;
/** Rate of time while all is well: 3% is below what players notice in movement. */
const DILATION = 0.03;
/** Rate of time while inputs arrive late: a visible correction is worse than 10% of speed. */
const DILATION_LATE = 0.1;
/** Lateness is no hurry while prediction is this close, in ticks, to where it is wanted. */
const CALM_ERROR_TICKS = 0.5;
/** Beyond this error, in ticks, dilation would take seconds: step at once. */
const HARD_STEP_TICKS = 10;

/**
 * Decides how far ahead of the server the client predicts, so that each input arrives just before the tick
 * it is meant for and at most one in a thousand arrives late.
 *
 * The predicted tick is `elapsed / tickMs + phase`; control moves the phase. Every reported margin is
 * reduced by the phase its input was sent with, so what is estimated is a property of the path alone:
 * adjustments still in flight cannot be counted twice, and the loop has no delay to oscillate with.
 */
export class LeadController {
  readonly #tickMs: number;
  readonly #minSlack: number;
  readonly #maxSlack: number;
  readonly #rtt = new RttEstimator();
  readonly #history = new PhaseHistory();
  #path: PathMargins;
  #started = false;
  #startMs = 0;
  #lastMs = 0;
  #predicted = 0;
  #phase = 0;
  #speed = 1;
  #waiting = false;
  #lateReports = 0;
  #hardSteps = 0;

  /** @param tickRate ticks per second of the room. */
  constructor(tickRate: number, bounds: LeadBounds = {}) {
    this.#tickMs = 1000 / tickRate;
    this.#minSlack = bounds.minSlackTicks ?? 1;
    this.#maxSlack = bounds.maxSlackTicks ?? Math.max(MAX_SLACK_TICKS, MAX_SLACK_MS / this.#tickMs);
    this.#path = new PathMargins(this.#tickMs, this.#maxSlack, 0);
  }

  get started(): boolean {
    return this.#started;
  }

  /** Where prediction stands, as of the last `advance`. */
  get predictedTick(): number {
    return this.#predicted;
  }

  /** Rate of predicted time against real time, 1 at rest; 0 while waiting out a hard step back. */
  get speed(): number {
    return this.#speed;
  }

  /** Margin, in ticks, that a typical input sent now will have on arrival; 0 while unknown. */
  get slackTicks(): number {
    return this.#path.known ? this.#path.typicalTicks + this.#phase : 0;
  }

  /** Margin, in ticks, that the worst input of recent seconds would have if sent now; 0 while unknown. */
  get lowMarginTicks(): number {
    return this.#path.known ? this.#path.lowTicks + this.#phase : 0;
  }

  /** Smoothed round trip in milliseconds, 0 while unknown. */
  get rttMs(): number {
    return this.#rtt.smoothedMs;
  }

  /** Whether a round trip has been measured, so that `start` has something to go by. */
  get rttKnown(): boolean {
    return this.#rtt.known;
  }

  /** Reports that spoke of a late input. */
  get lateReports(): number {
    return this.#lateReports;
  }

  /** How often prediction was stepped rather than dilated. */
  get hardSteps(): number {
    return this.#hardSteps;
  }

  /** A measured round trip in milliseconds; the first is needed before `start`. */
  observeRtt(rttMs: number): void {
    this.#rtt.observe(rttMs);
  }

  /**
   * Begins, or begins anew after a reconnection or a long silence: what was learnt of the path is
   * forgotten, and prediction may go back (only here).
   * @param serverTick newest tick that could have arrived by now (`ServerClock.serverTickAt(nowMs)`).
   */
  start(serverTick: number, nowMs: number): void {
    const jitterTicks = this.#rtt.deviationMs / this.#tickMs;
    const slack = Math.min(this.#maxSlack, this.#minSlack + 1 + 2 * jitterTicks);
    this.#phase = serverTick + this.#rtt.smoothedMs / this.#tickMs + slack;
    this.#predicted = this.#phase;
    this.#startMs = nowMs;
    this.#lastMs = nowMs;
    this.#speed = 1;
    this.#waiting = false;
    this.#path = new PathMargins(this.#tickMs, this.#maxSlack, jitterTicks / 2);
    this.#history.clear();
    this.#history.push(nowMs, this.#predicted, this.#phase);
    this.#started = true;
  }

  /**
   * What the server reports with a snapshot: the smallest margin with which inputs arrived since its
   * previous report, in ticks, negative when late.
   * @param inputTick the newest input the server had then: with it the adjustments in flight are known
   * exactly, without it they are taken to be those of the last round trip.
   */
  observeMargin(marginTicks: number, nowMs: number, inputTick?: number): void {
    if (!this.#started || !Number.isFinite(marginTicks)) return;
    if (marginTicks < 0) this.#lateReports++;
    const sentPhase =
      inputTick === undefined
        ? this.#history.atTime(nowMs - this.#rtt.smoothedMs)
        : this.#history.atTick(inputTick);
    this.#path.observe(marginTicks - sentPhase, nowMs);
  }

  /**
   * Moves prediction on to `nowMs`.
   * @returns the predicted tick as a float that never decreases; step the simulation up to its floor.
   */
  advance(nowMs: number): number {
    if (!this.#started) return this.#predicted;
    const elapsedTicks = Math.max(0, nowMs - this.#lastMs) / this.#tickMs;
    this.#lastMs = Math.max(this.#lastMs, nowMs);
    this.#movePhase(this.#wantedPhase() - this.#phase, elapsedTicks);
    const predicted = (this.#lastMs - this.#startMs) / this.#tickMs + this.#phase;
    this.#predicted = Math.max(this.#predicted, predicted);
    this.#history.push(this.#lastMs, this.#predicted, this.#phase);
    return this.#predicted;
  }

  #movePhase(error: number, elapsedTicks: number): void {
    if (error > HARD_STEP_TICKS) {
      this.#hardSteps++;
      this.#phase += error;
      this.#speed = 1;
      this.#waiting = false;
      return;
    }
    // A step back is a wait: ticks already shown cannot be taken back.
    if (error < -HARD_STEP_TICKS && !this.#waiting) {
      this.#hardSteps++;
      this.#waiting = true;
    }
    if (this.#waiting) {
      this.#phase += Math.max(-elapsedTicks, Math.min(0, error));
      this.#waiting = error < -elapsedTicks;
      this.#speed = this.#waiting ? 0 : 1;
      return;
    }
    // Proportional up to one tick of error, so that it comes to rest without a swing.
    const late = this.lowMarginTicks < 0 && error > CALM_ERROR_TICKS;
    const dilation = clamp(error, -1, 1) * (late ? DILATION_LATE : DILATION);
    this.#speed = 1 + dilation;
    this.#phase += clamp(dilation * elapsedTicks, -Math.abs(error), Math.abs(error));
  }

  /** The phase at which the worst input planned for still has the aimed margin. */
  #wantedPhase(): number {
    if (!this.#path.known) return this.#phase;
    const typical = this.#path.typicalTicks;
    const wanted = AIMED_MARGIN_TICKS - this.#path.plannedTicks(this.#lastMs);
    return clamp(wanted, this.#minSlack - typical, this.#maxSlack - typical);
  }
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
