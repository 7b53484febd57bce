import type { EntityMap, FieldValues } from "../schema/entity-type.ts";
import type { EntityDefinition } from "../schema/entity-type.ts";
import type { PlayerNumber } from "../world/entity-id.ts";
import type { EventMap, EntityOf, World } from "../world/world.ts";
import { type Area, extentOf, touches } from "./area.ts";
import { type Candidate, Candidates } from "./candidates.ts";
import { contactTime } from "./contact.ts";
import type { RewindHit } from "./rewind-hit.ts";
import type { Projectile, SeenTargets, Shot } from "./shot.ts";
import type { Place } from "./walls.ts";

type Seen<E extends EntityMap, K extends keyof E> =
  E[K] extends EntityDefinition<infer F> ? FieldValues<F> : Record<string, unknown>;

export interface RewindOptions {
  /** The furthest back that this weapon may look, in milliseconds. Default, and at most: what the game declares. */
  readonly maxMs?: number;
  /** Looks back by so many ticks, as `ticks` of an earlier rewind told, rather than to what the player sees now. */
  readonly ticks?: number;
}

/** Where a projectile has come to, and what it has met on the way. */
export interface Advanced<T> {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  /** It met a wall. */
  readonly blocked: boolean;
  /** What it met first, if anything. */
  readonly hit: RewindHit<T> | undefined;
}

/**
 * The world as a player saw it when giving the input of this tick: on the server what the player's client was sent, between the
 * snapshots that it had, and on that client what it draws. Anywhere else, and where it is not known what the player saw, the world as
 * it is now.
 *
 * `shooter`: the entity whose owner shoots. Only for queries: nothing of the past can be changed.
 */
export function rewind<E extends EntityMap, V extends EventMap>(
  world: World<E, V>,
  shooter: { readonly owner: PlayerNumber },
  options: RewindOptions = {},
): Rewind<E, V> {
  return new Rewind(world, shooter.owner, options);
}

/** See `rewind`. Valid during the step in which it was made. */
export class Rewind<E extends EntityMap = EntityMap, V extends EventMap = EventMap> {
  /** How far back it looks, in ticks with a fraction; 0: at the present. */
  readonly ticks: number;
  /** The player was looking further back than is allowed. */
  readonly capped: boolean;
  readonly #world: World<E, V>;
  readonly #player: PlayerNumber;
  readonly #moment: number;

  constructor(world: World<E, V>, player: PlayerNumber, { maxMs = Infinity, ticks }: RewindOptions) {
    const { past } = world;
    const wanted = world.tick - (past?.momentOf(player, world.tick) ?? Number.NaN);
    const most = Math.min(past?.maxTicks ?? 0, maxMs / 1000 / world.dt);
    const back = ticks ?? wanted;
    this.capped = back > most;
    this.#moment = world.tick - Math.max(0, Math.min(back, most));
    this.ticks = Number.isNaN(this.#moment) ? 0 : world.tick - this.#moment;
    this.#world = world;
    this.#player = player;
  }

  /** How far back it looks, in milliseconds. */
  get ms(): number {
    return this.ticks * this.#world.dt * 1000;
  }

  /** The first target that a ray meets on its way from one place to another. The player's own entities do not count. */
  ray<K extends keyof E & string>(type: K, shot: Shot<Seen<E, K>>): RewindHit<EntityOf<E, K>> | undefined {
    const hit = this.#first(type, shot, shot.from, shot.to, shot.radius ?? 0, this.#moment, this.#moment);
    return hit && this.#note(hit);
  }

  /** The same for what flies its way in the tick that ends at the moment seen, while its targets move. */
  sweep<K extends keyof E & string>(type: K, shot: Shot<Seen<E, K>>): RewindHit<EntityOf<E, K>> | undefined {
    const { from, to, radius = 0 } = shot;
    const hit = this.#first(type, shot, from, to, radius, this.#moment - 1, this.#moment);
    return hit && this.#note(hit);
  }

  /** All targets that an area touches, by ascending id. */
  touching<K extends keyof E & string>(
    type: K,
    area: Area & SeenTargets<Seen<E, K>>,
  ): RewindHit<EntityOf<E, K>>[] {
    const { center, target, walls } = area;
    const hits: RewindHit<EntityOf<E, K>>[] = [];
    const candidates = this.#candidates(type);
    put(center, start);
    box(start, start, extentOf(area) + target);
    candidates.each(low, high, this.#moment, this.#moment, (candidate) => {
      const { start: place, owner } = candidate;
      if (owner === this.#player && owner !== 0) return;
      if (!touches(area, place, target)) return;
      if (walls !== undefined && !walls.sees(center, toPlace(place))) return;
      if (!this.#counts(candidates, candidate, area, center, this.#moment)) return;
      hits.push(this.#hit(type, candidate, place, 0, distanceOf(start, place)));
    });
    hits.sort((a, b) => a.id - b.id);
    for (const hit of hits) this.#note(hit);
    return hits;
  }

  /**
   * Fires a projectile at the moment seen and lets it fly until now, in whole ticks, through targets where they were meanwhile: it
   * comes out as far ahead as the player was behind. Spawn it there, unless it was stopped; from then on it flies in the present.
   */
  advance<K extends keyof E & string>(type: K, shot: Projectile<Seen<E, K>>): Advanced<EntityOf<E, K>> {
    const { velocity, radius = 0, walls } = shot;
    const { tick, dt } = this.#world;
    let from = shot.from;
    let moment = Number.isNaN(this.#moment) ? tick : this.#moment;
    while (moment < tick) {
      const next = Math.min(tick, moment + 1);
      const to = along(from, velocity, (next - moment) * dt);
      const hit = this.#first(type, shot, from, to, radius, moment, next);
      if (hit !== undefined) {
        const { x, y, z } = this.#note(hit);
        return { x, y, z, blocked: false, hit };
      }
      const free = walls === undefined ? 1 : walls.reach(from, to, radius);
      if (free < 1) return { ...between(from, to, free), blocked: true, hit: undefined };
      from = to;
      moment = next;
    }
    return { x: from.x, y: from.y, z: from.z ?? 0, blocked: false, hit: undefined };
  }

  #first<K extends keyof E & string>(
    type: K,
    targets: SeenTargets<Seen<E, K>>,
    from: Place,
    to: Place,
    radius: number,
    startMoment: number,
    endMoment: number,
  ): RewindHit<EntityOf<E, K>> | undefined {
    const candidates = this.#candidates(type);
    const reach = radius + targets.target;
    let free = Number.NaN;
    put(from, start);
    put(to, end);
    box(start, end, reach);
    let first: RewindHit<EntityOf<E, K>> | undefined;
    candidates.each(low, high, startMoment, endMoment, (candidate) => {
      if (candidate.owner === this.#player && candidate.owner !== 0) return;
      const time = contactTime(start, end, candidate.start, candidate.end, reach);
      if (time === Infinity) return;
      // Few shots come near anybody: walls are looked for when one does.
      if (Number.isNaN(free)) free = targets.walls === undefined ? 1 : targets.walls.reach(from, to, radius);
      if (time > free) return;
      // A tie goes to the lower id, in whatever order they come: on every machine the same one is hit.
      if (
        first !== undefined &&
        (time > first.fraction || (time === first.fraction && candidate.id > first.id))
      )
        return;
      if (!this.#counts(candidates, candidate, targets, from, startMoment)) return;
      for (let axis = 0; axis < 3; axis++) point[axis] = start[axis] + (end[axis] - start[axis]) * time;
      first = this.#hit(type, candidate, point, time, distanceOf(start, point));
    });
    return first;
  }

  #candidates(type: string): Candidates {
    // Candidates know tables, not the game's names for them.
    return new Candidates(this.#world as unknown as World, type, this.#player, this.#moment);
  }

  /** Whether the game lets a candidate be hit: by what was seen of it, and by how long it has been behind cover. */
  #counts<S>(
    candidates: Candidates,
    candidate: Candidate,
    { where, walls, coverMs }: SeenTargets<S>,
    from: Place,
    moment: number,
  ): boolean {
    if (where !== undefined && !where(candidates.show(moment) as S, candidate)) return false;
    if (walls === undefined || coverMs === undefined || !candidate.isPast) return true;
    const { tick, dt } = this.#world;
    const oldest = Math.max(this.#moment, tick - coverMs / 1000 / dt);
    if (oldest === this.#moment) return true;
    point[2] = 0;
    for (let at: number = tick; at >= oldest; at--)
      if (candidates.locate(at, point) && walls.sees(from, toPlace(point))) return true;
    return false;
  }

  #hit<K extends keyof E & string>(
    type: K,
    { id, owner, isPast }: Candidate,
    place: Float64Array,
    fraction: number,
    distance: number,
  ): RewindHit<EntityOf<E, K>> {
    const entity = this.#world.get(type, id);
    const [x, y, z] = place;
    const rewindMs = isPast ? this.ms : 0;
    return { id, owner, entity, x, y, z, fraction, distance, rewindMs, capped: isPast && this.capped };
  }

  #note<T>(hit: RewindHit<T>): RewindHit<T> {
    this.#world.past?.noteHit(this.#player, hit.owner, hit.rewindMs, hit.capped);
    return hit;
  }
}

/** Scratch of the query at hand: none calls another while it uses them. */
const start = new Float64Array(3);
const end = new Float64Array(3);
const point = new Float64Array(3);
const low = new Float64Array(3);
const high = new Float64Array(3);

function put({ x, y, z = 0 }: Place, into: Float64Array): void {
  into[0] = x;
  into[1] = y;
  into[2] = z;
}

/** Sets `low` and `high` to the box around two places, grown on all sides. */
function box(a: Float64Array, b: Float64Array, grow: number): void {
  for (let axis = 0; axis < 3; axis++) {
    low[axis] = Math.min(a[axis], b[axis]) - grow;
    high[axis] = Math.max(a[axis], b[axis]) + grow;
  }
}

function toPlace(place: Float64Array): Place {
  return { x: place[0], y: place[1], z: place[2] };
}

function along(from: Place, velocity: Place, seconds: number): Place {
  return {
    x: from.x + velocity.x * seconds,
    y: from.y + velocity.y * seconds,
    z: (from.z ?? 0) + (velocity.z ?? 0) * seconds,
  };
}

function between(from: Place, to: Place, share: number): { x: number; y: number; z: number } {
  const [fromZ, toZ] = [from.z ?? 0, to.z ?? 0];
  return {
    x: from.x + (to.x - from.x) * share,
    y: from.y + (to.y - from.y) * share,
    z: fromZ + (toZ - fromZ) * share,
  };
}

function distanceOf(a: Float64Array, b: Float64Array): number {
  const [x, y, z] = [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
  return Math.sqrt(x * x + y * y + z * z);
}
