import { IDEAL_PATH } from "../peers/path.ts";
import type { PublishedRun } from "../report/results.ts";
import type { Scene } from "../scenes/scene.ts";
import { combinationsOf } from "./combinations.ts";
import { runApart } from "./run-apart.ts";

/** What the command line says about all runs alike. */
export interface MatrixOptions {
  /** Ticks to measure; left out: each scene's own. */
  ticks?: number;
  seed: number;
  progress(message: string): void;
}

/**
 * Runs a scene on every path that it is published for, one after the other. Peers to which the path makes no difference are
 * measured in the first run alone, and in later ones only where a target compares with them.
 */
export async function runMatrix(scene: Scene, options: MatrixOptions): Promise<PublishedRun[]> {
  const runs: PublishedRun[] = [];
  const paths = combinationsOf(scene);
  for (const [index, path] of paths.entries()) {
    options.progress(`run ${index + 1} of ${paths.length}`);
    const result = await runApart({
      scene: scene.name,
      ticks: options.ticks ?? scene.defaultTicks,
      seed: options.seed,
      path: path ?? IDEAL_PATH,
      peers: index === 0 ? "all" : "compared",
    });
    runs.push({ path, result });
  }
  return runs;
}
