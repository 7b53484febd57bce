import { enter } from "./acting.ts";
import type { DuelWorld, Fighter } from "./entities.ts";
import { moves } from "./moves.ts";
import { BODY_HALF_WIDTH, HALF_STAGE, WIDEST_GAP } from "./rules.ts";

/** Moves all bodies by one tick: falls and landings, walls, and two who cannot be in one place. */
export function move(world: DuelWorld, fighters: readonly Fighter[]): void {
  const before = fighters.map(({ x }) => x);
  for (const fighter of fighters) {
    if (world.tick < fighter.stopsUntil) continue;
    fighter.x = withinStage(fighter.x + fighter.vx * world.dt);
    if (moves[fighter.state].posture !== "air") continue;
    fighter.y = Math.max(0, fighter.y + fighter.vy * world.dt);
    if (fighter.y === 0 && fighter.vy < 0) land(world, fighter);
  }
  const [a, b] = fighters;
  if (a === undefined || b === undefined) return;
  separate(a, b);
  holdTogether(a, b, before);
}

export function withinStage(x: number): number {
  return Math.max(-HALF_STAGE, Math.min(HALF_STAGE, x));
}

function land(world: DuelWorld, fighter: Fighter): void {
  const isBeaten = fighter.health === 0;
  const isReeling = fighter.state === "reel";
  fighter.vy = 0;
  if (isReeling) fighter.vx *= 0.5;
  else fighter.vx = 0;
  enter(fighter, isBeaten ? "beaten" : moves[fighter.state].next, world.tick);
  world.emit("land", { side: fighter.side, hard: isReeling });
}

/** How high the feet must be to pass over somebody who stands. */
const OVER = 1.25;

/** Bodies that overlap are pushed apart, each by half; who has a wall behind stays, and the other goes all the way. */
function separate(a: Fighter, b: Fighter): void {
  if (Math.abs(a.y - b.y) > OVER || moves[a.state].posture === "down" || moves[b.state].posture === "down")
    return;
  const overlap = 2 * BODY_HALF_WIDTH - Math.abs(a.x - b.x);
  if (overlap <= 0) return;
  const way = a.x < b.x || (a.x === b.x && a.side < b.side) ? 1 : -1;
  const half = overlap / 2;
  a.x -= way * half;
  b.x += way * half;
  const excessA = a.x - withinStage(a.x);
  const excessB = b.x - withinStage(b.x);
  a.x = withinStage(a.x - excessA - excessB);
  b.x = withinStage(b.x - excessB - excessA);
}

/** Nobody leaves the screen: who would go too far away stays where it was. */
function holdTogether(a: Fighter, b: Fighter, before: readonly number[]): void {
  if (Math.abs(a.x - b.x) <= WIDEST_GAP) return;
  const middle = (a.x + b.x) / 2;
  const half = WIDEST_GAP / 2;
  const movedA = a.x !== before[0];
  const movedB = b.x !== before[1];
  const way = a.x < b.x ? 1 : -1;
  if (movedA && !movedB) a.x = b.x - way * WIDEST_GAP;
  else if (movedB && !movedA) b.x = a.x + way * WIDEST_GAP;
  else {
    a.x = middle - way * half;
    b.x = middle + way * half;
  }
}
