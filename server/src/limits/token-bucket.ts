import { TidelockError } from "@tidelock/shared";

const MS_PER_SECOND = 1000;

/**
 * Allows `ratePerSecond` on average and `burst` at once. Time is passed in; a clock that stands still or
 * steps back gives nothing and takes nothing away.
 */
export class TokenBucket {
  readonly ratePerSecond: number;
  readonly burst: number;
  #tokens: number;
  #filledAtMs: number;

  /** @throws TidelockError `config/out-of-range` unless both are positive and finite. */
  constructor(ratePerSecond: number, burst: number, nowMs: number) {
    positive("ratePerSecond", ratePerSecond);
    positive("burst", burst);
    this.ratePerSecond = ratePerSecond;
    this.burst = burst;
    this.#tokens = burst;
    this.#filledAtMs = nowMs;
  }

  /** Whether `cost` is there; takes nothing. */
  has(cost: number, nowMs: number): boolean {
    this.#fill(nowMs);
    return this.#tokens >= cost;
  }

  /** Takes `cost` if it is there; else takes nothing and returns false. */
  take(cost: number, nowMs: number): boolean {
    if (!this.has(cost, nowMs)) return false;
    this.#tokens -= cost;
    return true;
  }

  /** Full again, as when new. */
  reset(nowMs: number): void {
    this.#tokens = this.burst;
    this.#filledAtMs = nowMs;
  }

  #fill(nowMs: number): void {
    const elapsed = nowMs - this.#filledAtMs;
    if (!(elapsed > 0)) return;
    this.#filledAtMs = nowMs;
    this.#tokens = Math.min(this.burst, this.#tokens + (elapsed * this.ratePerSecond) / MS_PER_SECOND);
  }
}

function positive(name: string, found: number): void {
  if (found > 0 && found < Infinity) return;
  throw new TidelockError(
    "config/out-of-range",
    `${name} of a rate limit is ${found}; allowed is above 0 and finite.`,
  );
}
