import { peerRow } from "../report/peer-row.ts";
import type { Row } from "../report/table.ts";
import type { ReplicationFigures } from "./replicate.ts";
import type { SceneOptions, SceneResult } from "./scene.ts";

/** The figures as a scene's result: fields in the JSON and on the way, the ideal code as a peer. */
export function replicationResult(
  scene: string,
  { ticks, seed, path, progress }: SceneOptions,
  figures: ReplicationFigures,
  targets: Row[],
): SceneResult {
  const { fields, idealBytesPerObjectUpdate, peers, ...ours } = figures;
  for (const [field, { bits, idealBits, surprisedPercent }] of Object.entries(fields))
    progress(`${field}: ${bits} bits per object-update, ideal ${idealBits}, surprised ${surprisedPercent}%`);
  const ideal = { bytesPerObjectUpdate: idealBytesPerObjectUpdate };
  return {
    json: {
      scene,
      ...ours,
      ticks,
      seed,
      ...path,
      fields,
      peers: { idealOrder0: ideal, ...peers },
    },
    rows: [
      {
        ...peerRow("tidelock", ours),
        packets: ours.packetsPerClientTick,
        late: ours.latePerClientTick,
        "baselines lost": ours.baselinesLost,
      },
      {
        peer: "ideal order-0 code of our residuals",
        "bytes per object-update": ideal.bytesPerObjectUpdate,
      },
    ],
    anyPath: Object.entries(peers).map(([name, peer]) => peerRow(name, peer)),
    setting: `${ours.objects} objects, ${ours.clients} clients that see them all, ${ticks} ticks, seed ${seed}`,
    targets,
  };
}
