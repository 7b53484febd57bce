import { describe, expect, it } from "vitest";
import { playIoWorld } from "../io-world-run.ts";
import { ioWorldPicture } from "../../worlds/io-world-picture.ts";
import { TICK_RATE } from "../../worlds/io-world.ts";
import { loadNengi } from "./load.ts";
import { NengiPeer } from "./nengi.ts";

async function begin(seed: number) {
  const nengi = await loadNengi();
  return playIoWorld(
    seed,
    (world, clients) => new NengiPeer(nengi, ioWorldPicture, world, clients, TICK_RATE, 10),
  );
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
