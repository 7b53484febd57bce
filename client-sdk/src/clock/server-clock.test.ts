import { describe, expect, test } from "vitest";
import { ServerClock } from "./server-clock.ts";

const TICK_MS = 1000 / 60;
/** Deterministic, evenly spread values in 0..1. */
const spread = (index: number): number => (index * 0.618034) % 1;

describe("the estimate of the server's tick", () => {
  test("is exact on a steady path", () => {
    const clock = new ServerClock(60);
    for (let tick = 100; tick < 160; tick++) clock.observe(tick, 40 + tick * TICK_MS);
    expect(clock.serverTickAt(40 + 300 * TICK_MS)).toBeCloseTo(300, 6);
    expect(clock.newestTick).toBe(159);
  });

  test("rests on the least delayed packets, whatever jitter and loss do to the others", () => {
    const clock = new ServerClock(60);
    for (let tick = 0; tick < 600; tick++) {
      if (spread(tick * 7) < 0.1) continue;
      clock.observe(tick, 50 + tick * TICK_MS + 60 * spread(tick));
    }
    const nowMs = 50 + 600 * TICK_MS;
    expect(Math.abs(clock.serverTickAt(nowMs) - 600)).toBeLessThan(0.2);
  });

  test("follows clocks that drift apart", () => {
    for (const rate of [0.9995, 1.0005]) {
      const clock = new ServerClock(60);
      let nowMs = 0;
      for (let tick = 0; tick < 6000; tick++) {
        nowMs = (50 + tick * TICK_MS) * rate;
        clock.observe(tick, nowMs);
      }
      expect(Math.abs(clock.serverTickAt(nowMs) - 5999)).toBeLessThan(0.1);
    }
  });

  test("believes a faster path at once and a slower one within three seconds", () => {
    const clock = new ServerClock(60);
    const run = (from: number, to: number, delayMs: number): void => {
      for (let tick = from; tick < to; tick++) clock.observe(tick, delayMs + tick * TICK_MS);
    };
    run(0, 120, 100);
    run(120, 121, 40);
    expect(clock.serverTickAt(40 + 121 * TICK_MS)).toBeCloseTo(121, 6);
    run(121, 301, 160);
    expect(clock.serverTickAt(160 + 301 * TICK_MS)).toBeLessThan(302);
  });

  test("is not pulled back by packets that waited in a queue through a silence", () => {
    const clock = new ServerClock(60);
    for (let tick = 0; tick < 120; tick++) clock.observe(tick, 50 + tick * TICK_MS);
    const resumeMs = 50 + 600 * TICK_MS;
    for (let tick = 120; tick < 600; tick++) clock.observe(tick, resumeMs);
    expect(clock.serverTickAt(resumeMs)).toBeCloseTo(600, 6);
  });
});

test("jitter figures describe the delay beyond the fastest packets", () => {
  const clock = new ServerClock(60);
  for (let tick = 0; tick < 600; tick++) clock.observe(tick, 50 + tick * TICK_MS + 40 * spread(tick));
  expect(clock.meanDelayMs).toBeGreaterThan(15);
  expect(clock.meanDelayMs).toBeLessThan(25);
  expect(clock.jitterMs).toBeGreaterThan(7);
  expect(clock.jitterMs).toBeLessThan(13);
  expect(clock.delayQuantileMs(0.5)).toBeGreaterThan(17);
  expect(clock.delayQuantileMs(0.5)).toBeLessThan(23);
  expect(clock.delayQuantileMs(0.99)).toBeGreaterThan(36);
  expect(clock.delayQuantileMs(1)).toBeLessThanOrEqual(40);
});

test("an unsynchronised clock says so", () => {
  const clock = new ServerClock(60);
  expect(clock.synchronised).toBe(false);
  expect(clock.newestTick).toBe(-1);
  expect(clock.delayQuantileMs(0.9)).toBe(0);
});
