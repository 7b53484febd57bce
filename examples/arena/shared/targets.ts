import type { Player } from "./entities.ts";
import { HALF } from "./map.ts";
import { BULLET_RADIUS, MAX_PLAYERS, PLAYER_RADIUS } from "./rules.ts";

/** Side of a bucket in metres: a bullet's way through one tick lies in one or two of them per axis. */
const BUCKET = 4;
const BUCKETS = Math.ceil((2 * HALF) / BUCKET);
const REACH = PLAYER_RADIUS + BULLET_RADIUS;
const NONE = -1;

/** The ships that can be hit, in buckets by place, so that a bullet is tested against the few near it. */
export class Targets {
  readonly #players: Player[] = [];
  readonly #x = new Float64Array(MAX_PLAYERS);
  readonly #y = new Float64Array(MAX_PLAYERS);
  /** The first ship of every bucket, and for every ship the next one in its bucket. */
  readonly #first = new Int16Array(BUCKETS * BUCKETS).fill(NONE);
  readonly #next = new Int16Array(MAX_PLAYERS);

  clear(): void {
    this.#players.length = 0;
    this.#first.fill(NONE);
  }

  add(player: Player): void {
    const index = this.#players.length;
    if (index === MAX_PLAYERS) return;
    this.#players.push(player);
    this.#x[index] = player.x;
    this.#y[index] = player.y;
    const at = bucket(player.y) * BUCKETS + bucket(player.x);
    this.#next[index] = this.#first[at];
    this.#first[at] = index;
  }

  /** The ship that a bullet of `owner` meets first on its way from (x, y) by (dx, dy). */
  firstHit(x: number, y: number, dx: number, dy: number, owner: number): Player | undefined {
    const left = bucket(Math.min(x, x + dx) - REACH);
    const right = bucket(Math.max(x, x + dx) + REACH);
    const top = bucket(Math.min(y, y + dy) - REACH);
    const bottom = bucket(Math.max(y, y + dy) + REACH);
    let soonest = Infinity;
    let hit: Player | undefined;
    for (let row = top; row <= bottom; row++) {
      for (let column = left; column <= right; column++) {
        for (let i = this.#first[row * BUCKETS + column]; i !== NONE; i = this.#next[i]) {
          const at = timeOfContact(x - this.#x[i], y - this.#y[i], dx, dy);
          // A tie goes to the lower id, whatever order the buckets hold: on every machine the same one is hit.
          if (at > soonest || this.#players[i].owner === owner || this.#players[i].hp === 0) continue;
          if (at === soonest && (at === Infinity || this.#players[i].id > hit!.id)) continue;
          soonest = at;
          hit = this.#players[i];
        }
      }
    }
    return hit;
  }
}

function bucket(coordinate: number): number {
  return Math.max(0, Math.min(BUCKETS - 1, Math.floor((coordinate + HALF) / BUCKET)));
}

/** The share of the way (dx, dy) after which a point at (x, y) comes within reach of the origin; Infinity if it does not. */
function timeOfContact(x: number, y: number, dx: number, dy: number): number {
  const outside = x * x + y * y - REACH * REACH;
  if (outside <= 0) return 0;
  const approach = x * dx + y * dy;
  if (approach >= 0) return Infinity;
  const wayTwice = dx * dx + dy * dy;
  const discriminant = approach * approach - wayTwice * outside;
  if (discriminant < 0) return Infinity;
  const at = (-approach - Math.sqrt(discriminant)) / wayTwice;
  return at <= 1 ? at : Infinity;
}
