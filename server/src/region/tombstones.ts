import type { EntityId, PlayerNumber } from "@tidelock/shared";
import { REMEMBER_GONE_MS } from "./authority-table.ts";
import { LOSS_WINDOW_MS } from "./region-bus.ts";
import type { RegionCore } from "./region-core.ts";
import type { RegionMessage } from "./region-message.ts";
import type { RegionId, Transfer } from "./transfer.ts";

/** Inputs that still come here are passed on for so long; by then the client has its channel to the new owner, or is in reconnection grace. */
const RELAY_MS = 1000;

interface Tombstone {
  readonly transfer: Transfer;
  readonly sinceMs: number;
  /** "unsure": the store may have forgotten the commit. */
  state: "known" | "unsure" | "asked";
}

/** What this region handed over a moment ago: where to pass on what still comes for it, and how to repeat the commit if the store forgets it. */
export class Tombstones {
  readonly #core: RegionCore;
  readonly #stones = new Map<string, Tombstone>();
  readonly #entities = new Map<EntityId, RegionId>();
  readonly #players = new Map<PlayerNumber, { readonly to: RegionId; readonly untilMs: number }>();

  constructor(core: RegionCore) {
    this.#core = core;
  }

  add(transfer: Transfer): void {
    const sinceMs = this.#core.scheduler.nowMs();
    this.#stones.set(transfer.hid, { transfer, sinceMs, state: "known" });
    for (const { id } of transfer.members) this.#entities.set(id, transfer.to);
    for (const { player } of transfer.cursors)
      this.#players.set(player, { to: transfer.to, untilMs: sinceMs + RELAY_MS });
  }

  /** Where an entity went; undefined when it did not just leave. */
  whereTo(entity: EntityId): RegionId | undefined {
    return this.#entities.get(entity);
  }

  /** Where inputs of a player are to be passed on to. */
  relay(player: PlayerNumber): RegionId | undefined {
    return this.#players.get(player)?.to;
  }

  /** The player, or entity, is here again. */
  returned(transfer: Transfer): void {
    for (const { id } of transfer.members) this.#entities.delete(id);
    for (const { player } of transfer.cursors) this.#players.delete(player);
  }

  /** The store may have forgotten what it was told last: it is told again until it has heard. */
  writeBack(): void {
    for (const stone of this.#stones.values()) stone.state = "unsure";
    this.#tellAgain();
  }

  #tellAgain(): void {
    const { bus, lease } = this.#core;
    for (const stone of this.#stones.values()) {
      if (stone.state !== "unsure") continue;
      stone.state = "asked";
      bus.commit({ ...stone.transfer, fromEpoch: lease.epoch }, true, (answer) => {
        if (stone.state === "asked") stone.state = answer === undefined ? "unsure" : "known";
      });
    }
  }

  expire(): void {
    const { scheduler, lease } = this.#core;
    const nowMs = scheduler.nowMs();
    this.#tellAgain();
    for (const [player, { untilMs }] of this.#players) if (untilMs <= nowMs) this.#players.delete(player);
    for (const [hid, { transfer, sinceMs, state }] of this.#stones) {
      // Not before the store has answered long after it: what it then still has it will not forget.
      if (nowMs - sinceMs < REMEMBER_GONE_MS || lease.confirmedMs - sinceMs < LOSS_WINDOW_MS) return;
      if (state !== "known") continue;
      this.#stones.delete(hid);
      for (const { id } of transfer.members)
        if (this.#entities.get(id) === transfer.to) this.#entities.delete(id);
    }
  }

  /** Passes a message on to where its entity or player went. False when that is not known. */
  forward(to: RegionId | undefined, message: RegionMessage): boolean {
    if (to === undefined) return false;
    const { bus, id, lease } = this.#core;
    bus.send(to, { ...message, from: id, fromEpoch: lease.epoch });
    return true;
  }

  clear(): void {
    this.#stones.clear();
    this.#entities.clear();
    this.#players.clear();
  }

  get size(): number {
    return this.#stones.size;
  }
}
