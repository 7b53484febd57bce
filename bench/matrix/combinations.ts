import type { PathConditions } from "../peers/path.ts";
import type { Scene } from "../scenes/scene.ts";

/** Packets lost each way, 0 to 1. */
const LOSSES = [0, 0.01, 0.05];
const RTTS_MS = [0, 100];

/** The paths that a scene is published for; undefined stands for a scene in which nothing travels. */
export function combinationsOf({
  hasPath,
  defaultPath,
  publishedPaths,
}: Scene): readonly (PathConditions | undefined)[] {
  if (!hasPath) return [undefined];
  if (publishedPaths !== undefined) return publishedPaths;
  if (defaultPath !== undefined) return [defaultPath];
  return RTTS_MS.flatMap((rttMs) => LOSSES.map((loss) => ({ rttMs, loss })));
}
