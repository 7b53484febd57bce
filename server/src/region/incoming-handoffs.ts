import type { EntityId, Tick } from "@tidelock/shared";
import type { RegionCore } from "./region-core.ts";
import type { Prepare, RejectReason } from "./region-message.ts";
import type { Tombstones } from "./tombstones.ts";
import { arrivals, type HandoffId, type RegionId, type Transfer } from "./transfer.ts";

/** A shadow whose commit has not been heard of by then is gone; the inbox brings it all the same. */
const SHADOW_MS = 1000;
/** Silence after an acceptance, until we look for ourselves. */
const POLL_AFTER_MS = 100;
/** Between two looks into the inbox when nothing is expected. */
const POLL_EVERY_MS = 1000;
/** Shadows at once; more are refused as a matter of load. */
const MAX_SHADOWS = 256;
/** Ticks of a group alone, at once, until it has caught up with the region. */
const MAX_CATCH_UP = 3;
/** A commit told of by message is believed while it is younger than what is remembered of entities gone; the inbox is believed always. */
const MESSAGE_BELIEVED_S = 2;

interface Shadow {
  readonly from: RegionId;
  readonly members: readonly EntityId[];
  readonly sinceMs: number;
}

/** The taking side of handoffs: a shadow, and its promotion once the commit is known, by message, from the inbox or by looking. */
export class IncomingHandoffs {
  readonly #core: RegionCore;
  readonly #tombstones: Tombstones;
  readonly #shadows = new Map<HandoffId, Shadow>();
  /** Groups whose last tick at the old owner this region has not reached yet. */
  readonly #ahead = new Map<
    HandoffId,
    { readonly transfer: Transfer; readonly members: readonly EntityId[] }
  >();
  #pollMs = 0;
  #isPolling = false;
  #inboxSize = 0;

  constructor(core: RegionCore, tombstones: Tombstones) {
    this.#core = core;
    this.#tombstones = tombstones;
  }

  /** Answers with an acceptance, or with the reason against it. `leaving`: members of ours that are about to make room. */
  prepare(prepare: Prepare, leaving: number): void {
    const { bus, id, lease, scheduler } = this.#core;
    const said = { from: id, fromEpoch: lease.epoch, hid: prepare.hid };
    const reason = this.#against(prepare, leaving);
    if (reason !== undefined) return bus.send(prepare.from, { ...said, kind: "reject", reason });
    this.#shadows.set(prepare.hid, {
      from: prepare.from,
      members: prepare.members.map((member) => member.id),
      sinceMs: scheduler.nowMs(),
    });
    bus.send(prepare.from, { ...said, kind: "accept" });
  }

  cancelled(hid: HandoffId): void {
    this.#shadows.delete(hid);
  }

  /** The old owner says that it happened. */
  committed(transfer: Transfer): void {
    const { tick, world } = this.#core;
    if (transfer.to !== this.#core.id || tick - transfer.tick > MESSAGE_BELIEVED_S * world.tickRate) return;
    this.#promote(transfer, []);
  }

  /** Before the step of `tick`: groups that ran ahead of us join in. */
  begin(tick: Tick): void {
    for (const [hid, { transfer, members }] of this.#ahead) {
      if (tick <= transfer.tick) continue;
      this.#ahead.delete(hid);
      this.#core.host.unfreeze(members);
      for (const id of members) {
        const owned = this.#core.authority.owned.get(id);
        if (owned !== undefined) owned.frozen = false;
      }
    }
  }

  /** Once per tick, after the step. */
  poll(): void {
    const nowMs = this.#core.scheduler.nowMs();
    let waitMs = POLL_EVERY_MS;
    for (const [hid, { sinceMs }] of this.#shadows) {
      if (nowMs - sinceMs >= SHADOW_MS) this.#shadows.delete(hid);
      if (nowMs - sinceMs >= POLL_AFTER_MS) waitMs = POLL_AFTER_MS;
    }
    if (nowMs - this.#pollMs >= waitMs) this.look();
  }

  /** Reads the inbox. */
  look(): void {
    if (this.#isPolling) return;
    const { bus, id, lease, scheduler } = this.#core;
    this.#isPolling = true;
    this.#pollMs = scheduler.nowMs();
    const { epoch } = lease;
    bus.inbox(id, (entries) => {
      this.#isPolling = false;
      if (entries === undefined || !this.#core.running || lease.epoch !== epoch) return;
      this.#inboxSize = entries.length;
      for (const { transfer, superseded } of entries) this.#promote(transfer, superseded);
    });
  }

  clear(): void {
    this.#shadows.clear();
    this.#ahead.clear();
    this.#isPolling = false;
    this.#pollMs = 0;
  }

  get shadows(): number {
    return this.#shadows.size;
  }

  /** Transfers in the inbox when it was last read. */
  get inboxSize(): number {
    return this.#inboxSize;
  }

  #against(prepare: Prepare, leaving: number): RejectReason | undefined {
    const { authority, host, lease, running, world } = this.#core;
    if (!running || !lease.holds) return "not-owner";
    if (prepare.schema !== host.schema) return "schema";
    if (this.#shadows.size >= MAX_SHADOWS) return "busy";
    let expected = 0;
    for (const { members } of this.#shadows.values()) expected += members.length;
    // Those about to leave count as gone: two full regions can exchange.
    const load = authority.owned.size - leaving + expected;
    return load + prepare.members.length > world.capacity ? "capacity" : undefined;
  }

  #promote(transfer: Transfer, superseded: readonly EntityId[]): void {
    const { authority, crossings, ghosts, host, inputs, journal, lease, tick } = this.#core;
    if (!this.#core.running || !lease.check()) return;
    this.#shadows.delete(transfer.hid);
    journal.arrived(transfer.hid);
    const members = arrivals(transfer).filter(
      (member) => !superseded.includes(member.id) && authority.isNews(member),
    );
    if (members.length === 0) return;
    const ids = members.map(({ id }) => id);
    for (const id of ids) if (authority.owned.has(id)) host.remove([id]);
    for (const { player, last } of transfer.cursors) inputs.advance(player, last);
    host.put({ members, cursors: transfer.cursors, extra: transfer.extra });
    for (const member of members) {
      ghosts.remove(member.id);
      authority.take(member, transfer.hid);
      journal.keep(member.id);
    }
    this.#tombstones.returned(transfer);
    crossings.came(transfer.members[0].id, transfer.from, tick);
    this.#core.trace({
      kind: "promoted",
      hid: transfer.hid,
      tick: transfer.tick,
      first: this.#catchUp(transfer, ids),
      members: members.map(({ id, epoch }) => [id, epoch] as const),
    });
  }

  /** Brings a group to the region's tick; answers with the first tick that is simulated here. */
  #catchUp(transfer: Transfer, ids: readonly EntityId[]): Tick {
    const { authority, host, inputs, tick } = this.#core;
    if (tick < transfer.tick) {
      host.freeze(ids);
      for (const owned of ids.map((id) => authority.owned.get(id)))
        if (owned !== undefined) owned.frozen = true;
      this.#ahead.set(transfer.hid, { transfer, members: ids });
      return transfer.tick + 1;
    }
    const first = Math.max(transfer.tick, tick - MAX_CATCH_UP) + 1;
    for (let next = first; next <= tick; next++) {
      for (const { player } of transfer.cursors)
        inputs.drain(player, next, (number, input) => {
          this.#core.trace({ kind: "input", player, number });
          host.input(player, number, input);
        });
      host.stepAlone(ids, next);
      this.#core.trace({
        kind: "simulated",
        tick: next,
        entities: authority.claims(ids).map(({ id, epoch }) => [id, epoch, transfer.members[0].id] as const),
      });
    }
    return first;
  }
}
