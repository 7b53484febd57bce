import { expect, it } from "vitest";
import { IDEAL_PATH } from "../peers/path.ts";
import { createArena } from "../worlds/arena.ts";
import { createAsteroids } from "../worlds/asteroids-game.ts";
import { createIdle } from "../worlds/idle.ts";
import type { ReplicatedWorld } from "../worlds/replicated-world.ts";
import { fieldPeers } from "./field-peers.ts";
import { replicate } from "./replicate.ts";
import { replicationResult } from "./replication-report.ts";
import type { SceneOptions } from "./scene.ts";

const options: SceneOptions = {
  ticks: 20,
  seed: 5,
  path: IDEAL_PATH,
  peers: "all",
  progress: () => undefined,
};

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

it("measures peers on the same ticks, with nobody shown anything wrong by them either", async () => {
  const peers = await fieldPeers(options);
  const create = (seed: number): ReplicatedWorld => createAsteroids(seed, 10);
  const figures = replicate({ create, clients: 3, peers }, { ...options, ticks: 5 });
  expect(Object.keys(figures.peers)).toEqual(["colyseusQuantised", "nengi", "geckosMsgpackr"]);
  for (const peer of Object.values(figures.peers)) {
    expect(peer.mismatches).toBe(0);
    expect(peer.bytesPerObjectUpdate).toBeGreaterThan(4);
  }
  expect(await fieldPeers({ ...options, peers: "compared" })).toBeUndefined();
});
