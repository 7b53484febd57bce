import { expect, it } from "vitest";
import { CLIENT_COUNT, IoWorld, MOVER_COUNT, VISIBLE_COUNT } from "./io-world.ts";
import { NearestSight } from "./nearest.ts";

/** The same answer by sorting all movers. */
function bySorting(world: IoWorld, client: number): number[] {
  const distance = (mover: number): number =>
    (world.x[mover] - world.x[client]) ** 2 + (world.y[mover] - world.y[client]) ** 2;
  return Array.from({ length: MOVER_COUNT }, (_, mover) => mover)
    .sort((a, b) => distance(a) - distance(b) || a - b)
    .slice(0, VISIBLE_COUNT)
    .sort((a, b) => a - b);
}

it("shows each client the 50 movers nearest to its own, ascending", () => {
  const world = new IoWorld(4);
  const sight = new NearestSight();
  sight.update(world);
  for (let client = 0; client < CLIENT_COUNT; client++) {
    expect([...sight.clients[client].visible]).toEqual(bySorting(world, client));
    expect(sight.clients[client].visible).toContain(client);
  }
});

it("reports who came and who went, so that applying both gives what is visible", () => {
  const world = new IoWorld(5);
  const sight = new NearestSight();
  const known = Array.from({ length: CLIENT_COUNT }, () => new Set<number>());
  let changes = 0;
  for (let tick = 0; tick < 20; tick++) {
    sight.update(world);
    for (const [client, { visible, entered, left }] of sight.clients.entries()) {
      for (const mover of left) expect(known[client].delete(mover)).toBe(true);
      for (const mover of entered) known[client].add(mover);
      expect([...known[client]].sort((a, b) => a - b)).toEqual([...visible]);
      if (tick > 0) changes += entered.length + left.length;
    }
    world.step();
  }
  expect(changes).toBeGreaterThan(0);
});
