import type { World } from "@tidelock/shared";
import type { FieldFigures } from "../peers/field-bits.ts";
import { MeasuredPeer, type PeerFigures } from "../peers/measured-peer.ts";
import type { ScenePeer } from "../peers/peer.ts";
import { SceneClient } from "../peers/scene-client.ts";
import { TidelockScene } from "../peers/tidelock-scene.ts";
import { percentile, rounded } from "../report/percentile.ts";
import type { Sight } from "../worlds/nearest.ts";
import type { ReplicatedWorld } from "../worlds/replicated-world.ts";
import { seesEverything } from "../worlds/world-picture.ts";
import type { SceneOptions } from "./scene.ts";

/** Ticks before measuring: everybody has joined, and the compiler has settled. */
const WARM_UP_TICKS = 150;
const PROGRESS_TICKS = 100;

/** Makes the peers of a scene, every client connected and looking. */
export type PeersOf = (replicated: ReplicatedWorld, sights: readonly Sight[]) => ScenePeer<World>[];

/** What to show to whom. */
export interface Replication {
  create(seed: number): ReplicatedWorld;
  clients: number;
  /** One client in so many decodes what it gets; default 1. The others run the same code. */
  decodeEvery?: number;
  /** Measured beside ours on the same ticks. */
  peers?: PeersOf;
}

/** What telling everybody took, over the measured ticks. */
export interface ReplicationFigures {
  /** Of everything handed to the transport, per entity in view, client and tick. */
  bytesPerObjectUpdate: number;
  bytesPerClientTick: number;
  /** What one client gets of one tick: the same, as others count it. */
  bytesPerFrame: number;
  packetsPerClientTick: number;
  /** Median over ticks of the time for all clients together. */
  encodeMsPerTick: number;
  encodeMsP95: number;
  mismatches: number;
  /** Per client and tick: entities whose news waited for a later tick. */
  latePerClientTick: number;
  /** Entities that were sent whole again because their baseline had aged out. */
  baselinesLost: number;
  objects: number;
  clients: number;
  /** What an ideal order-0 code of each field's residuals would take, with nothing around it. */
  idealBytesPerObjectUpdate: number;
  fields: Record<string, FieldFigures>;
  peers: Record<string, PeerFigures>;
}

/** Steps a world, tells every client all of it, then plays the same ticks again to decode and compare. */
export function replicate(
  { create, clients, decodeEvery = 1, peers: peersOf }: Replication,
  options: SceneOptions,
): ReplicationFigures {
  const { ticks, seed, path, progress } = options;
  progress("making the world");
  const replicated = create(seed);
  const scene = new TidelockScene(replicated, clients, decodeEvery, path, seed);
  const sights: Sight[] = peersOf ? new Array<Sight>(clients).fill(seesEverything(replicated.world)) : [];
  const peers = (peersOf?.(replicated, sights) ?? []).map((peer) => new MeasuredPeer(peer));
  const encodeMs: number[] = [];
  let bytes = 0;
  let packets = 0;
  let updates = 0;
  let lostBefore = 0;
  for (let tick = -WARM_UP_TICKS; tick < ticks; tick++) {
    scene.step();
    const start = performance.now();
    const sent = scene.encode();
    const took = performance.now() - start;
    scene.deliver();
    for (const peer of peers) peer.tick(replicated.world, sights, tick >= 0);
    if (tick % PROGRESS_TICKS === 0) progress(`tick ${tick} of ${ticks}`);
    if (tick < 0) {
      lostBefore = scene.baselinesLost;
      continue;
    }
    encodeMs.push(took);
    bytes += sent;
    packets += scene.packetCount;
    updates += scene.visibleCount * clients;
  }

  progress("decoding and comparing");
  const again = create(seed);
  const decoding = scene.clients
    .map(({ arrivals }) => arrivals)
    .filter((arrivals) => arrivals !== undefined)
    .map((arrivals) => ({ arrivals, client: new SceneClient(again, path) }));
  for (let tick = 0; tick < WARM_UP_TICKS + ticks; tick++) {
    again.step();
    for (const { arrivals, client } of decoding)
      client.receive(arrivals[tick], again.world, tick >= WARM_UP_TICKS);
    for (const peer of peers) peer.verify(again.world, sights);
    if (tick % PROGRESS_TICKS === 0) progress(`decoded tick ${tick} of ${WARM_UP_TICKS + ticks}`);
  }
  if (again.world.hash() !== replicated.world.hash()) throw new Error("the same seed made another world");

  const sum = (of: (client: SceneClient) => number): number =>
    decoding.reduce((total, { client }) => total + of(client), 0);
  const perClientTick = rounded(bytes / clients / ticks, 2);
  const { fieldBits } = decoding[0].client;
  return {
    bytesPerObjectUpdate: rounded(bytes / updates, 4),
    bytesPerClientTick: perClientTick,
    bytesPerFrame: perClientTick,
    packetsPerClientTick: rounded(packets / clients / ticks, 2),
    encodeMsPerTick: rounded(percentile(encodeMs, 0.5), 4),
    encodeMsP95: rounded(percentile(encodeMs, 0.95), 4),
    mismatches: sum(({ mismatches }) => mismatches),
    latePerClientTick: rounded(sum(({ late }) => late) / decoding.length / ticks, 2),
    baselinesLost: scene.baselinesLost - lostBefore,
    objects: rounded(updates / clients / ticks, 1),
    clients,
    idealBytesPerObjectUpdate: fieldBits.idealBytesPerObjectUpdate,
    fields: fieldBits.figures(),
    peers: Object.fromEntries(peers.map((one) => [one.peer.name, one.figures()])),
  };
}
