import { expect, it } from "vitest";
import { createArena } from "../worlds/arena.ts";
import { createIdle } from "../worlds/idle.ts";
import { replicate } from "./replicate.ts";
import { replicationResult } from "./replication-report.ts";

const options = { ticks: 20, seed: 5, path: { rttMs: 0, loss: 0 }, progress: () => undefined };

it("measures bytes and time, with nobody shown anything wrong and the same bytes for the same seed", () => {
  const [one, same] = [1, 2].map(() =>
    replicate({ create: createArena, clients: 10, decodeEvery: 2 }, options),
  );
  expect(one).toMatchObject({ mismatches: 0, clients: 10 });
  expect(same.bytesPerClientTick).toBe(one.bytesPerClientTick);
  const { json } = replicationResult("arena", options, one, []);
  for (const key of [
    "bytesPerObjectUpdate",
    "bytesPerClientTick",
    "bytesPerFrame",
    "encodeMsPerTick",
    "mismatches",
    "peers",
  ])
    expect(json).toHaveProperty(key);
});

it("finds next to nothing to send of a world at rest", () => {
  const figures = replicate({ create: (seed) => createIdle(seed, 300), clients: 2 }, options);
  expect(figures.mismatches).toBe(0);
  expect(figures.bytesPerClientTick).toBeLessThan(16);
});
