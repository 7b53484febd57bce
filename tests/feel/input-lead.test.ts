import { conditionPresets, type Condition } from "@tidelock/shared";
import { describe, expect, test } from "vitest";
import { playInputMatch, type InputFigures } from "./input-match.ts";
import { profiles } from "./profiles.ts";
import type { PathProfile } from "./simulated-path.ts";

const SEEDS = [1, 2, 3, 4, 5, 6];

/** Two minutes on the path for each seed: some 7,000 inputs each after the third second. */
function play(profile: PathProfile | Condition): InputFigures[] {
  return SEEDS.map((seed) => playInputMatch({ up: profile, down: profile, seconds: 123, seed }));
}

const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const lateShare = (runs: InputFigures[]): number => mean(runs.map((run) => run.lateShare));

describe("late inputs after the first three seconds", () => {
  test("are none on a steady path of 75 ms, with about two ticks of slack", () => {
    const runs = play(profiles.steady);
    expect(lateShare(runs)).toBe(0);
    for (const run of runs) expect(run.meanSlackTicks).toBeLessThan(2.5);
  });

  test("are below 0.1% at 20 ms of jitter and 2% loss", () => {
    const runs = play(profiles.home);
    expect(lateShare(runs)).toBeLessThan(0.0002);
    for (const run of runs) expect(run.meanSlackTicks).toBeLessThan(4);
  });

  test.each(["wifi", "wifiShortBursts"] as const)("are below 0.1% on bad wi-fi (%s)", (name) => {
    const runs = play(profiles[name]);
    expect(lateShare(runs)).toBeLessThan(0.001);
    expect(Math.max(...runs.map((run) => run.maxSlackTicks))).toBeLessThan(19);
  });

  test("are below 0.1% where single packets are late by up to 500 ms", () => {
    expect(lateShare(play(profiles.stragglers))).toBeLessThan(0.0002);
    expect(lateShare(play(profiles.mobile))).toBeLessThan(0.0005);
  });

  test("are below 0.1% under the conditioner's regional and international presets", () => {
    for (const preset of ["lan", "regional", "international"] as const) {
      expect(lateShare(play(conditionPresets[preset])), preset).toBeLessThan(0.0005);
    }
  });

  test("stay below 1.5% where bursts last longer than prediction may run ahead, and the lead keeps its bound", () => {
    for (const preset of ["mobile", "badWifi"] as const) {
      const runs = play(conditionPresets[preset]);
      expect(mean(runs.map((run) => run.lateOutsideStalls)), preset).toBeLessThan(0.015);
      for (const run of runs) expect(run.maxSlackTicks).toBeLessThan(19);
    }
  });

  test("are only those sent into the stall itself where the whole path stalls for up to 500 ms", () => {
    for (const run of play(profiles.stalls)) {
      expect(run.lateOutsideStalls).toBeLessThan(0.001);
      expect(run.longestFreezeMs).toBeLessThan(500 - 133 + 50);
    }
  });
});

describe("control of the lead", () => {
  test.each(["steady", "home", "stragglers", "mobile"] as const)("does not oscillate (%s)", (name) => {
    for (const run of play(profiles[name])) {
      expect(run.dilatedShare).toBeLessThan(0.03);
      expect(run.reversalsPerMinute).toBeLessThan(6);
      expect(run.hardSteps).toBe(0);
    }
  });

  test("stays within 3% while no input is late, and within 10% always", () => {
    for (const name of ["steady", "home", "wifi", "stalls"] as const) {
      for (const run of play(profiles[name])) {
        expect(run.minSpeed).toBeGreaterThanOrEqual(0.97);
        expect(run.maxSpeed).toBeLessThanOrEqual(run.lateShare === 0 ? 1.03 : 1.1);
      }
    }
  });

  test("holds at other tick, snapshot and frame rates and with clocks that drift", () => {
    for (const [tickRate, snapshotRate, frameRate] of [
      [20, 20, 60],
      [30, 15, 60],
      [60, 20, 144],
      [60, 60, 30],
      [128, 64, 75],
    ]) {
      for (const clockRate of [0.9997, 1.0003]) {
        const run = playInputMatch({
          up: profiles.home,
          down: profiles.home,
          seconds: 63,
          seed: 9,
          tickRate,
          snapshotRate,
          frameRate,
          clockRate,
        });
        expect(run.lateShare, `${tickRate}/${snapshotRate}/${frameRate} at ${clockRate}`).toBeLessThan(0.001);
      }
    }
  });

  test("follows a route that turns 160 ms slower there and back, by dilation alone", () => {
    const slow = { baseMs: 155, jitterMs: 5 };
    const fast = { baseMs: 75, jitterMs: 5 };
    const run = playInputMatch({
      up: fast,
      down: fast,
      seconds: 120,
      seed: 4,
      events: [
        { atMs: 20_000, up: slow, down: slow },
        { atMs: 60_000, up: fast, down: fast },
      ],
    });
    expect(run.longestFreezeMs).toBeLessThan(950);
    expect(run.lateShare).toBeLessThan(0.01);
    expect(run.hardSteps).toBe(0);
    expect(run.slackBySecond[23]).toBeGreaterThan(1);
    expect(run.slackBySecond[110]).toBeLessThan(5);
  });
});
