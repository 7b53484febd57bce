import { describe, expect, it } from "vitest";
import { ioWorldPicture } from "../../worlds/io-world-picture.ts";
import { IoWorld, TICK_RATE } from "../../worlds/io-world.ts";
import { NearestSight } from "../../worlds/nearest.ts";
import { loadNengi } from "./load.ts";
import { NengiPeer } from "./nengi.ts";

async function begin(seed: number) {
  const world = new IoWorld(seed);
  const sight = new NearestSight();
  sight.update(world);
  const nengi = await loadNengi();
  const peer = new NengiPeer(nengi, ioWorldPicture, world, sight.clients, TICK_RATE, 10);
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

describe("the nengi peer", () => {
  it("leaves every decoding client with exactly the picture it should show", async () => {
    const { world, sight, peer, tick } = await begin(11);
    for (let i = 0; i < 30; i++) {
      expect(tick()).toBeGreaterThan(0);
      expect(peer.verify(world, sight.clients)).toBe(0);
    }
  });

  it("notices a client that shows something else", async () => {
    const { world, sight, peer, tick } = await begin(12);
    tick();
    world.hp[0] ^= 1;
    expect(peer.verify(world, sight.clients)).toBeGreaterThan(0);
  });
});
