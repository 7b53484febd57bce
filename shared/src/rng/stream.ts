import { Rng } from "./rng.ts";

/**
 * The shared stream: the generator of one entity in one tick, derived from nothing but the match seed, the tick and the
 * entity id. Server and client hold all three, so a replayed step draws the same numbers, in whatever order entities
 * are stepped and however many of them the client knows.
 *
 * Everything drawn from it can be computed in advance by every player. What must stay secret (loot, hidden roles,
 * a critical hit decided later) has to come from a server-only generator: an `Rng` seeded from the server's own
 * entropy, kept out of the step that clients run, and never sent.
 *
 * @param into reused when given, so that the step allocates nothing.
 */
export function streamFor(seed: number, tick: number, entityId: number, into?: Rng): Rng {
  return into === undefined ? new Rng(seed, tick, entityId) : into.reseed(seed, tick, entityId);
}
