import { PerAddressLimiter } from "../../limits/per-address-limiter.ts";
import { TokenBucket } from "../../limits/token-bucket.ts";

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

/** Decides whether a handshake may begin, for the process and for each address. */
export class AttemptLimits {
  readonly options: AttemptLimitOptions;
  readonly #all: TokenBucket;
  readonly #byAddress: PerAddressLimiter;

  constructor(options: AttemptLimitOptions, nowMs: number) {
    this.options = options;
    this.#all = new TokenBucket(options.perSecond, options.perSecond * 2, nowMs);
    const { perAddressPerMinute: perMinute } = options;
    this.#byAddress = new PerAddressLimiter({
      ratePerSecond: perMinute / 60,
      burst: Math.ceil(perMinute / 2),
    });
  }

  /** "rate": this address asks too often; "busy": the process has enough to do. */
  admit(address: string, pending: number, nowMs: number): "ok" | "rate" | "busy" {
    if (!this.#byAddress.admit(address, nowMs)) return "rate";
    if (pending >= this.options.maxPending || !this.#all.take(1, nowMs)) return "busy";
    return "ok";
  }
}
