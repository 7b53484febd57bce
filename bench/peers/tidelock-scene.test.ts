import { describe, expect, it } from "vitest";
import { createArena } from "../worlds/arena.ts";
import { createAsteroids } from "../worlds/asteroids-game.ts";
import type { ReplicatedWorld } from "../worlds/replicated-world.ts";
import { IDEAL_PATH, type PathConditions } from "./path.ts";
import { SceneClient } from "./scene-client.ts";
import { TidelockScene } from "./tidelock-scene.ts";

const CLIENTS = 3;
const TICKS = 60;
const asteroids = (seed: number): ReplicatedWorld => createAsteroids(seed, 10);

/** Runs a scene and decodes it along the way. */
function play(
  create: (seed: number) => ReplicatedWorld,
  path: PathConditions,
  each?: (replicated: ReplicatedWorld) => void,
) {
  const replicated = create(9);
  const scene = new TidelockScene(replicated, CLIENTS, 1, path, 9);
  const clients = scene.clients.map(() => new SceneClient(replicated, path));
  let bytes = 0;
  for (let tick = 0; tick < TICKS; tick++) {
    scene.step();
    bytes += scene.encode();
    scene.deliver();
    each?.(replicated);
    for (const [index, client] of clients.entries())
      client.receive(scene.clients[index].arrivals![tick], replicated.world, true);
  }
  return { bytes, clients, wrong: clients.reduce((sum, { mismatches }) => sum + mismatches, 0) };
}

describe.each([
  ["asteroids", asteroids],
  ["arena", createArena],
])("%s, told to clients", (_, create) => {
  it.each([IDEAL_PATH, { rttMs: 100, loss: 0.05 }, { rttMs: 500, loss: 0.3 }])(
    "leaves each with the picture of every tick it got whole: %o",
    (path) => {
      const { bytes, wrong } = play(create, path);
      expect(bytes).toBeGreaterThan(0);
      expect(wrong).toBe(0);
    },
  );

  it("notices a client that shows something else", () => {
    const { wrong } = play(create, IDEAL_PATH, ({ world }) => {
      world.tables[0].quantised[0][0] += 1000;
    });
    expect(wrong).toBeGreaterThan(0);
  });
});

describe("where the bits go", () => {
  it("accounts for every bit a client was sent, and no field beats its ideal code", () => {
    const { clients } = play(asteroids, IDEAL_PATH);
    const figures = clients[0].fieldBits.figures();
    expect(Object.keys(figures)).toContain("asteroid.rotation.a");
    for (const { bits, idealBits } of Object.values(figures))
      expect(bits).toBeGreaterThanOrEqual(0.9 * idealBits);
    expect(clients[0].fieldBits.idealBytesPerObjectUpdate).toBeGreaterThan(0);
  });
});
