import type { EntityId, Tick } from "@tidelock/shared";
import type { JournalBatch, JournalEntry, RegionSnapshot } from "./journal-entry.ts";
import type { SnapshotAnswer } from "./region-bus.ts";
import type { RegionCore } from "./region-core.ts";
import type { Claim, HandoffId, InputCursor } from "./transfer.ts";

/** Seconds between two snapshots of a region; regions take turns. */
const SNAPSHOT_EVERY_S = 3;
/** The mark of a handoff that was called off is kept longer than its commit can still be under way. */
const CALLED_OFF_KEPT_MS = 60_000;

/**
 * Writes down what must not be lost, in order and once: one batch is under way at a time, and sent again until it is known to be written. Every
 * few seconds a snapshot replaces what was written before.
 */
export class JournalWriter {
  readonly #core: RegionCore;
  readonly #kept = new Set<EntityId>();
  readonly #died = new Map<EntityId, Claim>();
  readonly #arrived = new Set<HandoffId>();
  /** Handoffs whose members a snapshot written from now on no longer has, and since when. */
  readonly #left = new Map<HandoffId, number>();
  #flying: { readonly batch: JournalBatch; readonly versions: ReadonlyMap<EntityId, number> } | undefined;
  #asked = false;
  #sequence = 0;
  #snapshotDue = false;
  #snapshotAsked = false;

  readonly #onWritten: () => void;

  /** `onWritten`: called after each batch. */
  constructor(core: RegionCore, onWritten: () => void) {
    this.#core = core;
    this.#onWritten = onWritten;
  }

  /** Continues after what is stored. */
  reset(sequence: number): void {
    this.#sequence = sequence;
    this.#flying = undefined;
    this.#asked = this.#snapshotAsked = false;
    this.#kept.clear();
    this.#died.clear();
    this.#arrived.clear();
    this.#left.clear();
    this.#snapshotDue = true;
  }

  keep(id: EntityId): void {
    this.#kept.add(id);
  }

  died(claim: Claim): void {
    this.#kept.delete(claim.id);
    this.#died.set(claim.id, claim);
  }

  /** What came with this handoff is ours, and written down with the next batch. */
  arrived(hid: HandoffId): void {
    if (!this.#flying?.batch.arrived.includes(hid)) this.#arrived.add(hid);
  }

  /** What went with this handoff is no longer ours. */
  left(hid: HandoffId, members: readonly EntityId[]): void {
    for (const id of members) this.#kept.delete(id);
    this.#left.set(hid, Number.NEGATIVE_INFINITY);
  }

  calledOff(hid: HandoffId): void {
    this.#left.set(hid, this.#core.scheduler.nowMs() + CALLED_OFF_KEPT_MS);
  }

  snapshotSoon(): void {
    this.#snapshotDue = true;
  }

  /** Writes a snapshot, again and again until it is written or refused. */
  finish(tick: Tick, done: () => void): void {
    this.#snapshot(tick, (answer) => {
      if (answer === "written" || answer === "fenced") done();
      else this.finish(tick, done);
    });
  }

  /** Handoffs, out and in, that are not yet covered. */
  get size(): number {
    return this.#left.size + this.#arrived.size;
  }

  /** Once per tick, after the step. */
  flush(tick: Tick): void {
    const turn = SNAPSHOT_EVERY_S * this.#core.world.tickRate;
    if ((tick + this.#core.id * 7) % turn === 0) this.#snapshotDue = true;
    this.write();
    if (this.#snapshotDue && !this.#snapshotAsked) this.#snapshot(tick);
  }

  /** Sends what waits, unless something is under way. */
  write(): void {
    if (this.#flying === undefined) this.#nextBatch();
    this.#write();
  }

  #nextBatch(): void {
    const { host, authority } = this.#core;
    const versions = new Map<EntityId, number>();
    const entries: JournalEntry[] = [...this.#died.values()].map((entity) => ({ kind: "died", entity }));
    for (const { id, epoch } of authority.claims(this.#kept)) {
      const version = host.durableVersion(id);
      if (version !== undefined) versions.set(id, version);
      entries.push({ kind: "kept", entity: { id, epoch, state: host.encode(id) } });
    }
    const arrived = [...this.#arrived];
    if (entries.length === 0 && arrived.length === 0) return;
    this.#kept.clear();
    this.#died.clear();
    this.#arrived.clear();
    this.#flying = { batch: { sequence: ++this.#sequence, entries, arrived }, versions };
  }

  #write(): void {
    const flying = this.#flying;
    if (flying === undefined || this.#asked) return;
    const { bus, id, lease } = this.#core;
    this.#asked = true;
    bus.journal(id, lease.epoch, flying.batch, (answer) => {
      if (this.#flying !== flying) return;
      this.#asked = false;
      if (answer === "fenced") lease.fenced();
      else if (answer === "gap") this.#snapshotDue = true;
      else if (answer === "written") {
        this.#flying = undefined;
        this.#written(flying.batch.arrived, flying.versions);
        this.#onWritten();
      }
    });
  }

  #written(arrived: readonly HandoffId[], versions: ReadonlyMap<EntityId, number>): void {
    const { authority, host } = this.#core;
    for (const owned of authority.owned.values())
      if (owned.arrivedBy !== undefined && arrived.includes(owned.arrivedBy)) owned.arrivedBy = undefined;
    for (const [id, version] of versions) {
      const owned = authority.owned.get(id);
      if (owned === undefined) continue;
      owned.stored = version;
      host.stored(id, version);
      this.#core.trace({ kind: "stored", id });
    }
  }

  #snapshot(tick: Tick, answered: (answer: SnapshotAnswer | undefined) => void = () => {}): void {
    const { bus, id, lease, scheduler } = this.#core;
    const nowMs = scheduler.nowMs();
    const left = [...this.#left].filter(([, untilMs]) => untilMs <= nowMs).map(([hid]) => hid);
    this.#snapshotDue = false;
    this.#snapshotAsked = true;
    const sequence = this.#sequence;
    bus.snapshot(id, lease.epoch, this.#capture(tick, sequence), left, (answer) => {
      this.#snapshotAsked = false;
      if (answer === "fenced") lease.fenced();
      else if (answer === "written") for (const hid of left) this.#left.delete(hid);
      else this.#snapshotDue = true;
      answered(answer);
    });
  }

  #capture(tick: Tick, sequence: number): RegionSnapshot {
    const { authority, host, inputs } = this.#core;
    const cursors: InputCursor[] = [];
    for (const { players } of host.groups())
      for (const player of players) cursors.push({ player, last: inputs.cursor(player) });
    return {
      tick,
      sequence,
      entities: authority
        .claims(authority.owned.keys())
        .map((claim) => ({ ...claim, state: host.encode(claim.id) })),
      cursors,
      state: host.save(),
    };
  }
}
