import type { EntityId } from "@tidelock/shared";
import type { Claim, HandoffId } from "./transfer.ts";

/** How long an entity that left or died is remembered, so that late word of it is recognised; older messages are not believed at all. */
export const REMEMBER_GONE_MS = 5000;

/** An entity that this region has the authority over. */
export interface Owned {
  epoch: number;
  frozen: boolean;
  /** The handoff that brought it, until the journal covers it: before that it is not handed on. */
  arrivedBy: HandoffId | undefined;
  /** The newest version of what is durable of it that is written down. */
  stored: number | undefined;
}

/** Which entities a region has the authority over, at which epoch, and which it had a moment ago. An epoch never comes down. */
export class AuthorityTable {
  readonly owned = new Map<EntityId, Owned>();
  readonly #gone = new Map<EntityId, { epoch: number; readonly untilMs: number }>();

  /** True when word of this claim is above all that was seen of the entity here. */
  isNews({ id, epoch }: Claim): boolean {
    return epoch > (this.owned.get(id)?.epoch ?? 0) && epoch > (this.#gone.get(id)?.epoch ?? 0);
  }

  take({ id, epoch }: Claim, arrivedBy?: HandoffId): void {
    this.#gone.delete(id);
    this.owned.set(id, { epoch, frozen: false, arrivedBy, stored: undefined });
  }

  /** The entity is no longer ours; `epoch` is the highest that is known of it. */
  drop({ id, epoch }: Claim, nowMs: number): void {
    this.owned.delete(id);
    this.#gone.delete(id);
    this.#gone.set(id, { epoch, untilMs: nowMs + REMEMBER_GONE_MS });
  }

  /** What is owned of these, with its epoch. */
  claims(ids: Iterable<EntityId>): Claim[] {
    const found: Claim[] = [];
    for (const id of ids) {
      const owned = this.owned.get(id);
      if (owned !== undefined) found.push({ id, epoch: owned.epoch });
    }
    return found;
  }

  forgetOld(nowMs: number): void {
    // Insertion order is order of time: all are remembered equally long.
    for (const [id, { untilMs }] of this.#gone) {
      if (untilMs > nowMs) return;
      this.#gone.delete(id);
    }
  }

  clear(): void {
    this.owned.clear();
    this.#gone.clear();
  }

  get goneCount(): number {
    return this.#gone.size;
  }
}
