/** One direction of a network path, in virtual time. All figures in milliseconds or shares of 1. */
export interface PathProfile {
  /** Delay of the fastest packet. */
  readonly baseMs: number;
  /** Uniform variation: a packet takes `baseMs - jitterMs` to `baseMs + jitterMs`, and may overtake others. */
  readonly jitterMs?: number;
  /** Independent loss of each packet. */
  readonly loss?: number;
  /** Burst loss after Gilbert and Elliott: share of packets lost, and mean length of a burst in packets. */
  readonly burstLoss?: { readonly share: number; readonly meanPackets: number };
  /** Times in which the path holds everything and lets it go together afterwards. */
  readonly stalls?: {
    readonly minMs: number;
    readonly maxMs: number;
    readonly everyMinMs: number;
    readonly everyMaxMs: number;
  };
  /** Single packets held back this long while others pass. */
  readonly stragglers?: { readonly share: number; readonly minMs: number; readonly maxMs: number };
}

/** A seeded path: the same seed and the same sends give the same fates. */
export class SimulatedPath {
  readonly #profile: PathProfile;
  #state: number;
  #inBurst = false;
  #stallFromMs = Infinity;
  #stallToMs = Infinity;

  constructor(profile: PathProfile, seed: number) {
    this.#profile = profile;
    this.#state = (Math.imul(seed, 0x9e3779b1) ^ 0x5bf03635) >>> 0;
    this.#planStall(0);
  }

  /** When a packet sent at `nowMs` arrives, or undefined when it is lost. Sends must not go back in time. */
  send(nowMs: number): number | undefined {
    const { baseMs, jitterMs = 0, loss = 0, burstLoss, stragglers } = this.#profile;
    while (nowMs >= this.#stallToMs) this.#planStall(this.#stallToMs);
    if (this.#random() < loss) return undefined;
    if (burstLoss) {
      const leave = 1 / burstLoss.meanPackets;
      const enter = (leave * burstLoss.share) / (1 - burstLoss.share);
      this.#inBurst = this.#inBurst ? this.#random() >= leave : this.#random() < enter;
      if (this.#inBurst) return undefined;
    }
    let delayMs = Math.max(0, baseMs + this.#between(-jitterMs, jitterMs));
    if (stragglers && this.#random() < stragglers.share)
      delayMs += this.#between(stragglers.minMs, stragglers.maxMs);
    const arrivalMs = nowMs + delayMs;
    return nowMs >= this.#stallFromMs ? Math.max(arrivalMs, this.#stallToMs + baseMs) : arrivalMs;
  }

  /** Whether a packet sent at this time (not before the last send) is held by a stall. */
  stalledAt(nowMs: number): boolean {
    return nowMs >= this.#stallFromMs && nowMs < this.#stallToMs;
  }

  #planStall(afterMs: number): void {
    const stalls = this.#profile.stalls;
    if (!stalls) return;
    this.#stallFromMs = afterMs + this.#between(stalls.everyMinMs, stalls.everyMaxMs);
    this.#stallToMs = this.#stallFromMs + this.#between(stalls.minMs, stalls.maxMs);
  }

  #between(low: number, high: number): number {
    return low + (high - low) * this.#random();
  }

  /** Mulberry-like 32-bit generator: quality suffices for weather. */
  #random(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }
}
