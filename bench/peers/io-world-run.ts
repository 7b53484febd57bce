import { IoWorld } from "../worlds/io-world.ts";
import { NearestSight, type Sight } from "../worlds/nearest.ts";
import type { ScenePeer } from "./peer.ts";

/** The io-world from its start with one peer alone, for the tests of peers; `tick` advances both and returns the bytes sent. */
export function playIoWorld<P extends ScenePeer<IoWorld>>(
  seed: number,
  create: (world: IoWorld, clients: readonly Sight[]) => P,
): { world: IoWorld; sight: NearestSight; peer: P; tick: () => number } {
  const world = new IoWorld(seed);
  const sight = new NearestSight();
  sight.update(world);
  const peer = create(world, sight.clients);
  const tick = (): number => {
    world.step();
    sight.update(world);
    peer.write(world);
    const bytes = peer.encode(sight.clients);
    peer.deliver();
    return bytes;
  };
  return { world, sight, peer, tick };
}
