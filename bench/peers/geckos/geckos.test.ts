import { describe, expect, it } from "vitest";
import { playIoWorld } from "../io-world-run.ts";
import { ioWorldPicture } from "../../worlds/io-world-picture.ts";
import { GeckosPeer } from "./geckos.ts";
import { msgpackrCodec, typedSchemaCodec } from "./snapshot-codec.ts";

describe.each([
  ["msgpackr", msgpackrCodec],
  ["its typed schema", typedSchemaCodec],
])("the snapshot-interpolation peer with %s", (name, codec) => {
  function begin(seed: number) {
    return playIoWorld(seed, (world) => new GeckosPeer(name, codec, ioWorldPicture, world, 10));
  }

  it("leaves every decoding client with exactly the picture it should show", () => {
    const { world, sight, peer, tick } = begin(11);
    for (let i = 0; i < 10; i++) {
      expect(tick()).toBeGreaterThan(0);
      expect(peer.verify(world, sight.clients)).toBe(0);
    }
  });

  it("notices a client that shows something else", () => {
    const { world, sight, peer, tick } = begin(12);
    tick();
    world.hp[0] ^= 1;
    expect(peer.verify(world, sight.clients)).toBeGreaterThan(0);
  });

  it("encodes once for clients that see the same", () => {
    const { sight, peer, tick } = begin(13);
    tick();
    const [same] = sight.clients;
    expect(peer.encode([same, same])).toBe(2 * peer.encode([same]));
  });
});
