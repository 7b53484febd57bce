import { colyseusPlain, colyseusQuantised } from "../peers/colyseus.ts";
import { GeckosPeer } from "../peers/geckos/geckos.ts";
import { msgpackrCodec, typedSchemaCodec } from "../peers/geckos/snapshot-codec.ts";
import { MeasuredPeer, type PeerFigures } from "../peers/measured-peer.ts";
import { loadNengi } from "../peers/nengi/load.ts";
import { NengiPeer } from "../peers/nengi/nengi.ts";
import type { ScenePeer } from "../peers/peer.ts";
import { TidelockPeer } from "../peers/tidelock.ts";
import { peerRow } from "../report/peer-row.ts";
import { atMost } from "../report/target.ts";
import { ioWorldPicture } from "../worlds/io-world-picture.ts";
import { CLIENT_COUNT, IoWorld, MOVER_COUNT, TICK_RATE, VISIBLE_COUNT } from "../worlds/io-world.ts";
import { NearestSight, type Sight } from "../worlds/nearest.ts";
import type { SceneOptions, SceneResult } from "./scene.ts";

/** Ticks before measuring: the compiler has settled and everybody's joining is over. */
const WARM_UP_TICKS = 100;
const PROGRESS_TICKS = 100;
/** One client in so many decodes what it is sent by a peer; the others run the same code. */
const CLIENTS_PER_DECODER = 10;

/** 1000 wanderers, 100 clients that see the 50 nearest, 20 Hz: bytes and time to tell everybody. */
export async function runIoWorld(options: SceneOptions): Promise<SceneResult> {
  const world = new IoWorld(options.seed);
  const sight = new NearestSight();
  sight.update(world);
  const ours = new MeasuredPeer(new TidelockPeer(world, sight.clients, options.path, options.seed));
  const quantised = new MeasuredPeer(colyseusQuantised(world, sight.clients));
  const plain = new MeasuredPeer(colyseusPlain(world, sight.clients));
  const others = options.peers === "all" ? await otherPeers(world, sight.clients) : [];
  const peers = [ours, plain, quantised, ...others.map((peer) => new MeasuredPeer(peer))];

  for (let tick = -WARM_UP_TICKS; tick < options.ticks; tick++) {
    world.step();
    sight.update(world);
    // All peers take a tick one after the other, so that a busy moment of the machine hits all alike;
    // who goes first changes with every tick.
    for (let turn = 0; turn < peers.length; turn++) {
      peers[(turn + world.tick) % peers.length].tick(world, sight.clients, tick >= 0);
    }
    if (tick % PROGRESS_TICKS === 0) options.progress(`tick ${tick} of ${options.ticks}`);
  }

  options.progress("decoding and comparing");
  const again = new IoWorld(options.seed);
  while (again.tick < world.tick) {
    again.step();
    sight.update(again);
    for (const peer of peers) peer.verify(again, sight.clients);
  }

  return report(options, peers, ours.figures(), plain.figures(), quantised.figures());
}

/** The peers that no target compares with. */
async function otherPeers(world: IoWorld, sights: readonly Sight[]): Promise<ScenePeer<IoWorld>[]> {
  const every = CLIENTS_PER_DECODER;
  return [
    new NengiPeer(await loadNengi(), ioWorldPicture, world, sights, TICK_RATE, every),
    new GeckosPeer("geckosMsgpackr", msgpackrCodec, ioWorldPicture, world, every),
    new GeckosPeer("geckosTypedSchema", typedSchemaCodec, ioWorldPicture, world, every),
  ];
}

function report(
  { ticks, seed, path }: SceneOptions,
  peers: readonly MeasuredPeer<IoWorld>[],
  ours: PeerFigures,
  plain: PeerFigures,
  quantised: PeerFigures,
): SceneResult {
  const others = peers.slice(1).map((one) => ({ name: one.peer.name, figures: one.figures() }));
  const ofPlain = ours.encodeMsPerTick / plain.encodeMsPerTick;
  const ofQuantised = ours.encodeMsPerTick / quantised.encodeMsPerTick;
  return {
    json: {
      scene: "io-world",
      ...ours,
      ticks,
      clients: CLIENT_COUNT,
      seed,
      ...path,
      peers: Object.fromEntries(others.map(({ name, figures }) => [name, figures])),
    },
    rows: [peerRow("tidelock", ours)],
    anyPath: others.map(({ name, figures }) => peerRow(name, figures)),
    setting: `${MOVER_COUNT} movers, ${CLIENT_COUNT} clients that see ${VISIBLE_COUNT} each, ${ticks} ticks, seed ${seed}`,
    targets: [
      atMost("bytes per client and tick", ours.bytesPerClientTick, 64),
      atMost("encode time, of Colyseus plain in the same run", ofPlain, 0.1),
      atMost("encode time, of Colyseus quantised in the same run", ofQuantised, 0.1),
    ],
  };
}
