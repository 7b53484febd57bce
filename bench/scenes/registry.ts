import type { Scene } from "./scene.ts";

/** Every scene the command line knows. */
export const scenes: readonly Scene[] = [
  {
    name: "io-world",
    summary: "1000 movers, 100 clients that see the 50 nearest, 20 Hz: bytes and encode time beside Colyseus",
    defaultTicks: 600,
    hasPath: true,
    load: async () => (await import("./io-world.ts")).runIoWorld,
  },
  {
    name: "step",
    summary: "the arena's step with 64 scripted players: time per tick",
    defaultTicks: 6000,
    hasPath: false,
    load: async () => (await import("./step.ts")).runStep,
  },
  {
    name: "age",
    summary: "one client on a real path that loses packets (Linux, root): age of snapshots by transport",
    defaultTicks: 3600,
    hasPath: true,
    defaultPath: { rttMs: 100, loss: 0.05 },
    load: async () => (await import("./age.ts")).runAge,
  },
];
