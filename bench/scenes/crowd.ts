import { atMost } from "../report/target.ts";
import { createAsteroids } from "../worlds/asteroids-game.ts";
import { fieldPeers } from "./field-peers.ts";
import { replicate } from "./replicate.ts";
import { replicationResult } from "./replication-report.ts";
import type { SceneOptions, SceneResult } from "./scene.ts";

/** 250 clients see 250 objects of which each moves and turns in every tick: time to tell everybody. */
export async function runCrowd(options: SceneOptions): Promise<SceneResult> {
  const peers = await fieldPeers(options);
  const figures = replicate({ create: createAsteroids, clients: 250, decodeEvery: 10, peers }, options);
  return replicationResult("crowd", options, figures, [
    atMost("encode for all, ms per tick", figures.encodeMsPerTick, 3),
  ]);
}
