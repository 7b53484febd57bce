import { TokenBucket } from "./token-bucket.ts";

export interface TrafficLimits {
  /** Frames per second one client may send. */
  readonly framesPerSecond: number;
  /** Bytes per second one client may send. */
  readonly bytesPerSecond: number;
  /** How many seconds' worth may come at once, as after a stall of the path; default 2. */
  readonly burstSeconds?: number;
}

/** Why a frame is dropped. */
export type TrafficVerdict = "ok" | "frame-rate" | "byte-rate";

const DEFAULT_BURST_SECONDS = 2;

/** Bounds what one client may send. A refused frame costs nothing, so an honest rest of the traffic gets through. */
export class TrafficLimiter {
  readonly #frames: TokenBucket;
  readonly #bytes: TokenBucket;

  /** @throws TidelockError `config/out-of-range` unless all limits are positive and finite. */
  constructor(limits: TrafficLimits, nowMs: number) {
    const { framesPerSecond, bytesPerSecond, burstSeconds = DEFAULT_BURST_SECONDS } = limits;
    this.#frames = new TokenBucket(framesPerSecond, framesPerSecond * burstSeconds, nowMs);
    this.#bytes = new TokenBucket(bytesPerSecond, bytesPerSecond * burstSeconds, nowMs);
  }

  /** Accounts for a frame of `bytes` that just came; other than "ok": drop it and count it under that reason. */
  admit(bytes: number, nowMs: number): TrafficVerdict {
    if (!this.#frames.has(1, nowMs)) return "frame-rate";
    if (!this.#bytes.take(bytes, nowMs)) return "byte-rate";
    this.#frames.take(1, nowMs);
    return "ok";
  }
}
