import { describe, expect, it } from "vitest";
import { measureNarrowing } from "./measure-narrowing.ts";
import { narrowingFigures } from "./narrowing-figures.ts";
import { whyNoNetworkPath } from "./network-path.ts";

const reason = whyNoNetworkPath();
/** The product's bounds. */
const MAX_QUEUE_MS = 250;
const RECOVERY_MS = 5000;
const MBIT = 125_000;
const NARROW = 8000;

describe.skipIf(reason !== undefined)(
  `a crowded room over a path that drops from 1 Mbit/s to 64 kbit/s and comes back${reason === undefined ? "" : ` (skipped: ${reason})`}`,
  () => {
    it.each(["webrtc-direct", "webrtc-geckos"] as const)(
      "%s queues for less than 250 ms, keeps going, and is back within 5 s",
      async (transport) => {
        const run = await measureNarrowing(transport, {
          delayMs: 25,
          lossPercent: 0,
          wideBytesPerSecond: MBIT,
          narrowBytesPerSecond: NARROW,
          seconds: [6, 10, 9],
        });
        const figures = narrowingFigures(run);
        expect(figures.changes).toEqual([]);
        expect(figures.maxQueueMs).toBeLessThan(MAX_QUEUE_MS);
        expect(figures.recoveryMs).toBeLessThan(RECOVERY_MS);
        const [before, narrow] = figures.stateBytesPerSecond;
        expect(before).toBeGreaterThan(8000);
        expect(narrow).toBeGreaterThan(1500);
        expect(figures.snapshotsPerSecond[1]).toBeGreaterThan(5);
        const picture = figures.picture[1];
        expect(picture["near, fast"].meanAgeMs * 2).toBeLessThan(picture["far, slow"].meanAgeMs);
        expect(picture["near, fast"].meanError * 2).toBeLessThan(picture["far, fast"].meanError);
      },
      90_000,
    );
  },
);
