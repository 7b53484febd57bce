import type { EntityId } from "@tidelock/shared";
import type { RegionCore } from "./region-core.ts";
import type { RegionGroup } from "./region-host.ts";
import type { Tombstones } from "./tombstones.ts";
import { claimsAfter, type HandoffId, type RegionId, type Transfer } from "./transfer.ts";

/** A target that has not answered by then is not there, or busy. */
const ACCEPT_WITHIN_MS = 250;
/** Waits after the first, second and every further refusal. */
const BACK_OFF_MS = [500, 1000, 2000];
/** Between two questions of what became of a commit. */
const SETTLE_EVERY_MS = 100;
/** Handoffs under way from one region; the rest of a crowd follows in the next ticks. */
const MAX_UNDER_WAY = 64;

interface Handoff {
  readonly hid: HandoffId;
  readonly group: EntityId;
  readonly members: readonly EntityId[];
  readonly to: RegionId;
  /** From when the group stands still; undefined before. */
  transfer: Transfer | undefined;
  /** The commit waits until what it moves is written down. */
  isUnwritten: boolean;
  /** The store was asked what became of the commit, and has not answered. */
  isSettling: boolean;
  cancelTimer: () => void;
}

/**
 * The giving side of handoffs: prepare, freeze, one atomic commit. Until the commit is known to have happened or not, the group stands still;
 * that lasts no longer than the lease.
 */
export class OutgoingHandoffs {
  readonly #core: RegionCore;
  readonly #tombstones: Tombstones;
  readonly #byGroup = new Map<EntityId, Handoff>();
  readonly #byMember = new Map<EntityId, Handoff>();
  readonly #backOff = new Map<EntityId, { readonly untilMs: number; readonly refusals: number }>();
  #count = 0;

  constructor(core: RegionCore, tombstones: Tombstones) {
    this.#core = core;
    this.#tombstones = tombstones;
  }

  /** Begins to hand a group over, unless that is under way already or was refused a moment ago. */
  begin(group: RegionGroup, to: RegionId): void {
    const { authority, bus, host, id, inputs, lease, scheduler, tick } = this.#core;
    const nowMs = scheduler.nowMs();
    if (this.#byGroup.size >= MAX_UNDER_WAY || this.#byGroup.has(group.id)) return;
    if ((this.#backOff.get(group.id)?.untilMs ?? 0) > nowMs) return;
    // What is still arriving is handed on once that is written down.
    const members = group.members.map((member) => authority.owned.get(member));
    if (members.some((owned) => owned === undefined || owned.frozen || owned.arrivedBy !== undefined)) return;
    const hid = `${id}.${lease.epoch}.${++this.#count}`;
    const handoff: Handoff = {
      hid,
      group: group.id,
      // The leading entity first: the other side knows the group by it.
      members: [group.id, ...group.members.filter((member) => member !== group.id)],
      to,
      transfer: undefined,
      isUnwritten: false,
      isSettling: false,
      cancelTimer: scheduler.after(ACCEPT_WITHIN_MS, () => this.#refused(handoff)),
    };
    this.#byGroup.set(group.id, handoff);
    for (const member of handoff.members) this.#byMember.set(member, handoff);
    this.#core.trace({ kind: "decided", hid, tick, group: group.id, to });
    bus.send(to, {
      kind: "prepare",
      from: id,
      fromEpoch: lease.epoch,
      hid,
      tick,
      schema: host.schema,
      members: authority.claims(handoff.members).map((claim) => ({ ...claim, state: host.encode(claim.id) })),
      cursors: group.players.map((player) => ({ player, last: inputs.cursor(player) })),
      extra: host.encodeExtra(handoff.members),
    });
  }

  /** The target is ready: the group freezes as it is, and the commit goes out. */
  accepted(hid: HandoffId, toEpoch: number): void {
    const handoff = this.#waiting(hid);
    if (handoff === undefined || !this.#core.lease.check()) return;
    const { authority, host, id, inputs, lease, tick } = this.#core;
    const group = [...host.groups()].find((candidate) => candidate.id === handoff.group);
    const sameMembers =
      group?.members.length === handoff.members.length &&
      handoff.members.every((member) => group.members.includes(member) && authority.owned.has(member));
    if (!sameMembers || group.locked) return this.#cancel(handoff);
    handoff.cancelTimer();
    host.freeze(handoff.members);
    for (const member of handoff.members) this.#setFrozen(member, true);
    handoff.transfer = {
      hid,
      from: id,
      fromEpoch: lease.epoch,
      to: handoff.to,
      toEpoch,
      tick,
      members: authority.claims(handoff.members).map((claim) => ({ ...claim, state: host.encode(claim.id) })),
      cursors: group.players.map((player) => ({ player, last: inputs.cursor(player) })),
      extra: host.encodeExtra(handoff.members),
    };
    this.#core.trace({ kind: "frozen", hid, tick, members: handoff.members });
    handoff.isUnwritten = !this.#isWritten(handoff);
    if (handoff.isUnwritten) this.#core.journal.write();
    else this.#commit(handoff, handoff.transfer);
  }

  /** The journal has got further. */
  written(): void {
    for (const handoff of this.#byGroup.values()) {
      if (!handoff.isUnwritten || handoff.transfer === undefined) continue;
      if (!this.#isWritten(handoff)) {
        this.#core.journal.write();
        continue;
      }
      handoff.isUnwritten = false;
      this.#commit(handoff, handoff.transfer);
    }
  }

  rejected(hid: HandoffId): void {
    const handoff = this.#waiting(hid);
    if (handoff !== undefined) this.#refused(handoff);
  }

  /** Somebody owns an entity of ours at a higher epoch. True when a handoff explains it and takes care of it. */
  superseded(id: EntityId): boolean {
    const handoff = this.#byMember.get(id);
    if (handoff?.transfer === undefined || handoff.isUnwritten) return false;
    this.#writeBack(handoff, handoff.transfer);
    return true;
  }

  /** The region is ours again after its lease had lapsed: what was open is asked for. */
  resume(): void {
    for (const handoff of this.#byGroup.values())
      if (handoff.transfer === undefined) this.#cancel(handoff);
      else if (handoff.isUnwritten) this.#unfreeze(handoff, 0);
      else this.#settle(handoff, handoff.transfer);
  }

  /** The group is there no more, and nothing of it need be remembered. */
  forget(group: EntityId): void {
    this.#backOff.delete(group);
  }

  clear(): void {
    for (const handoff of this.#byGroup.values()) handoff.cancelTimer();
    this.#byGroup.clear();
    this.#byMember.clear();
    this.#backOff.clear();
  }

  /** Members that are about to leave, and make room for others. */
  get leaving(): number {
    return this.#byMember.size;
  }

  #waiting(hid: HandoffId): Handoff | undefined {
    for (const handoff of this.#byGroup.values())
      if (handoff.hid === hid) return handoff.transfer === undefined ? handoff : undefined;
    return undefined;
  }

  /** Whether what others gave to the members, or took, is written down for both sides: else a crash here would double or lose it. */
  #isWritten({ members }: Handoff): boolean {
    const { authority, host } = this.#core;
    return members.every((id) => {
      const version = host.durableVersion(id);
      return version === undefined || authority.owned.get(id)?.stored === version;
    });
  }

  #commit(handoff: Handoff, transfer: Transfer): void {
    const { bus, lease } = this.#core;
    bus.commit(transfer, false, (answer) => {
      if (!this.#isOpen(handoff)) return;
      if (answer === "committed") this.#committed(handoff, transfer);
      else if (answer === "fenced") this.#fenced(handoff, transfer, transfer.fromEpoch);
      else if (answer === "superseded") this.#settle(handoff, transfer);
      else if (answer === "target-gone") this.#unfreeze(handoff, 0);
      else if (lease.check()) this.#settle(handoff, transfer);
    });
  }

  /** Asks until it is known, or the region is no longer ours. */
  #settle(handoff: Handoff, transfer: Transfer): void {
    const { bus, lease, scheduler } = this.#core;
    if (handoff.isSettling || !this.#isOpen(handoff) || !lease.holds) return;
    handoff.isSettling = true;
    const current = { ...transfer, fromEpoch: lease.epoch };
    bus.settle(current, (answer) => {
      handoff.isSettling = false;
      if (!this.#isOpen(handoff)) return;
      if (answer === "committed") this.#committed(handoff, transfer);
      else if (answer === "superseded") this.#writeBack(handoff, transfer);
      else if (answer === "fenced") this.#fenced(handoff, transfer, current.fromEpoch);
      else if (answer === "kept") this.#unfreeze(handoff, 2);
      else handoff.cancelTimer = scheduler.after(SETTLE_EVERY_MS, () => this.#settle(handoff, transfer));
    });
  }

  /** Somebody has a member at a higher epoch: it happened, and the store forgot. Those whom nobody has are in the inbox then. */
  #writeBack(handoff: Handoff, transfer: Transfer): void {
    const { bus, lease } = this.#core;
    bus.commit({ ...transfer, fromEpoch: lease.epoch }, true, (answer) => {
      if (!this.#isOpen(handoff)) return;
      if (answer === "committed") this.#committed(handoff, transfer);
      else if (lease.check()) this.#settle(handoff, transfer);
    });
  }

  #isOpen(handoff: Handoff): boolean {
    return this.#byGroup.get(handoff.group) === handoff;
  }

  /** Asked in the name of an epoch that is over: either the region is, or it is ours again at a higher one. */
  #fenced(handoff: Handoff, transfer: Transfer, epoch: number): void {
    const { lease } = this.#core;
    if (lease.epoch === epoch) lease.fenced();
    else this.#settle(handoff, transfer);
  }

  /** It happened: we look on, and pass on what still comes. */
  #committed(handoff: Handoff, transfer: Transfer): void {
    const { authority, bus, crossings, ghosts, host, id, inputs, journal, lease, scheduler, tick } =
      this.#core;
    const after = claimsAfter(transfer);
    this.#end(handoff);
    for (const claim of after) authority.drop(claim, scheduler.nowMs());
    crossings.left(handoff.group);
    journal.left(transfer.hid, handoff.members);
    this.#tombstones.add(transfer);
    host.demote(after, transfer.to);
    for (const claim of after) ghosts.add(claim, transfer.to, transfer.tick);
    const said = { from: id, fromEpoch: lease.epoch };
    bus.send(transfer.to, { ...said, kind: "committed", transfer });
    for (const { player } of transfer.cursors)
      inputs.remove(player, (number, input) =>
        bus.send(transfer.to, { ...said, kind: "input", player, number, input }),
      );
    this.#core.trace({
      kind: "committed",
      hid: transfer.hid,
      tick: transfer.tick,
      to: transfer.to,
      members: handoff.members,
      known: tick,
    });
  }

  /** It did not happen and will not: the group goes on here, at epochs above those that the commit would have given. */
  #unfreeze(handoff: Handoff, epochs: number): void {
    const { authority, host, journal } = this.#core;
    for (const member of handoff.members) {
      this.#setFrozen(member, false);
      const owned = authority.owned.get(member);
      if (owned !== undefined) owned.epoch += epochs;
    }
    if (epochs > 0) journal.calledOff(handoff.hid);
    host.unfreeze(handoff.members);
    this.#core.trace({ kind: "called-off", hid: handoff.hid });
    this.#refused(handoff);
  }

  #refused(handoff: Handoff): void {
    const refusals = this.#backOff.get(handoff.group)?.refusals ?? 0;
    const waitMs = BACK_OFF_MS[Math.min(refusals, BACK_OFF_MS.length - 1)];
    this.#cancel(handoff);
    this.#backOff.set(handoff.group, {
      untilMs: this.#core.scheduler.nowMs() + waitMs,
      refusals: refusals + 1,
    });
  }

  #cancel(handoff: Handoff): void {
    const { bus, id, lease } = this.#core;
    this.#end(handoff);
    bus.send(handoff.to, { kind: "cancel", from: id, fromEpoch: lease.epoch, hid: handoff.hid });
  }

  #end(handoff: Handoff): void {
    handoff.cancelTimer();
    this.#byGroup.delete(handoff.group);
    this.#backOff.delete(handoff.group);
    for (const member of handoff.members) this.#byMember.delete(member);
  }

  #setFrozen(member: EntityId, frozen: boolean): void {
    const owned = this.#core.authority.owned.get(member);
    if (owned !== undefined) owned.frozen = frozen;
  }
}
