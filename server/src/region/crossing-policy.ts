import type { EntityId } from "@tidelock/shared";
import type { RegionGroup } from "./region-host.ts";
import type { RegionId } from "./transfer.ts";
import type { WorldDefinition } from "./world-definition.ts";

/** What came to rest beyond the border goes over after this time, however near the border it lies. */
const DWELL_S = 0.3;
/** Slower than this part of the top speed is rest. */
const REST = 0.02;
/** After a handoff a group stays for so long, whatever it does. */
const COOL_DOWN_S = 1;
/** A lock delays a handoff by this at most. */
const LOCK_BOUND_S = 2;

interface Crossing {
  /** The tick since which the group rests beyond the border; -1 while it does not. */
  restsSince: number;
  /** The tick since which a lock keeps it. */
  lockedSince: number;
}

/** What is to be done about a group. */
export type CrossingVerdict =
  | { readonly kind: "stay" }
  | { readonly kind: "hand-over" | "break-lock"; readonly to: RegionId };

const STAY: CrossingVerdict = { kind: "stay" };

/**
 * Decides when a group has crossed a border for good: deeper than the hysteresis, or at rest beyond it. What swings over a border by less
 * than the hysteresis is never handed over.
 */
export class CrossingPolicy {
  readonly #region: RegionId;
  readonly #world: WorldDefinition;
  readonly #crossings = new Map<EntityId, Crossing>();
  readonly #cameFrom = new Map<EntityId, { readonly region: RegionId; readonly tick: number }>();

  constructor(region: RegionId, world: WorldDefinition) {
    this.#region = region;
    this.#world = world;
  }

  /** The group came from a neighbour. */
  came(group: EntityId, from: RegionId, tick: number): void {
    this.#cameFrom.set(group, { region: from, tick });
  }

  /** The group is no longer here. */
  left(group: EntityId): void {
    this.#crossings.delete(group);
    this.#cameFrom.delete(group);
  }

  clear(): void {
    this.#crossings.clear();
    this.#cameFrom.clear();
  }

  judge(group: RegionGroup, tick: number): CrossingVerdict {
    const { grid, tickRate } = this.#world;
    const depth = grid.distanceTo(this.#region, group.x, group.y);
    if (depth === 0) {
      this.#crossings.delete(group.id);
      return STAY;
    }
    const to = grid.regionAt(group.x, group.y);
    const known = this.#crossings.get(group.id);
    const crossing = known ?? { restsSince: -1, lockedSince: -1 };
    if (known === undefined) this.#crossings.set(group.id, crossing);
    const origin = this.#cameFrom.get(group.id);
    const isReturn = origin?.region === to;
    if (origin !== undefined && tick - origin.tick < COOL_DOWN_S * tickRate) return STAY;
    const speed = Math.sqrt(group.vx * group.vx + group.vy * group.vy);
    if (speed > REST * this.#world.topSpeed) crossing.restsSince = -1;
    else if (crossing.restsSince < 0) crossing.restsSince = tick;
    const isDeep = depth >= this.#world.hysteresis(speed);
    const rests = crossing.restsSince >= 0 && tick - crossing.restsSince >= DWELL_S * tickRate && !isReturn;
    if (!isDeep && !rests) return STAY;
    if (!group.locked) {
      crossing.lockedSince = -1;
      return { kind: "hand-over", to };
    }
    if (crossing.lockedSince < 0) crossing.lockedSince = tick;
    return tick - crossing.lockedSince >= LOCK_BOUND_S * tickRate ? { kind: "break-lock", to } : STAY;
  }
}
