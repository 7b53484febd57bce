import { MAX_EXTRAPOLATION_MS } from "@tidelock/client/testing";
import { describe, expect, test } from "vitest";
import { playPlayoutMatch, type PlayoutFigures } from "./playout-match.ts";
import { profiles } from "./profiles.ts";
import type { PathProfile } from "./simulated-path.ts";

const SEEDS = [1, 2, 3, 4];
const play = (profile: PathProfile): PlayoutFigures[] =>
  SEEDS.map((seed) => playPlayoutMatch({ down: profile, seconds: 123, seed }));

describe("others, shown from 30 snapshots a second", () => {
  test("flow perfectly evenly on a steady path, one gap behind", () => {
    for (const run of play(profiles.steady)) {
      expect(run.extrapolatedShare).toBe(0);
      expect(run.meanDelayMs).toBeLessThan(34);
      expect(run.unevenness).toBeLessThan(1e-9);
    }
  });

  test("at 20 ms of jitter and 2% loss: 80 ms behind, hardly extrapolated, never jump or freeze", () => {
    for (const run of play(profiles.home)) {
      expect(run.meanDelayMs).toBeLessThan(80);
      expect(run.extrapolatedShare).toBeLessThan(0.015);
      expect(run.frozenShare).toBe(0);
      expect(run.jumps).toBe(0);
      expect(run.minSpeed).toBeGreaterThan(0.95);
      expect(run.maxSpeed).toBeLessThan(1.05);
    }
  });

  test("on bad wi-fi: 140 ms behind, frozen in less than one percent of frames, never jump", () => {
    for (const run of play(profiles.wifi)) {
      expect(run.meanDelayMs).toBeLessThan(140);
      expect(run.extrapolatedShare).toBeLessThan(0.045);
      expect(run.frozenShare).toBeLessThan(0.01);
      expect(run.jumps).toBe(0);
    }
  });

  test("through stalls: stay within the speed bounds and the extrapolation bound", () => {
    for (const run of play(profiles.stalls)) {
      expect(run.longestExtrapolationMs).toBeLessThanOrEqual(MAX_EXTRAPOLATION_MS);
      expect(run.maxSpeed).toBeLessThanOrEqual(1.1);
      expect(run.minSpeed).toBeGreaterThanOrEqual(0.85);
      expect(run.meanDelayMs).toBeLessThan(120);
    }
  });
});
