import { condition } from "@tidelock/shared";
import { describe, expect, it } from "vitest";
import { compareLoad } from "./load-comparison.ts";
import { weighLoad } from "./load-memory.ts";

const path = condition({ latencyMs: 20, jitterMs: 4 });
const lossyPath = condition({ ...path, burstLossPercent: 5, burstFrames: 3 });
const room = { clients: 40, seed: 3, path, changeEvery: 15 };

describe("a room in which half of the clients lose packets in bursts", () => {
  const figures = compareLoad({ ...room, lossyPath, ticks: 240, progress: () => {} });

  it("sends every other client the same bytes at the same moments as if nobody lost any", () => {
    expect(figures.steadyClients).toBe(30);
    expect(figures.steady.withLoss.packets).toBeGreaterThan(5900);
    expect(figures.otherBytes).toBe(0);
    expect(figures.otherDelays).toBe(0);
  });

  it("shows nobody anything wrong", () => {
    expect(figures.mismatches).toBe(0);
    expect(figures.comparedEntities).toBeGreaterThan(30_000);
  });

  it("loses what it is meant to lose", () => {
    const { withoutLoss, withLoss } = figures.lossy;
    const lost = 1 - withLoss.packets / withoutLoss.packets;
    expect(lost).toBeGreaterThan(0.03);
    expect(lost).toBeLessThan(0.08);
  });
});

describe("a room that clients join and leave all the time", () => {
  it("keeps nothing of those who have left", async () => {
    const ticks = 3000;
    const options = { ...room, clients: 16, changeEvery: 1, otherPath: lossyPath, decodeEvery: 0, ticks };
    const { grownBytes, joinedLater } = await weighLoad(options, () => {});
    expect(joinedLater).toBe(ticks);
    // 0.7 of them came after the first mark that counts. What is left of each is the compiler's: an entry in a map would show.
    expect(grownBytes / (joinedLater * 0.7)).toBeLessThan(100);
  });
});
