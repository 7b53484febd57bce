import { IDEAL_PATH } from "../peers/path.ts";
import { atMost } from "../report/target.ts";
import { createAsteroids } from "../worlds/asteroids-game.ts";
import { fieldPeers } from "./field-peers.ts";
import { replicate } from "./replicate.ts";
import { replicationResult } from "./replication-report.ts";
import type { SceneOptions, SceneResult } from "./scene.ts";

/** One client sees 250 tumbling spheres: bytes per object-update. */
export async function runAsteroids(options: SceneOptions): Promise<SceneResult> {
  const peers = await fieldPeers(options);
  const figures = replicate({ create: createAsteroids, clients: 1, peers }, options);
  const { rttMs, loss } = options.path;
  const ideal = rttMs === IDEAL_PATH.rttMs && loss === IDEAL_PATH.loss;
  return replicationResult("asteroids", options, figures, [
    atMost("bytes per object-update", figures.bytesPerObjectUpdate, ideal ? 0.6 : 1),
    ...(ideal ? [atMost("bytes per object-update (stretch)", figures.bytesPerObjectUpdate, 0.35)] : []),
  ]);
}
