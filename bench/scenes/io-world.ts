import { colyseusPlain, colyseusQuantised } from "../peers/colyseus.ts";
import { MeasuredPeer, type PeerFigures } from "../peers/measured-peer.ts";
import { TidelockPeer } from "../peers/tidelock.ts";
import { atMost } from "../report/target.ts";
import { CLIENT_COUNT, IoWorld } from "../worlds/io-world.ts";
import { NearestSight } from "../worlds/nearest.ts";
import type { SceneOptions, SceneResult } from "./scene.ts";

/** Ticks before measuring: the compiler has settled and everybody's joining is over. */
const WARM_UP_TICKS = 100;
const PROGRESS_TICKS = 100;

/** 1000 wanderers, 100 clients that see the 50 nearest, 20 Hz: bytes and time to tell everybody. */
export function runIoWorld(options: SceneOptions): SceneResult {
  const world = new IoWorld(options.seed);
  const sight = new NearestSight();
  sight.update(world);
  const ours = new MeasuredPeer(new TidelockPeer(world, sight.clients, options.path, options.seed));
  const quantised = new MeasuredPeer(colyseusQuantised(world, sight.clients));
  const plain = new MeasuredPeer(colyseusPlain(world, sight.clients));
  const peers = [ours, plain, quantised];

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

  return report(options, peers, ours.figures(), quantised.figures());
}

function report(
  { ticks, seed, path }: SceneOptions,
  peers: readonly MeasuredPeer[],
  ours: PeerFigures,
  colyseus: PeerFigures,
): SceneResult {
  const rows = peers.map((measured) => ({ peer: measured.peer.name, ...measured.figures() }));
  const bytesRatio = ours.bytesPerClientTick / colyseus.bytesPerClientTick;
  const timeRatio = ours.encodeMsPerTick / colyseus.encodeMsPerTick;
  return {
    json: {
      scene: "io-world",
      ...ours,
      ticks,
      clients: CLIENT_COUNT,
      seed,
      ...path,
      peers: Object.fromEntries(rows.slice(1).map(({ peer, ...figures }) => [peer, figures])),
    },
    rows,
    targets: [
      atMost("bytes per client and tick", ours.bytesPerClientTick, 64),
      atMost("bytes, of Colyseus quantised", bytesRatio, 0.5),
      atMost("encode time, of Colyseus quantised", timeRatio, 0.2),
      atMost("encode time, of Colyseus quantised (aim)", timeRatio, 0.1),
    ],
  };
}
