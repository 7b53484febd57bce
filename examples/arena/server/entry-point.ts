import { type SpawnPoint, spawnPoints } from "../shared/map.ts";

/** Metres from the next player at which somebody new comes in: out of a sudden shot's way, but within sight of the game. */
const GOOD_DISTANCE = 22;

/** Where a new player enters: at the spawn point whose nearest player is about as far away as is good. */
export function entryPoint(players: Iterable<{ readonly x: number; readonly y: number }>): SpawnPoint {
  const others = [...players];
  let best = spawnPoints[0];
  let bestError = Infinity;
  for (const point of spawnPoints) {
    const error = Math.abs(nearest(point, others) - GOOD_DISTANCE);
    if (error >= bestError) continue;
    bestError = error;
    best = point;
  }
  return best;
}

/** Alone in the arena, the distance to its middle counts. */
function nearest(point: SpawnPoint, others: readonly { readonly x: number; readonly y: number }[]): number {
  if (others.length === 0) return Math.hypot(point.x, point.y);
  return Math.min(...others.map(({ x, y }) => Math.hypot(x - point.x, y - point.y)));
}
