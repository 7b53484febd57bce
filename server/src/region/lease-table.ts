import { type AcquireAnswer, EPOCH_MS, type RenewAnswer } from "./region-bus.ts";
import type { RegionId } from "./transfer.ts";
import { UndoableMap, type UndoLog } from "./undo-log.ts";

interface Lease {
  readonly owner: string;
  readonly epoch: number;
  readonly untilMs: number;
}

/** Who owns which region, and the highest epoch that each ever had. */
export class LeaseTable {
  incarnation = "1";
  /** Until then the store gives regions to nobody new: owners it has forgotten may still be at work. */
  waitUntilMs = 0;
  readonly #leases: UndoableMap<RegionId, Lease>;
  readonly #epochs: UndoableMap<RegionId, number>;

  readonly leaseMs: number;

  constructor(log: UndoLog, leaseMs: number) {
    this.leaseMs = leaseMs;
    this.#leases = new UndoableMap(log);
    this.#epochs = new UndoableMap(log);
  }

  acquire(region: RegionId, owner: string, known: number, nowMs: number): AcquireAnswer {
    const { incarnation } = this;
    const highest = this.epochOf(region);
    const lease = this.#live(region, nowMs);
    if (known > 0 && known < highest) return { kind: "outdated", retryMs: 0, incarnation };
    if (nowMs < this.waitUntilMs) {
      // Whoever shows the highest epoch has the region kept for it.
      const outdone = lease !== undefined && lease.owner !== owner && lease.epoch >= known;
      if (known > 0 && !outdone) {
        this.#epochs.set(region, known);
        this.#leases.set(region, { owner, epoch: known, untilMs: this.waitUntilMs + this.leaseMs });
      }
      return { kind: "waiting", retryMs: this.waitUntilMs - nowMs, incarnation };
    }
    if (lease !== undefined && lease.owner !== owner)
      return { kind: "held", retryMs: lease.untilMs - nowMs, incarnation };
    const previous = Math.max(highest, known);
    const epoch = Math.max(previous + 1, Math.floor(nowMs / EPOCH_MS));
    this.#epochs.set(region, epoch);
    this.#leases.set(region, { owner, epoch, untilMs: nowMs + this.leaseMs });
    return { kind: "granted", epoch, previous, incarnation };
  }

  renew(region: RegionId, owner: string, epoch: number, nowMs: number): RenewAnswer {
    if (!this.mayWrite(region, owner, epoch, nowMs)) return { kind: "lost" };
    this.#leases.set(region, { owner, epoch, untilMs: nowMs + this.leaseMs });
    return { kind: "renewed", incarnation: this.incarnation };
  }

  release(region: RegionId, owner: string, epoch: number, nowMs: number): boolean {
    const lease = this.#live(region, nowMs);
    if (lease === undefined || lease.owner !== owner || lease.epoch !== epoch) return false;
    this.#leases.delete(region);
    return true;
  }

  /** Whether a write in the name of this owner and epoch is to be believed; a higher epoch than is known here is written back. */
  mayWrite(region: RegionId, owner: string, epoch: number, nowMs: number): boolean {
    const highest = this.epochOf(region);
    if (epoch < highest) return false;
    const lease = this.#live(region, nowMs);
    if (lease !== undefined && lease.owner !== owner && lease.epoch >= epoch) return false;
    if (epoch > highest) this.#epochs.set(region, epoch);
    return true;
  }

  /** Whether somebody owns the region at this epoch now. */
  isLive(region: RegionId, epoch: number, nowMs: number): boolean {
    return this.#live(region, nowMs)?.epoch === epoch;
  }

  epochOf(region: RegionId): number {
    return this.#epochs.get(region) ?? 0;
  }

  ownerOf(region: RegionId, nowMs: number): string | undefined {
    return this.#live(region, nowMs)?.owner;
  }

  #live(region: RegionId, nowMs: number): Lease | undefined {
    const lease = this.#leases.get(region);
    return lease !== undefined && lease.untilMs > nowMs ? lease : undefined;
  }
}
