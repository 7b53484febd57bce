import { type AcquireAnswer, EPOCH_MS, type RenewAnswer } from "./region-bus.ts";
import type { RegionId } from "./transfer.ts";
import { UndoableMap, type UndoLog } from "./undo-log.ts";

/** The newest grant of a region, kept when it has lapsed. */
export interface Grant {
  readonly owner: string;
  readonly epoch: number;
  /** The highest epoch before, as the owner was told. */
  readonly previous: number;
  readonly untilMs: number;
}

/** Who owns which region, and the highest epoch that each ever had. */
export class LeaseTable {
  incarnation = "1";
  /** Until then the store gives regions to nobody new: owners it has forgotten may still be at work. */
  waitUntilMs = 0;
  readonly leaseMs: number;
  readonly #grants: UndoableMap<RegionId, Grant>;

  constructor(log: UndoLog, leaseMs: number) {
    this.leaseMs = leaseMs;
    this.#grants = new UndoableMap(log);
  }

  acquire(region: RegionId, owner: string, known: number, nowMs: number): AcquireAnswer {
    const { incarnation } = this;
    const grant = this.#grants.get(region) ?? NO_GRANT;
    const mine = grant.owner === owner;
    const isCurrent = known >= grant.epoch || (mine && known >= grant.previous);
    if (known > 0 && !isCurrent) return { kind: "outdated", retryMs: 0, incarnation };
    const isLive = grant.untilMs > nowMs;
    if (nowMs < this.waitUntilMs) {
      // Whoever shows the highest epoch has the region kept for it.
      if (known > 0 && (mine || !isLive || known > grant.epoch))
        this.#grants.set(region, {
          owner,
          epoch: Math.max(known, grant.epoch),
          previous: known,
          untilMs: this.waitUntilMs + this.leaseMs,
        });
      return { kind: "waiting", retryMs: this.waitUntilMs - nowMs, incarnation };
    }
    if (isLive && !mine) return { kind: "held", retryMs: grant.untilMs - nowMs, incarnation };
    const again = isLive && known <= grant.epoch;
    const previous = again ? grant.previous : mine && known > 0 ? known : Math.max(grant.epoch, known);
    const epoch = again ? grant.epoch : Math.max(grant.epoch + 1, known + 1, Math.floor(nowMs / EPOCH_MS));
    this.#grants.set(region, { owner, epoch, previous, untilMs: nowMs + this.leaseMs });
    return { kind: "granted", epoch, previous, incarnation };
  }

  renew(region: RegionId, owner: string, epoch: number, nowMs: number): RenewAnswer {
    if (!this.mayWrite(region, owner, epoch, nowMs)) return { kind: "lost" };
    const { previous } = this.#grants.get(region) ?? NO_GRANT;
    this.#grants.set(region, { owner, epoch, previous, untilMs: nowMs + this.leaseMs });
    return { kind: "renewed", incarnation: this.incarnation };
  }

  release(region: RegionId, owner: string, epoch: number): boolean {
    const grant = this.#grants.get(region);
    if (grant === undefined || grant.owner !== owner || grant.epoch !== epoch) return false;
    this.#grants.set(region, { ...grant, untilMs: 0 });
    return true;
  }

  /** Whether a write in the name of this owner and epoch is to be believed; a higher epoch than is known here is written back. */
  mayWrite(region: RegionId, owner: string, epoch: number, nowMs: number): boolean {
    const grant = this.#grants.get(region) ?? NO_GRANT;
    if (epoch < grant.epoch || (epoch === grant.epoch && owner !== grant.owner)) return false;
    if (epoch > grant.epoch)
      this.#grants.set(region, { owner, epoch, previous: epoch, untilMs: nowMs + this.leaseMs });
    return true;
  }

  /** Whether somebody owns the region at this epoch now. */
  isLive(region: RegionId, epoch: number, nowMs: number): boolean {
    const grant = this.#grants.get(region);
    return grant !== undefined && grant.epoch === epoch && grant.untilMs > nowMs;
  }

  /** Ends all leases of an owner. */
  bury(owner: string, nowMs: number): RegionId[] {
    const held = this.owned(nowMs).filter((grant) => grant.owner === owner);
    for (const { region } of held) this.#grants.set(region, { ...this.grantOf(region), untilMs: 0 });
    return held.map(({ region }) => region);
  }

  /** All grants, lapsed ones included. */
  grants(): (readonly [RegionId, Grant])[] {
    return [...this.#grants.entries()];
  }

  /** Puts a grant back as it was. */
  putGrant(region: RegionId, grant: Grant): void {
    this.#grants.set(region, grant);
  }

  grantOf(region: RegionId): Grant {
    return this.#grants.get(region) ?? NO_GRANT;
  }

  /** The regions that are somebody's now. */
  owned(nowMs: number): { readonly region: RegionId; readonly owner: string }[] {
    return [...this.#grants.entries()]
      .filter(([, { untilMs }]) => untilMs > nowMs)
      .map(([region, { owner }]) => ({ region, owner }));
  }
}

const NO_GRANT: Grant = { owner: "", epoch: 0, previous: 0, untilMs: 0 };
