import { colyseusPlain, colyseusQuantised } from "../peers/colyseus.ts";
import { MeasuredPeer } from "../peers/measured-peer.ts";
import { CLIENT_COUNT, IoWorld } from "../worlds/io-world.ts";
import { NearestSight } from "../worlds/nearest.ts";
import type { Scene, SceneOptions, SceneResult } from "./scene.ts";

/** Ticks before measuring: the compiler has settled and everybody's joining is over. */
const WARM_UP_TICKS = 100;
const PROGRESS_TICKS = 100;

/** 1000 wanderers, 100 clients that see the 50 nearest, 20 Hz: bytes and time to tell everybody. */
export const ioWorld: Scene = {
  name: "io-world",
  summary: "1000 movers, 100 clients that see the 50 nearest, 20 Hz: bytes and encode time beside Colyseus",
  defaultTicks: 600,
  run,
};

function run(options: SceneOptions): SceneResult {
  const world = new IoWorld(options.seed);
  const sight = new NearestSight();
  sight.update(world);
  const peers = [colyseusPlain(), colyseusQuantised()].map((peer) => new MeasuredPeer(peer));
  for (const { peer } of peers) peer.begin(world, sight.clients);

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

  return report(peers, options);
}

function report(peers: readonly MeasuredPeer[], { ticks, seed }: SceneOptions): SceneResult {
  const figures = peers.map((measured) => ({ peer: measured.peer.name, ...measured.figures() }));
  return {
    json: {
      scene: ioWorld.name,
      ticks,
      clients: CLIENT_COUNT,
      seed,
      peers: Object.fromEntries(figures.map(({ peer, ...rest }) => [peer, rest])),
    },
    rows: figures,
    targets: [],
  };
}
