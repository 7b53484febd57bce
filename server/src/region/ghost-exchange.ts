import type { EntityId, Tick } from "@tidelock/shared";
import type { OutgoingHandoffs } from "./outgoing-handoffs.ts";
import type { RegionCore } from "./region-core.ts";
import type { RegionGroup } from "./region-host.ts";
import type { GhostFrame } from "./region-message.ts";
import type { Claim, EntityState, RegionId } from "./transfer.ts";

/** A ghost of which nothing was heard for so long is gone: several frames, so that a lost one makes nothing disappear. */
const SILENCE_MS = 400;
/** Ghosts kept at once; what comes beyond that is not shown. */
const MAX_GHOSTS = 4096;

interface Ghost {
  from: RegionId;
  epoch: number;
  tick: Tick;
  heardMs: number;
}

/** Read-only copies across the border: what of ours is near a neighbour is streamed to it, what it streams is shown here. */
export class GhostExchange {
  readonly #core: RegionCore;
  readonly #outgoing: OutgoingHandoffs;
  readonly #neighbours: readonly RegionId[];
  readonly #ghosts = new Map<EntityId, Ghost>();

  constructor(core: RegionCore, outgoing: OutgoingHandoffs) {
    this.#core = core;
    this.#outgoing = outgoing;
    this.#neighbours = core.world.grid.neighbours(core.id);
  }

  /** One frame per neighbour that has something to see. */
  send(groups: readonly RegionGroup[], tick: Tick): void {
    const { authority, bus, host, id, lease, world } = this.#core;
    for (const to of this.#neighbours) {
      const ghosts: EntityState[] = [];
      for (const group of groups) {
        if (world.grid.distanceTo(to, group.x, group.y) > world.ghostBand) continue;
        for (const claim of authority.claims(group.members))
          ghosts.push({ ...claim, state: host.encode(claim.id) });
      }
      if (ghosts.length > 0) bus.send(to, { kind: "ghosts", from: id, fromEpoch: lease.epoch, tick, ghosts });
    }
  }

  /** Shows what a neighbour sent, newest and highest epoch first. */
  receive({ from, tick, ghosts }: GhostFrame): void {
    const { authority, host, scheduler } = this.#core;
    const heardMs = scheduler.nowMs();
    for (const entity of ghosts) {
      const { id, epoch } = entity;
      const owned = authority.owned.get(id);
      if (owned !== undefined) {
        if (epoch > owned.epoch) this.#yield(entity);
        continue;
      }
      const known = this.#ghosts.get(id);
      if (known === undefined && this.#ghosts.size >= MAX_GHOSTS) continue;
      if (known !== undefined && (epoch < known.epoch || (epoch === known.epoch && tick <= known.tick)))
        continue;
      this.#ghosts.set(id, { from, epoch, tick, heardMs });
      host.ghost(entity, from, tick);
    }
  }

  /** An entity of ours became one to look at. */
  add({ id, epoch }: Claim, from: RegionId, tick: Tick): void {
    this.#ghosts.set(id, { from, epoch, tick, heardMs: this.#core.scheduler.nowMs() });
  }

  /** An entity to look at became ours. */
  remove(id: EntityId): void {
    this.#ghosts.delete(id);
  }

  expire(): void {
    const nowMs = this.#core.scheduler.nowMs();
    for (const [id, { heardMs }] of this.#ghosts) {
      if (nowMs - heardMs < SILENCE_MS) continue;
      this.#ghosts.delete(id);
      this.#core.host.forgetGhost(id);
    }
  }

  clear(): void {
    this.#ghosts.clear();
  }

  get size(): number {
    return this.#ghosts.size;
  }

  /** The highest epoch wins: whoever has it got it by a commit. */
  #yield(entity: EntityState): void {
    if (this.#outgoing.superseded(entity.id)) return;
    const { authority, host, journal, scheduler } = this.#core;
    const epoch = authority.owned.get(entity.id)?.epoch ?? 0;
    this.#core.trace({ kind: "yielded", id: entity.id, epoch });
    authority.drop(entity, scheduler.nowMs());
    journal.died({ id: entity.id, epoch });
    host.remove([entity.id]);
  }
}
