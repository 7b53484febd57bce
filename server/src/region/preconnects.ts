import type { PlayerNumber } from "@tidelock/shared";
import type { RegionCore } from "./region-core.ts";
import type { RegionGroup } from "./region-host.ts";
import type { RegionId } from "./transfer.ts";

/** A channel is given up at this multiple of the distance at which it is opened, so that nobody opens and closes one at the edge. */
const LEAVE_AT = 1.5;
/** Two regions at an edge, three at a corner. */
const MAX_PER_PLAYER = 3;

/** Which players should have a channel to which neighbours: those near the border and on their way to it. */
export class Preconnects {
  readonly #core: RegionCore;
  readonly #neighbours: readonly RegionId[];
  readonly #open = new Map<PlayerNumber, Map<RegionId, string>>();

  constructor(core: RegionCore) {
    this.#core = core;
    this.#neighbours = core.world.grid.neighbours(core.id);
  }

  update(groups: readonly RegionGroup[]): void {
    const present = new Set<PlayerNumber>();
    for (const group of groups)
      for (const player of group.players) {
        present.add(player);
        for (const to of this.#neighbours) this.#judge(group, player, to);
      }
    for (const player of this.#open.keys()) if (!present.has(player)) this.#open.delete(player);
  }

  clear(): void {
    this.#open.clear();
  }

  #judge(group: RegionGroup, player: PlayerNumber, to: RegionId): void {
    const { grid, preconnectBand } = this.#core.world;
    const distance = grid.distanceTo(to, group.x, group.y);
    const isOpen = this.#open.get(player)?.has(to) ?? false;
    if (isOpen && distance > preconnectBand * LEAVE_AT) return this.#close(player, to);
    if (isOpen || distance > preconnectBand) return;
    // Where it will be in a moment lies nearer: it is heading there. Whoever is there already need not.
    const ahead = grid.distanceTo(to, group.x + group.vx * 0.1, group.y + group.vy * 0.1);
    if (ahead < distance || distance === 0) this.#offer(player, to);
  }

  #offer(player: PlayerNumber, to: RegionId): void {
    const { bus, host, id, lease, rng } = this.#core;
    const open = this.#open.get(player) ?? new Map<RegionId, string>();
    if (open.size >= MAX_PER_PLAYER) return;
    const token = [rng.uint32(), rng.uint32(), rng.uint32(), rng.uint32()]
      .map((word) => word.toString(16).padStart(8, "0"))
      .join("");
    this.#open.set(player, open.set(to, token));
    bus.send(to, { kind: "preconnect", from: id, fromEpoch: lease.epoch, player, token });
    host.offer(player, to, token);
  }

  #close(player: PlayerNumber, to: RegionId): void {
    const { bus, host, id, lease } = this.#core;
    this.#open.get(player)?.delete(to);
    bus.send(to, { kind: "unconnect", from: id, fromEpoch: lease.epoch, player });
    host.withdraw(player, to);
  }
}
