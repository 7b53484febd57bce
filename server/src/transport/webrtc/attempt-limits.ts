/** One token bucket: `burst` at once, then `perSecond`. */
export class TokenBucket {
  #tokens: number;
  #atMs: number;
  readonly #burst: number;
  readonly #perSecond: number;

  constructor(burst: number, perSecond: number, nowMs: number) {
    this.#burst = burst;
    this.#perSecond = perSecond;
    this.#tokens = burst;
    this.#atMs = nowMs;
  }

  take(nowMs: number): boolean {
    this.#tokens = Math.min(this.#burst, this.#tokens + ((nowMs - this.#atMs) * this.#perSecond) / 1000);
    this.#atMs = nowMs;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}

/** The bounds on handshakes. One costs about 32 ms of CPU, so they are what an attacker would order. */
export interface AttemptLimitOptions {
  /** Unfinished handshakes at a time, of all players. */
  readonly maxPending: number;
  /** Handshakes in a second, of all players; a burst of two seconds' worth is let through. */
  readonly perSecond: number;
  /** Handshakes in a minute from one address, which a household or a school may share. */
  readonly perAddressPerMinute: number;
}

export const DEFAULT_ATTEMPT_LIMITS: AttemptLimitOptions = {
  maxPending: 128,
  perSecond: 30,
  perAddressPerMinute: 240,
};

/** Addresses remembered at a time; the one seen longest ago is forgotten first. */
const MAX_ADDRESSES = 4096;

/** Decides whether a handshake may begin, for the process and for each address. */
export class AttemptLimits {
  readonly options: AttemptLimitOptions;
  readonly #all: TokenBucket;
  readonly #byAddress = new Map<string, TokenBucket>();

  constructor(options: AttemptLimitOptions, nowMs: number) {
    this.options = options;
    this.#all = new TokenBucket(options.perSecond * 2, options.perSecond, nowMs);
  }

  /** "rate": this address asks too often; "busy": the process has enough to do. */
  admit(address: string, pending: number, nowMs: number): "ok" | "rate" | "busy" {
    const perMinute = this.options.perAddressPerMinute;
    const bucket =
      this.#byAddress.get(address) ?? new TokenBucket(Math.ceil(perMinute / 2), perMinute / 60, nowMs);
    this.#byAddress.delete(address);
    this.#byAddress.set(address, bucket);
    if (this.#byAddress.size > MAX_ADDRESSES) {
      for (const oldest of this.#byAddress.keys()) {
        this.#byAddress.delete(oldest);
        break;
      }
    }
    if (!bucket.take(nowMs)) return "rate";
    if (pending >= this.options.maxPending || !this.#all.take(nowMs)) return "busy";
    return "ok";
  }
}
