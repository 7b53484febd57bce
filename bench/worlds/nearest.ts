import { CLIENT_COUNT, MOVER_COUNT, VISIBLE_COUNT, type IoWorld } from "./io-world.ts";

/** What one client sees this tick, and how that differs from the tick before. */
export interface Sight {
  /** The movers in sight, ascending. */
  visible: Int32Array;
  /** The movers that came into sight this tick. */
  entered: number[];
  /** The movers that went out of sight this tick. */
  left: number[];
}

/**
 * The 50 movers nearest to each client's own.
 *
 * Worked out once per tick and handed to every peer, so that no figure contains the cost of finding
 * neighbours, only the cost of telling a client about them.
 */
export class NearestSight {
  readonly clients: Sight[] = Array.from({ length: CLIENT_COUNT }, () => ({
    visible: new Int32Array(0),
    entered: [],
    left: [],
  }));

  private readonly movers = new Int32Array(VISIBLE_COUNT);
  private readonly distances = new Float64Array(VISIBLE_COUNT);

  /** Recomputes every client's sight from the world as it is now. */
  update(world: IoWorld): void {
    for (let client = 0; client < CLIENT_COUNT; client++) {
      const sight = this.clients[client];
      const before = sight.visible;
      sight.visible = this.nearest(world, client);
      sight.entered = missing(sight.visible, before);
      sight.left = missing(before, sight.visible);
    }
  }

  private nearest(world: IoWorld, client: number): Int32Array {
    const { movers, distances } = this;
    distances.fill(Infinity);
    for (let mover = 0; mover < MOVER_COUNT; mover++) {
      const dx = world.x[mover] - world.x[client];
      const dy = world.y[mover] - world.y[client];
      const distance = dx * dx + dy * dy;
      // Of two equally far movers the lower number wins, since it was here first.
      let at = VISIBLE_COUNT;
      while (at > 0 && distances[at - 1] > distance) at--;
      if (at === VISIBLE_COUNT) continue;
      movers.copyWithin(at + 1, at, VISIBLE_COUNT - 1);
      distances.copyWithin(at + 1, at, VISIBLE_COUNT - 1);
      movers[at] = mover;
      distances[at] = distance;
    }
    return movers.slice().sort();
  }
}

/** The elements of `list` that `other` lacks; both ascending. */
function missing(list: Int32Array, other: Int32Array): number[] {
  const result: number[] = [];
  let at = 0;
  for (const element of list) {
    while (at < other.length && other[at] < element) at++;
    if (other[at] !== element) result.push(element);
  }
  return result;
}
