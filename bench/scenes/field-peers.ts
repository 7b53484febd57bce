import { ColyseusShared } from "../peers/colyseus-shared.ts";
import { GeckosPeer } from "../peers/geckos/geckos.ts";
import { msgpackrCodec } from "../peers/geckos/snapshot-codec.ts";
import { loadNengi } from "../peers/nengi/load.ts";
import { NengiPeer } from "../peers/nengi/nengi.ts";
import { worldPicture } from "../worlds/world-picture.ts";
import type { PeersOf } from "./replicate.ts";
import type { SceneOptions } from "./scene.ts";

/** One client in so many decodes what it is sent by a peer. */
const CLIENTS_PER_DECODER = 25;

/** The peers of a scene in which everybody sees one kind of entity and all of them, or none where no peers are asked for. */
export async function fieldPeers({ peers }: SceneOptions): Promise<PeersOf | undefined> {
  if (peers !== "all") return undefined;
  const nengi = await loadNengi();
  return ({ world, tickRate }, sights) => [
    new ColyseusShared(worldPicture, world),
    new NengiPeer(nengi, worldPicture, world, sights, tickRate, CLIENTS_PER_DECODER),
    new GeckosPeer("geckosMsgpackr", msgpackrCodec, worldPicture, world, CLIENTS_PER_DECODER),
  ];
}
