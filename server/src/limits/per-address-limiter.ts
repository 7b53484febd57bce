import { addressKey } from "./address-key.ts";
import { TokenBucket } from "./token-bucket.ts";

export interface PerAddressLimits {
  /** Attempts per second one address may make on average. */
  readonly ratePerSecond: number;
  /** Attempts it may make at once. */
  readonly burst: number;
  /** Addresses remembered; default 4096. The one not seen for longest is forgotten for a new one. */
  readonly maxAddresses?: number;
}

/** About 1 MB; forgetting matters only to who comes back before its bucket is full anyway. */
const DEFAULT_MAX_ADDRESSES = 4096;

/** A rate limit for each address (each /64 network of IPv6), in bounded memory. */
export class PerAddressLimiter {
  readonly #limits: PerAddressLimits;
  readonly #maxAddresses: number;
  /** In order of last use: a map lists its keys in order of insertion. */
  readonly #buckets = new Map<string, TokenBucket>();

  constructor(limits: PerAddressLimits) {
    this.#limits = limits;
    this.#maxAddresses = Math.max(1, limits.maxAddresses ?? DEFAULT_MAX_ADDRESSES);
  }

  /** Addresses remembered now. */
  get size(): number {
    return this.#buckets.size;
  }

  /** Takes one attempt of `address`; false: refuse it and count it. Anything that is no address shares one limit. */
  admit(address: string | undefined, nowMs: number): boolean {
    const key = addressKey(address);
    const bucket = this.#buckets.get(key) ?? this.#newBucket(nowMs);
    this.#buckets.delete(key);
    this.#buckets.set(key, bucket);
    return bucket.take(1, nowMs);
  }

  #newBucket(nowMs: number): TokenBucket {
    if (this.#buckets.size >= this.#maxAddresses) {
      for (const [oldest, bucket] of this.#buckets) {
        this.#buckets.delete(oldest);
        bucket.reset(nowMs);
        return bucket;
      }
    }
    return new TokenBucket(this.#limits.ratePerSecond, this.#limits.burst, nowMs);
  }
}
