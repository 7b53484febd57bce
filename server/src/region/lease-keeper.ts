import type { Scheduler } from "@tidelock/shared";
import { type AcquireAnswer, LEASE_MS, type RegionBus } from "./region-bus.ts";
import type { RegionId } from "./transfer.ts";

/** Four renewals fit into a lease: one lost answer does no harm. */
export const RENEW_EVERY_MS = 750;
/**
 * An owner stops when its last confirmed renewal is older than this by its own monotonic clock: 800 ms before the store may give the region
 * to somebody else, which covers a tick under way and clocks that run apart.
 */
export const HOLD_MS = LEASE_MS - 800;
const MOST_RETRY_MS = 250;

/** What a keeper tells its region. */
export interface LeaseEvents {
  /** The region is ours. `resumed`: nobody else had it since we did, so what is in memory is the truth. */
  readonly granted: (epoch: number, resumed: boolean) => void;
  /** We can no longer be sure; the keeper goes on trying to get the region back. */
  readonly lapsed: () => void;
  /** Somebody else has or had the region; the keeper has ended. */
  readonly lost: () => void;
  /** The store restarted and may have forgotten what was written last. Called before anything else of the new run is. */
  readonly restarted: () => void;
}

export interface LeaseKeeperOptions extends LeaseEvents {
  readonly bus: RegionBus;
  readonly region: RegionId;
  readonly scheduler: Scheduler;
}

/**
 * Gets the lease of a region and keeps it, and knows at any moment whether it still has it: a lease lapses by the owner's own clock, counted
 * from when a confirmed renewal was sent, before it ends in the store (M. Burrows, "The Chubby lock service", 2006, for lease and
 * sequencer; here the sequencer is the epoch).
 */
export class LeaseKeeper {
  /** The epoch of the newest grant; 0 before the first. */
  epoch = 0;
  readonly #options: LeaseKeeperOptions;
  #state: "asking" | "held" | "ended" = "ended";
  #confirmedMs = 0;
  #incarnation: string | undefined;
  #cancel: () => void = () => {};

  constructor(options: LeaseKeeperOptions) {
    this.#options = options;
  }

  /** Asks for the region until it is ours. */
  start(): void {
    if (this.#state !== "ended") return;
    this.#state = "asking";
    this.#ask();
  }

  /** True while the region is certainly ours. */
  get holds(): boolean {
    return this.#state === "held" && this.#sinceConfirmedMs() < HOLD_MS;
  }

  /** Since when the store of this run has known us; what was committed before is safe from being forgotten once this is late enough. */
  get confirmedMs(): number {
    return this.#confirmedMs;
  }

  /** Notices that the lease has lapsed; to be called before anything is done in the region's name. */
  check(): boolean {
    if (this.holds) return true;
    if (this.#state === "held") {
      this.#state = "asking";
      this.#cancel();
      this.#options.lapsed();
      this.#ask();
    }
    return false;
  }

  /** Somebody said that the region is not ours any more. */
  fenced(): void {
    if (this.#state === "ended") return;
    this.#end();
    this.#options.lost();
  }

  /** The region may be free now. */
  askNow(): void {
    if (this.#state === "asking") this.#after(0, () => this.#ask());
  }

  /** Gives the region back, so that another may have it at once. */
  stop(released: () => void = () => {}): void {
    const { bus, region } = this.#options;
    if (this.#state === "held") bus.release(region, this.epoch, released);
    this.#end();
  }

  #end(): void {
    this.#state = "ended";
    this.#cancel();
  }

  #sinceConfirmedMs(): number {
    return this.#options.scheduler.nowMs() - this.#confirmedMs;
  }

  #ask(): void {
    const { bus, region, scheduler } = this.#options;
    const sentMs = scheduler.nowMs();
    bus.acquire(region, this.epoch, (answer) => {
      if (this.#state !== "asking") return;
      if (answer !== undefined) this.#notice(answer.incarnation);
      if (answer?.kind === "granted") this.#grant(answer, sentMs);
      else if (answer?.kind === "outdated") this.fenced();
      else this.#after(Math.min(answer?.retryMs ?? MOST_RETRY_MS, MOST_RETRY_MS), () => this.#ask());
    });
  }

  #grant({ epoch, previous }: AcquireAnswer & { kind: "granted" }, sentMs: number): void {
    const known = this.epoch;
    this.epoch = epoch;
    this.#confirmedMs = sentMs;
    this.#state = "held";
    this.#after(RENEW_EVERY_MS, () => this.#renew());
    this.#options.granted(epoch, known > 0 && (previous === known || epoch === known));
  }

  #renew(): void {
    if (!this.check()) return;
    const { bus, region, scheduler } = this.#options;
    const { epoch } = this;
    const sentMs = scheduler.nowMs();
    bus.renew(region, epoch, (answer) => {
      // A late answer does not bring a lapsed lease back: in between, the region may have been somebody else's.
      if (!this.check() || answer === undefined || epoch !== this.epoch) return;
      if (answer.kind === "lost") return this.fenced();
      this.#confirmedMs = Math.max(this.#confirmedMs, sentMs);
      this.#notice(answer.incarnation);
    });
    this.#after(RENEW_EVERY_MS, () => this.#renew());
  }

  #notice(incarnation: string): void {
    const before = this.#incarnation;
    this.#incarnation = incarnation;
    if (before !== undefined && before !== incarnation) this.#options.restarted();
  }

  #after(ms: number, task: () => void): void {
    this.#cancel();
    this.#cancel = this.#options.scheduler.after(ms, task);
  }
}
