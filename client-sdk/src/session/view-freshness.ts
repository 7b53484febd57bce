import type { ViewFreshness } from "../netgraph/net-stats.ts";
import type { SnapshotDecoder } from "../snapshot/snapshot-decoder.ts";

/** How much of the view the newest snapshot told of, and how old the oldest of it is. */
export function viewFreshness(decoder: SnapshotDecoder, tickRate: number): ViewFreshness {
  const { newestTick } = decoder;
  let [entities, behind, stalest] = [0, 0, newestTick];
  for (const { newest } of decoder.replicas()) {
    entities++;
    if (newest < newestTick) behind++;
    if (newest < stalest) stalest = newest;
  }
  return { entities, behind, stalestMs: ((newestTick - stalest) * 1000) / tickRate };
}
