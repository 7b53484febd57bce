import type { EntityId, PlayerNumber, Rng, Scheduler, Tick } from "@tidelock/shared";
import { AuthorityTable } from "./authority-table.ts";
import { CrossingPolicy } from "./crossing-policy.ts";
import { GhostExchange } from "./ghost-exchange.ts";
import { IncomingHandoffs } from "./incoming-handoffs.ts";
import { InputGate } from "./input-gate.ts";
import { JournalWriter } from "./journal-writer.ts";
import { LeaseKeeper } from "./lease-keeper.ts";
import { OutgoingHandoffs } from "./outgoing-handoffs.ts";
import { Preconnects } from "./preconnects.ts";
import type { RegionBus } from "./region-bus.ts";
import type { RegionCore } from "./region-core.ts";
import type { RegionGroup, RegionHost } from "./region-host.ts";
import type { RegionMessage } from "./region-message.ts";
import { restoreRegion } from "./region-restore.ts";
import type { RegionEvent } from "./region-trace.ts";
import { Tombstones } from "./tombstones.ts";
import type { RegionId } from "./transfer.ts";
import type { WorldDefinition } from "./world-definition.ts";

/** Inputs of players that are not here are kept for this time after their tick: a handoff may bring the player. */
const INPUTS_KEPT_S = 2;

export interface RegionOptions {
  readonly id: RegionId;
  readonly world: WorldDefinition;
  readonly bus: RegionBus;
  readonly host: RegionHost;
  readonly scheduler: Scheduler;
  /** For tokens: seeded by chance where players are real. */
  readonly rng: Rng;
  /** Told of everything that an offline check needs. */
  readonly trace?: (event: RegionEvent, regionEpoch: number) => void;
  /** Called when the region is somebody else's; this object has ended then. */
  readonly onLost?: () => void;
}

/**
 * One region of a world: who has the authority over which entity, and how it changes hands. It knows neither the simulation nor the
 * transport: those are behind RegionHost and RegionBus.
 */
export class Region implements RegionCore {
  readonly id: RegionId;
  readonly world: WorldDefinition;
  readonly bus: RegionBus;
  readonly host: RegionHost;
  readonly scheduler: Scheduler;
  readonly rng: Rng;
  readonly lease: LeaseKeeper;
  readonly authority = new AuthorityTable();
  readonly crossings: CrossingPolicy;
  readonly inputs = new InputGate();
  readonly journal: JournalWriter;
  readonly ghosts: GhostExchange;
  readonly #options: RegionOptions;
  readonly #tombstones: Tombstones;
  readonly #outgoing: OutgoingHandoffs;
  readonly #incoming: IncomingHandoffs;
  readonly #preconnects: Preconnects;
  /** The highest epoch heard of each region. */
  readonly #heard = new Map<RegionId, number>();
  /** Groups that stand still at the end of the overlap. */
  readonly #held = new Set<EntityId>();
  #stopListening: () => void = () => {};
  #restored = false;
  /** Restored, and not stepped since. */
  #isFresh = false;
  #tick: Tick = 0;

  constructor(options: RegionOptions) {
    this.#options = options;
    ({
      id: this.id,
      world: this.world,
      bus: this.bus,
      host: this.host,
      scheduler: this.scheduler,
      rng: this.rng,
    } = options);
    this.lease = new LeaseKeeper({
      bus: this.bus,
      region: this.id,
      scheduler: this.scheduler,
      granted: (_, resumed) => this.#granted(resumed),
      lapsed: () => this.trace({ kind: "lapsed" }),
      lost: () => this.#lost(),
      restarted: () => this.#writeBack(),
    });
    this.crossings = new CrossingPolicy(this.id, this.world);
    this.journal = new JournalWriter(this, () => this.#outgoing.written());
    this.#tombstones = new Tombstones(this);
    this.#outgoing = new OutgoingHandoffs(this, this.#tombstones);
    this.#incoming = new IncomingHandoffs(this, this.#tombstones);
    this.ghosts = new GhostExchange(this, this.#outgoing);
    this.#preconnects = new Preconnects(this);
  }

  /** Tries to own the region from now on. */
  start(): void {
    this.#stopListening = this.bus.listen(this.id, (message) => this.#hear(message));
    this.lease.start();
  }

  /** Gives the region up, as it was last written down. */
  stop(released: () => void = () => {}): void {
    this.#stopListening();
    this.lease.stop(released);
  }

  /**
   * Stands still, writes down everything and gives the region up, so that another process goes on with it at once; then calls `done`.
   */
  drain(done: () => void): void {
    if (!this.running) {
      this.stop();
      return done();
    }
    this.#restored = false;
    this.journal.finish(this.#tick, () => {
      const { epoch } = this.lease;
      this.stop(() => {
        this.bus.send(this.id, { kind: "released", from: this.id, fromEpoch: epoch });
        done();
      });
    });
  }

  get tick(): Tick {
    return this.#tick;
  }

  get running(): boolean {
    return this.#restored && this.lease.holds;
  }

  trace(event: RegionEvent): void {
    this.#options.trace?.(event, this.lease.epoch);
  }

  /** An input of a player, by whichever channel it came. */
  receiveInput(player: PlayerNumber, number: number, input: Uint8Array): void {
    const message = {
      kind: "input",
      from: this.id,
      fromEpoch: this.lease.epoch,
      player,
      number,
      input,
    } as const;
    if (!this.#tombstones.forward(this.#tombstones.relay(player), message))
      this.inputs.receive(player, number, input);
  }

  /** Asks an entity of another region to do or suffer something; its owner decides. */
  request(to: RegionId, entity: EntityId, request: Uint8Array): void {
    this.bus.send(to, { kind: "request", from: this.id, fromEpoch: this.lease.epoch, entity, request });
  }

  /** One tick of the world. Does nothing while the region is not certainly ours. */
  step(tick: Tick): void {
    if (!this.#restored || tick <= this.#tick || !this.lease.check()) return;
    if (this.#isFresh) this.inputs.startAt(tick);
    this.#isFresh = false;
    const groups = [...this.host.groups()];
    this.#incoming.begin(tick);
    this.#applyInputs(groups, tick);
    this.host.step(tick);
    this.#tick = tick;
    const after = [...this.host.groups()];
    this.#observe(after);
    this.#traceStep(after, tick);
    this.#cross(after);
    if (tick % this.world.ghostEvery === 0) this.ghosts.send(after, tick);
    this.#preconnects.update(after);
    this.journal.flush(tick);
    this.#incoming.poll();
    this.#expire(after);
  }

  /** Tells the trace what is owned here. */
  census(): void {
    this.trace({ kind: "census", entities: this.#traced([...this.host.groups()], () => true) });
  }

  #applyInputs(groups: readonly RegionGroup[], tick: Tick): void {
    for (const { members, players } of groups) {
      if (members.some((id) => this.authority.owned.get(id)?.frozen)) continue;
      for (const player of players)
        this.inputs.drain(player, tick, (number, input) => {
          this.trace({ kind: "input", player, number });
          this.host.input(player, number, input);
        });
    }
  }

  /** What is there for the first time was born, what is no longer there died, what changed is written down. */
  #observe(groups: readonly RegionGroup[]): void {
    const { authority, host, journal } = this;
    const present = new Set<EntityId>();
    for (const { members } of groups)
      for (const id of members) {
        present.add(id);
        const version = host.durableVersion(id);
        const owned = authority.owned.get(id);
        if (owned === undefined) {
          authority.take({ id, epoch: 1 });
          this.trace({ kind: "born", id });
        }
        if (version !== undefined && version !== owned?.stored) journal.keep(id);
      }
    for (const claim of authority.claims(authority.owned.keys())) {
      if (present.has(claim.id)) continue;
      authority.drop(claim, this.scheduler.nowMs());
      journal.died(claim);
      this.crossings.left(claim.id);
      this.#outgoing.forget(claim.id);
      this.trace({ kind: "died", id: claim.id });
    }
  }

  #cross(groups: readonly RegionGroup[]): void {
    for (const group of groups) {
      const verdict = this.crossings.judge(group, this.#tick);
      if (verdict.kind === "break-lock") this.host.breakLock(group.id);
      if (verdict.kind === "hand-over") this.#outgoing.begin(group, verdict.to);
      this.#hold(group);
    }
  }

  /** A group whose neighbour does not take it goes no further than the overlap. */
  #hold(group: RegionGroup): void {
    const isFar = this.world.grid.distanceTo(this.id, group.x, group.y) > this.world.overlap;
    if (isFar) {
      this.#held.add(group.id);
      this.host.freeze(group.members);
    } else if (this.#held.delete(group.id)) this.host.unfreeze(group.members);
  }

  #traceStep(groups: readonly RegionGroup[], tick: Tick): void {
    if (this.#options.trace === undefined) return;
    this.trace({
      kind: "simulated",
      tick,
      entities: this.#traced(groups, (group) => !this.#held.has(group.id)),
    });
    this.trace({
      kind: "sizes",
      shadows: this.#incoming.shadows,
      tombstones: this.#tombstones.size + this.authority.goneCount,
      inbox: this.#incoming.inboxSize,
      ghosts: this.ghosts.size,
      inputs: this.inputs.size,
    });
  }

  #traced(groups: readonly RegionGroup[], counts: (group: RegionGroup) => boolean) {
    return groups.filter(counts).flatMap((group) =>
      group.members.flatMap((id) => {
        const owned = this.authority.owned.get(id);
        return owned === undefined || owned.frozen ? [] : [[id, owned.epoch, group.id] as const];
      }),
    );
  }

  #expire(groups: readonly RegionGroup[]): void {
    const idleTicks = INPUTS_KEPT_S * this.world.tickRate;
    if (this.#tick % idleTicks === 0)
      this.inputs.forgetIdle(new Set(groups.flatMap(({ players }) => players)), this.#tick - idleTicks);
    this.authority.forgetOld(this.scheduler.nowMs());
    this.#tombstones.expire();
    this.ghosts.expire();
  }

  #granted(resumed: boolean): void {
    this.trace({ kind: "owns", resumed });
    if (resumed && this.#restored) {
      this.#outgoing.resume();
      this.journal.snapshotSoon();
      return;
    }
    this.#forget();
    restoreRegion(this, () => {
      this.#restored = this.#isFresh = true;
      this.#incoming.look();
    });
  }

  #lost(): void {
    this.trace({ kind: "lost" });
    this.#stopListening();
    this.#forget();
    this.#options.onLost?.();
  }

  #forget(): void {
    this.#restored = false;
    this.#outgoing.clear();
    this.#incoming.clear();
    this.#tombstones.clear();
    this.ghosts.clear();
    this.#preconnects.clear();
    this.#held.clear();
    this.authority.clear();
    this.crossings.clear();
    this.inputs.clear();
    this.host.clear();
  }

  /** The store restarted: it is told again what it may have forgotten, highest epoch first. */
  #writeBack(): void {
    if (!this.#restored) return;
    const { authority, bus, host, journal } = this;
    this.#tombstones.writeBack();
    const claims = authority.claims(authority.owned.keys());
    bus.reassert(this.id, claims, (superseded) => {
      if (superseded === undefined) return void this.scheduler.after(100, () => this.#writeBack());
      for (const claim of claims) {
        const isOutdated = authority.owned.get(claim.id)?.epoch !== claim.epoch;
        if (isOutdated || !superseded.includes(claim.id)) continue;
        if (this.#outgoing.superseded(claim.id)) continue;
        this.trace({ kind: "yielded", ...claim });
        authority.drop(claim, this.scheduler.nowMs());
        host.remove([claim.id]);
      }
    });
    journal.snapshotSoon();
  }

  #hear(message: RegionMessage): void {
    if (message.kind === "released") return this.lease.askNow();
    const highest = this.#heard.get(message.from) ?? 0;
    if (message.fromEpoch < highest || !this.#restored || !this.lease.check()) return;
    this.#heard.set(message.from, message.fromEpoch);
    switch (message.kind) {
      case "prepare":
        return this.#incoming.prepare(message, this.#outgoing.leaving);
      case "accept":
        return this.#outgoing.accepted(message.hid, message.fromEpoch);
      case "reject":
        return this.#outgoing.rejected(message.hid);
      case "committed":
        return this.#incoming.committed(message.transfer);
      case "cancel":
        return this.#incoming.cancelled(message.hid);
      case "ghosts":
        return this.ghosts.receive(message);
      case "preconnect":
        return this.host.expect(message.player, message.from, message.token);
      case "unconnect":
        return this.#uninvite(message.player, message.from);
      case "input":
        return this.receiveInput(message.player, message.number, message.input);
      case "request":
        if (this.#tombstones.forward(this.#tombstones.whereTo(message.entity), message)) return;
        if (this.authority.owned.has(message.entity)) this.host.request(message.entity, message.request);
    }
  }

  #uninvite(player: PlayerNumber, from: RegionId): void {
    const isOurs = [...this.host.groups()].some(({ players }) => players.includes(player));
    if (!isOurs) this.inputs.remove(player);
    this.host.unexpect(player, from);
  }
}
