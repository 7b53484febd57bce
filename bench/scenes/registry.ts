import type { Scene } from "./scene.ts";

/** Every scene the command line knows. */
export const scenes: readonly Scene[] = [
  {
    name: "io-world",
    summary:
      "1000 movers, 100 clients that see the 50 nearest, 20 Hz: bytes and encode time beside Colyseus and others",
    defaultTicks: 600,
    hasPath: true,
    load: async () => (await import("./io-world.ts")).runIoWorld,
  },
  {
    name: "asteroids",
    summary: "one client sees 250 tumbling spheres, 30 Hz: bytes per object-update",
    defaultTicks: 600,
    hasPath: true,
    load: async () => (await import("./asteroids.ts")).runAsteroids,
  },
  {
    name: "cubes",
    summary: "one client sees 901 cubes in a physics engine, 60 Hz: bytes per frame",
    defaultTicks: 900,
    hasPath: true,
    load: async () => (await import("./cubes.ts")).runCubes,
  },
  {
    name: "arena",
    summary: "100 players see each other and 200 projectiles, 30 Hz: time to tell everybody",
    defaultTicks: 300,
    hasPath: true,
    load: async () => (await import("./arena.ts")).runArena,
  },
  {
    name: "crowd",
    summary: "250 clients see 250 objects, 30 Hz: time to tell everybody",
    defaultTicks: 150,
    hasPath: true,
    load: async () => (await import("./crowd.ts")).runCrowd,
  },
  {
    name: "idle",
    summary: "16 clients see 10,000 entities at rest, 20 Hz: time per tick",
    defaultTicks: 300,
    hasPath: true,
    load: async () => (await import("./idle.ts")).runIdle,
  },
  {
    name: "small-state",
    summary:
      "one client sees 60 boats, 30 Hz, declared in one way after the other: what the guide's steps save",
    defaultTicks: 900,
    hasPath: true,
    load: async () => (await import("./small-state.ts")).runSmallState,
  },
  {
    name: "load",
    summary:
      "200 clients who come and go, half behind bursts of loss, 30 Hz: what the others get, and memory",
    defaultTicks: 18_000,
    hasPath: true,
    defaultPath: { rttMs: 40, loss: 0.05 },
    load: async () => (await import("./load.ts")).runLoad,
  },
  {
    name: "step",
    summary: "the arena's step with 64 scripted players: time per tick",
    defaultTicks: 6000,
    hasPath: false,
    load: async () => (await import("./step.ts")).runStep,
  },
  {
    name: "resim",
    summary:
      "the arena and 50 rigid bodies in Chromium, corrected in every tick: time to go back and play again",
    defaultTicks: 1000,
    hasPath: false,
    load: async () => (await import("./resim.ts")).runResim,
  },
  {
    name: "age",
    summary: "one client on a real path that loses packets (Linux, root): age of snapshots by transport",
    defaultTicks: 3600,
    hasPath: true,
    defaultPath: { rttMs: 100, loss: 0.05 },
    load: async () => (await import("./age.ts")).runAge,
  },
  {
    name: "narrowing",
    summary:
      "one client in a crowd on a real path that drops to 64 kbit/s and comes back (Linux, root): queue, picture, recovery",
    defaultTicks: 1800,
    hasPath: true,
    defaultPath: { rttMs: 50, loss: 0 },
    publishedPaths: [
      { rttMs: 50, loss: 0 },
      { rttMs: 50, loss: 0.05 },
      { rttMs: 100, loss: 0 },
      { rttMs: 100, loss: 0.05 },
    ],
    load: async () => (await import("./narrowing.ts")).runNarrowing,
  },
  {
    name: "feel",
    summary:
      "two players in virtual time on rough paths: late inputs, freezes, lead, corrections, rest, spawns, smoothness",
    defaultTicks: 7380,
    hasPath: false,
    load: async () => (await import("./feel.ts")).runFeel,
  },
];
