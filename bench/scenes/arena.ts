import { atMost } from "../report/target.ts";
import { createArena, PLAYER_COUNT } from "../worlds/arena.ts";
import { replicate } from "./replicate.ts";
import { replicationResult } from "./replication-report.ts";
import type { SceneOptions, SceneResult } from "./scene.ts";

/** 100 players see each other and 200 projectiles: time to tell everybody. */
export function runArena(options: SceneOptions): SceneResult {
  const figures = replicate({ create: createArena, clients: PLAYER_COUNT, decodeEvery: 5 }, options);
  return replicationResult("arena", options, figures, [
    atMost("replicate to all, ms per tick", figures.encodeMsPerTick, 2),
  ]);
}
