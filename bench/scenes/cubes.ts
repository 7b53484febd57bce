import { atMost } from "../report/target.ts";
import { createCubes } from "../worlds/cubes-game.ts";
import { loadPhysics } from "../worlds/cubes.ts";
import { replicate } from "./replicate.ts";
import { replicationResult } from "./replication-report.ts";
import type { SceneOptions, SceneResult } from "./scene.ts";

/** One client sees 901 cubes of which one pushes the others: bytes per frame. */
export async function runCubes(options: SceneOptions): Promise<SceneResult> {
  await loadPhysics();
  const figures = replicate({ create: createCubes, clients: 1 }, options);
  return replicationResult("cubes", options, figures, [
    atMost("bytes per frame", figures.bytesPerFrame, 400),
  ]);
}
