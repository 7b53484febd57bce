import type { JournalBatch, RegionSnapshot } from "./journal-entry.ts";
import { type Grant, LeaseTable } from "./lease-table.ts";
import {
  type AcquireAnswer,
  type CommitAnswer,
  type Directory,
  type EntityRecord,
  type InboxEntry,
  type JournalAnswer,
  LEASE_MS,
  type SettleAnswer,
  type SnapshotAnswer,
  type StoredRegion,
} from "./region-bus.ts";
import type { Claim, HandoffId, RegionId, Transfer } from "./transfer.ts";
import { UndoableMap, UndoLog } from "./undo-log.ts";

/** Who writes, and when. */
export interface Writer {
  readonly owner: string;
  readonly nowMs: number;
}

export interface Pages {
  readonly snapshot: RegionSnapshot | undefined;
  readonly batches: readonly JournalBatch[];
  readonly sequence: number;
  /** The epoch of the region in which the snapshot was written. */
  readonly epoch: number;
}

/** Stands where the members of a handoff would stand, had it happened. */
const CALLED_OFF: readonly Claim[] = [];
/** Everything that a store would lose with its process. */
export interface StoreContents {
  readonly grants: readonly (readonly [RegionId, Grant])[];
  readonly records: readonly EntityRecord[];
  readonly inboxes: readonly (readonly [RegionId, readonly Transfer[]])[];
  readonly left: readonly (readonly [RegionId, readonly (readonly [HandoffId, readonly Claim[]])[]])[];
  readonly pages: readonly (readonly [RegionId, Pages])[];
}

const NO_PAGES: Pages = { snapshot: undefined, batches: [], sequence: 0, epoch: 0 };

/** The store behind a bus, in memory. Each method is one atomic operation; the time is passed in. */
export class RegionStore {
  readonly leases: LeaseTable;
  readonly #log: UndoLog;
  readonly #processes = new Map<string, { readonly load: number; readonly untilMs: number }>();
  readonly #records: UndoableMap<number, EntityRecord>;
  readonly #inboxes: UndoableMap<RegionId, ReadonlyMap<HandoffId, Transfer>>;
  readonly #left: UndoableMap<RegionId, ReadonlyMap<HandoffId, readonly Claim[]>>;
  readonly #pages: UndoableMap<RegionId, Pages>;

  /** `rememberMs`: how far back `restart` may lose writes, 0 unless given. */
  constructor({ rememberMs = 0, leaseMs = LEASE_MS } = {}) {
    const log = new UndoLog(rememberMs);
    this.#log = log;
    this.leases = new LeaseTable(log, leaseMs);
    this.#records = new UndoableMap(log);
    this.#inboxes = new UndoableMap(log);
    this.#left = new UndoableMap(log);
    this.#pages = new UndoableMap(log);
  }

  /** Begins anew without the writes of the last `lossMs`. */
  restart(nowMs: number, lossMs: number): void {
    this.#log.loseSince(nowMs - lossMs);
    this.leases.incarnation = String(Number(this.leases.incarnation) + 1);
    this.leases.waitUntilMs = nowMs + this.leases.leaseMs;
  }

  /** What is done from here on happens at this time. */
  at(nowMs: number): void {
    this.#log.at(nowMs);
  }

  announce(load: number | undefined, { owner, nowMs }: Writer): Directory {
    if (load === undefined) this.#processes.delete(owner);
    else this.#processes.set(owner, { load, untilMs: nowMs + this.leases.leaseMs });
    for (const [name, { untilMs }] of this.#processes) if (untilMs <= nowMs) this.#processes.delete(name);
    return {
      processes: [...this.#processes].map(([name, { load }]) => ({ owner: name, load })),
      regions: this.leases.owned(nowMs),
    };
  }

  bury(owner: string, { nowMs }: Writer): readonly RegionId[] {
    this.#processes.delete(owner);
    return this.leases.bury(owner, nowMs);
  }

  acquire(region: RegionId, known: number, { owner, nowMs }: Writer): AcquireAnswer {
    return this.leases.acquire(region, owner, known, nowMs);
  }

  commit(transfer: Transfer, again: boolean, { owner, nowMs }: Writer): CommitAnswer {
    const { hid, from, fromEpoch, to, toEpoch, members } = transfer;
    const left = this.#left.get(from) ?? new Map<HandoffId, readonly Claim[]>();
    const before = left.get(hid);
    if (before !== undefined) return before.length > 0 ? "committed" : "superseded";
    if (!this.leases.mayWrite(from, owner, fromEpoch, nowMs)) return "fenced";
    if (!again) {
      if (members.some((member) => this.#isSuperseded(member, from))) return "superseded";
      if (!this.leases.isLive(to, toEpoch, nowMs)) return "target-gone";
    }
    for (const { id, epoch } of members) this.#raise({ id, epoch: epoch + 1, region: to });
    this.#left.set(from, new Map(left).set(hid, members.map(claim)));
    this.#inboxes.set(to, new Map(this.#inboxes.get(to)).set(hid, transfer));
    return "committed";
  }

  settle(transfer: Transfer, { owner, nowMs }: Writer): SettleAnswer {
    const { hid, from, fromEpoch, members } = transfer;
    const left = this.#left.get(from) ?? new Map<HandoffId, readonly Claim[]>();
    const before = left.get(hid);
    if (before !== undefined) return before.length > 0 ? "committed" : "kept";
    if (nowMs < this.leases.waitUntilMs) return "waiting";
    if (!this.leases.mayWrite(from, owner, fromEpoch, nowMs)) return "fenced";
    if (members.some((member) => this.#isSuperseded(member, from))) return "superseded";
    // Above what the other side may believe to have; and a commit that still comes finds itself called off.
    for (const { id, epoch } of members) this.#raise({ id, epoch: epoch + 2, region: from });
    this.#left.set(from, new Map(left).set(hid, CALLED_OFF));
    return "kept";
  }

  reassert(region: RegionId, claims: readonly Claim[]): readonly number[] {
    const superseded = claims.flatMap(({ id, epoch }) => {
      const record = this.#records.get(id);
      return record !== undefined && record.region !== region && record.epoch >= epoch ? id : [];
    });
    for (const { id, epoch } of claims) if (epoch > 1) this.#raise({ id, epoch, region });
    return superseded;
  }

  records(ids: readonly number[]): readonly EntityRecord[] {
    return ids.flatMap((id) => this.#records.get(id) ?? []);
  }

  inbox(region: RegionId): readonly InboxEntry[] {
    return [...(this.#inboxes.get(region)?.values() ?? [])].map((transfer) => ({
      transfer,
      superseded: transfer.members
        .filter(({ id, epoch }) => this.#isSuperseded({ id, epoch: epoch + 1 }, region))
        .map(({ id }) => id),
    }));
  }

  journal(region: RegionId, epoch: number, batch: JournalBatch, { owner, nowMs }: Writer): JournalAnswer {
    if (!this.leases.mayWrite(region, owner, epoch, nowMs)) return "fenced";
    const pages = this.#pages.get(region) ?? NO_PAGES;
    if (batch.sequence > pages.sequence + 1) return "gap";
    if (batch.sequence > pages.sequence)
      this.#pages.set(region, { ...pages, batches: [...pages.batches, batch], sequence: batch.sequence });
    this.#clear(this.#inboxes, region, batch.arrived);
    for (const entry of batch.entries) {
      if (entry.kind !== "died") continue;
      const record = this.#records.get(entry.entity.id);
      if (record !== undefined && record.epoch <= entry.entity.epoch) this.#records.delete(entry.entity.id);
    }
    return "written";
  }

  snapshot(
    region: RegionId,
    epoch: number,
    snapshot: RegionSnapshot,
    left: readonly HandoffId[],
    { owner, nowMs }: Writer,
  ): SnapshotAnswer {
    if (!this.leases.mayWrite(region, owner, epoch, nowMs)) return "fenced";
    const pages = this.#pages.get(region) ?? NO_PAGES;
    if (pages.epoch === epoch && pages.snapshot !== undefined && pages.snapshot.tick > snapshot.tick)
      return "outdated";
    this.#pages.set(region, {
      snapshot,
      epoch,
      batches: pages.batches.filter(({ sequence }) => sequence > snapshot.sequence),
      sequence: Math.max(pages.sequence, snapshot.sequence),
    });
    this.#clear(this.#left, region, left);
    return "written";
  }

  load(region: RegionId): StoredRegion {
    const { snapshot, batches, sequence } = this.#pages.get(region) ?? NO_PAGES;
    return { snapshot, batches, sequence, left: [...(this.#left.get(region)?.values() ?? [])].flat() };
  }

  contents(): StoreContents {
    return {
      grants: this.leases.grants(),
      records: this.allRecords(),
      inboxes: [...this.#inboxes.entries()].map(([region, inbox]) => [region, [...inbox.values()]]),
      left: [...this.#left.entries()].map(([region, left]) => [region, [...left]]),
      pages: [...this.#pages.entries()],
    };
  }

  /** Takes over what another store had. */
  fill({ grants, records, inboxes, left, pages }: StoreContents): void {
    for (const [region, grant] of grants) this.leases.putGrant(region, grant);
    for (const record of records) this.#records.set(record.id, record);
    for (const [region, inbox] of inboxes)
      this.#inboxes.set(region, new Map(inbox.map((transfer) => [transfer.hid, transfer])));
    for (const [region, entries] of left) this.#left.set(region, new Map(entries));
    for (const [region, page] of pages) this.#pages.set(region, page);
  }

  /** Every entity that changed hands and lives. */
  allRecords(): EntityRecord[] {
    return [...this.#records.entries()].map(([, record]) => record);
  }

  #isSuperseded({ id, epoch }: Claim, region: RegionId): boolean {
    const record = this.#records.get(id);
    return (
      record !== undefined && (record.epoch > epoch || (record.epoch === epoch && record.region !== region))
    );
  }

  #raise(record: EntityRecord): void {
    const known = this.#records.get(record.id);
    if (known === undefined || known.epoch < record.epoch) this.#records.set(record.id, record);
  }

  #clear<V>(
    map: UndoableMap<RegionId, ReadonlyMap<HandoffId, V>>,
    region: RegionId,
    hids: readonly HandoffId[],
  ): void {
    const known = map.get(region);
    if (known === undefined || !hids.some((hid) => known.has(hid))) return;
    map.set(region, new Map([...known].filter(([hid]) => !hids.includes(hid))));
  }
}

function claim({ id, epoch }: Claim): Claim {
  return { id, epoch };
}
