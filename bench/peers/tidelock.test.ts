import { describe, expect, it } from "vitest";
import { playIoWorld } from "./io-world-run.ts";
import { IDEAL_PATH, type PathConditions } from "./path.ts";
import { TidelockPeer } from "./tidelock.ts";

function begin(seed: number, path: PathConditions) {
  return playIoWorld(seed, (world, clients) => new TidelockPeer(world, clients, path, seed));
}

describe("the Tidelock peer", () => {
  it.each([IDEAL_PATH, { rttMs: 100, loss: 0.05 }, { rttMs: 1000, loss: 0.3 }])(
    "leaves every client that received a tick's packets with the picture of that tick: %o",
    (path) => {
      const { world, sight, peer, tick } = begin(21, path);
      for (let i = 0; i < 40; i++) {
        expect(tick()).toBeGreaterThan(0);
        expect(peer.verify(world, sight.clients)).toBe(0);
      }
    },
  );

  it("sends more when acknowledgements are late and packets are lost", () => {
    const bytes = [IDEAL_PATH, { rttMs: 100, loss: 0 }, { rttMs: 100, loss: 0.05 }].map((path) => {
      const { tick } = begin(22, path);
      let total = 0;
      for (let i = 0; i < 30; i++) {
        total += tick();
      }
      return total;
    });
    expect(bytes[1]).toBeGreaterThan(bytes[0]);
    expect(bytes[2]).toBeGreaterThan(bytes[1]);
  });

  it("notices a client that shows something else", () => {
    const { world, sight, peer, tick } = begin(23, IDEAL_PATH);
    tick();
    world.x[0] += 1;
    expect(peer.verify(world, sight.clients)).toBeGreaterThan(0);
  });
});
