import { condition } from "@tidelock/shared";
import { describe, expect, it } from "vitest";
import { measureAgreement } from "./agreement.ts";
import { measureHiddenTab } from "./hidden-tab.ts";
import { InputLog } from "./input-log.ts";
import { DISPLAYS_HZ, measureMotion, TICK_RATES } from "./motion.ts";
import { measureRoughPath, ROUGH_PATH } from "./rough-path.ts";
import { measureSpawns } from "./spawns.ts";
import { measureSpikes } from "./spikes.ts";
import { turn, walkers } from "./walkers.ts";

describe("on a path of 70 ms and 50 ms of jitter that loses 5% in bursts", () => {
  const figures = measureRoughPath(ROUGH_PATH, [1, 2, 3], 63);

  it("hardly an input is late, and the lead is what that takes", () => {
    expect(figures.lateInputShare).toBeLessThan(0.0015);
    // A minute has one or two bursts that matter, so that what is needed differs from minute to minute.
    expect(Math.abs(figures.leadExcessTicks)).toBeLessThan(4);
  });

  it("nothing stands still at once, and the own walker never", () => {
    expect(figures.longestFreezeMs).toBe(0);
    expect(figures.longestOwnFreezeMs).toBe(0);
    expect(figures.remoteFreezesPerMinute).toBeLessThan(1);
  });
});

it("a spike of up to half a second is over within a second", () => {
  const { spikes, recoveryMs } = measureSpikes([1], 63);
  expect(spikes).toBeGreaterThan(5);
  expect(recoveryMs).toBeLessThan(1000);
});

it("nothing is corrected while the server agrees, and what rests is soon the same to the last bit", () => {
  const { corrections, snapshots, rests, neverEqual, ownRestMs, remoteRestMs } = measureAgreement([1, 2], 23);
  expect(snapshots).toBeGreaterThan(1000);
  expect(corrections).toBe(0);
  expect(rests).toBe(40);
  expect(neverEqual).toBe(0);
  expect(Math.max(ownRestMs, remoteRestMs)).toBeLessThanOrEqual(250);
});

it("eight shots a tick are all matched, and none is doubled or lost", () => {
  const { spawns, ...figures } = measureSpawns([1], 5);
  expect(spawns).toBeGreaterThan(2000);
  expect(figures).toEqual({ matchedShare: 1, doubled: 0, lost: 0 });
});

it("a page hidden for a minute plays on within a round trip and a tick, without fast-forward", () => {
  const { resumeExcessMs, fastForwardFrames } = measureHiddenTab([1]);
  expect(resumeExcessMs).toBeLessThanOrEqual(0);
  expect(fastForwardFrames).toBe(0);
});

describe.each(DISPLAYS_HZ)("a display of %i Hz", (hz) => {
  it.each(TICK_RATES)(
    "shows steady motion evenly at %i ticks a second: within one shown step",
    (tickRate) => {
      const { ownMax, remoteMax } = measureMotion(hz, tickRate, [1]);
      expect(ownMax).toBeGreaterThan(0);
      expect(Math.max(ownMax, remoteMax)).toBeLessThan(1 / 64);
    },
  );
});

it.each([10, 15, 20])(
  "a page of %i frames a second keeps a lead of little more than its frames need",
  (framesPerSecond) => {
    const path = condition({ latencyMs: 50, jitterMs: 20, lossPercent: 2 });
    const walk = walkers({ seed: 1, path, framesPerSecond });
    const [client] = walk.clients;
    const inputs = new InputLog(walk, client);
    walk.stepper.onFrame = turn;
    walk.stepper.run(5000);
    inputs.clear();
    walk.stepper.run(30_000);
    expect(inputs.missedMs.length).toBeLessThanOrEqual(2);
    expect(client.netcode.lead.slackTicks).toBeLessThan(5);
    expect(client.netcode.lead.hardSteps).toBe(0);
  },
);
