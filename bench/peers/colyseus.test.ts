import { describe, expect, it } from "vitest";
import { IoWorld } from "../worlds/io-world.ts";
import { NearestSight } from "../worlds/nearest.ts";
import { colyseusPlain, colyseusQuantised } from "./colyseus.ts";

const TICKS = 30;

describe.each([colyseusPlain, colyseusQuantised])("the Colyseus peer %#", (create) => {
  it("leaves every decoding client with exactly the picture it should show", () => {
    const world = new IoWorld(11);
    const sight = new NearestSight();
    sight.update(world);
    const peer = create(world, sight.clients);
    for (let tick = 0; tick < TICKS; tick++) {
      world.step();
      sight.update(world);
      peer.write(world);
      expect(peer.encode(sight.clients)).toBeGreaterThan(0);
      peer.deliver();
      expect(peer.verify(world, sight.clients)).toBe(0);
    }
  });

  it("notices a client that shows something else", () => {
    const world = new IoWorld(12);
    const sight = new NearestSight();
    sight.update(world);
    const peer = create(world, sight.clients);
    world.step();
    sight.update(world);
    peer.write(world);
    peer.encode(sight.clients);
    peer.deliver();
    world.hp[0] ^= 1;
    expect(peer.verify(world, sight.clients)).toBeGreaterThan(0);
  });
});
