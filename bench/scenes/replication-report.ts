import { peerRow } from "../report/peer-row.ts";
import type { Row } from "../report/table.ts";
import type { ReplicationFigures } from "./replicate.ts";
import type { SceneOptions, SceneResult } from "./scene.ts";

/** The figures as a scene's result: fields in the JSON and on the way, the ideal code as a peer in the JSON. */
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
        "bytes of an ideal order-0 code": idealBytesPerObjectUpdate,
      },
    ],
    anyPath: Object.entries(peers).map(([name, peer]) => peerRow(name, peer)),
    setting: `${ours.objects} objects, shown to ${ours.clients === 1 ? "one client" : `${ours.clients} clients`}, ${ticks} ticks, seed ${seed}`,
    targets,
  };
}
