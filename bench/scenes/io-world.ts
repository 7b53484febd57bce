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
/**
 * Ticks that one peer handles before the next has its turn with the same ticks: a busy moment of the machine still hits all alike, and
 * each peer has the processor's caches to itself meanwhile, as on a server, which runs one of them and its game.
 */
const TURN_TICKS = 20;
/** One client in so many decodes what it is sent by a peer; the others run the same code. */
const CLIENTS_PER_DECODER = 10;

/** 1000 wanderers, 100 clients that see the 50 nearest, 20 Hz: bytes and time to tell everybody. */
export async function runIoWorld(options: SceneOptions): Promise<SceneResult> {
  const { seed, path } = options;
  const make: ((world: IoWorld, clients: readonly Sight[]) => ScenePeer<IoWorld>)[] = [
    (world, clients) => new TidelockPeer(world, clients, path, seed),
    colyseusPlain,
    colyseusQuantised,
    ...(options.peers === "all" ? await otherPeers() : []),
  ];
  const turns = make.map((makePeer) => new Turn(seed, makePeer));
  const peers = turns.map(({ peer }) => peer);
  const [ours, plain, quantised] = peers;

  for (let tick = -WARM_UP_TICKS; tick < options.ticks; tick += TURN_TICKS) {
    const end = Math.min(tick + TURN_TICKS, options.ticks);
    // Who goes first changes with every turn.
    for (let i = 0; i < turns.length; i++) {
      const turn = turns[(i + Math.floor((tick + WARM_UP_TICKS) / TURN_TICKS)) % turns.length];
      for (let t = tick; t < end; t++) turn.tick(t >= 0);
    }
    options.progress(`tick ${tick} of ${options.ticks}`);
  }

  options.progress("decoding and comparing");
  const again = new IoWorld(seed);
  const sight = new NearestSight();
  for (let tick = -WARM_UP_TICKS; tick < options.ticks; tick++) {
    again.step();
    sight.update(again);
    for (const peer of peers) peer.verify(again, sight.clients);
  }

  return report(options, peers, ours.figures(), plain.figures(), quantised.figures());
}

/** A peer with a world of its own: all worlds are the same, tick by tick. */
class Turn {
  readonly peer: MeasuredPeer<IoWorld>;
  readonly #world: IoWorld;
  readonly #sight = new NearestSight();

  constructor(seed: number, make: (world: IoWorld, clients: readonly Sight[]) => ScenePeer<IoWorld>) {
    this.#world = new IoWorld(seed);
    this.#sight.update(this.#world);
    this.peer = new MeasuredPeer(make(this.#world, this.#sight.clients));
  }

  tick(counted: boolean): void {
    this.#world.step();
    this.#sight.update(this.#world);
    this.peer.tick(this.#world, this.#sight.clients, counted);
  }
}

/** The peers that no target compares with. */
async function otherPeers() {
  const every = CLIENTS_PER_DECODER;
  const nengi = await loadNengi();
  return [
    (world: IoWorld, clients: readonly Sight[]) =>
      new NengiPeer(nengi, ioWorldPicture, world, clients, TICK_RATE, every),
    (world: IoWorld) => new GeckosPeer("geckosMsgpackr", msgpackrCodec, ioWorldPicture, world, every),
    (world: IoWorld) => new GeckosPeer("geckosTypedSchema", typedSchemaCodec, ioWorldPicture, world, every),
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
