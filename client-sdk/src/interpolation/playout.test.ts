import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PlayoutClock } from "./playout.ts";

const TICK_MS = 1000 / 60;

/** Plays frames at 60 Hz with a snapshot every second tick, delivered after 40 ms unless told otherwise. */
function play(
  playout: PlayoutClock,
  fromFrame: number,
  toFrame: number,
  delayMs: (tick: number) => number | undefined = () => 40,
): number[] {
  const arrivals: { atMs: number; tick: number }[] = [];
  for (let tick = fromFrame - (fromFrame % 2); tick < toFrame; tick += 2) {
    const delay = delayMs(tick);
    if (delay !== undefined) arrivals.push({ atMs: tick * TICK_MS + delay, tick });
  }
  arrivals.sort((a, b) => a.atMs - b.atMs);
  const shown: number[] = [];
  for (let frame = fromFrame; frame < toFrame; frame++) {
    const nowMs = frame * TICK_MS + 1;
    while (arrivals.length > 0 && arrivals[0].atMs <= nowMs) {
      const arrival = arrivals.shift();
      if (arrival) playout.observe(arrival.tick, arrival.atMs);
    }
    shown.push(playout.renderTick(nowMs));
  }
  return shown;
}

test("on a steady path it lags by exactly one gap between snapshots and flows evenly", () => {
  const playout = new PlayoutClock(60);
  const shown = play(playout, 0, 600).slice(120);
  expect(playout.delayTicks).toBeCloseTo(2, 6);
  shown.forEach((tick, index) => index > 0 && expect(tick - shown[index - 1]).toBeCloseTo(1, 4));
  expect(playout.roomTicks).toBeGreaterThanOrEqual(0);
});

test("never lags less than configured", () => {
  const playout = new PlayoutClock(60, { minDelayMs: 100 });
  play(playout, 0, 300);
  expect(playout.delayMs).toBeCloseTo(100, 6);
});

test("lengthens the delay under jitter, slowly, and shortens it again", () => {
  const playout = new PlayoutClock(60);
  play(playout, 0, 300);
  const before = playout.delayTicks;
  const jittery = play(playout, 300, 900, (tick) => 40 + ((tick * 37) % 60));
  expect(playout.delayTicks).toBeGreaterThan(before + 1);
  for (let index = 1; index < jittery.length; index++) {
    expect(jittery[index] - jittery[index - 1]).toBeGreaterThanOrEqual(0.85 - 1e-9);
    expect(jittery[index] - jittery[index - 1]).toBeLessThanOrEqual(1.1 + 1e-9);
  }
  play(playout, 900, 1500);
  expect(playout.delayTicks).toBeLessThan(before + 0.5);
});

describe("when snapshots stop", () => {
  test("goes on for half of the bounded way, then ever slower to the bound, and never flies", () => {
    const playout = new PlayoutClock(60, { maxExtrapolationMs: 100 });
    play(playout, 0, 300);
    const shown = play(playout, 300, 420, () => undefined);
    const speeds = shown.map((tick, frame) => (frame === 0 ? 1 : tick - shown[frame - 1]));
    const fading = shown.findIndex((tick) => tick > 296 + 3);
    speeds.slice(0, fading).forEach((speed) => expect(speed).toBeCloseTo(1, 1));
    speeds
      .slice(fading + 1, fading + 30)
      .forEach((speed, i) => expect(speed).toBeLessThan(speeds[fading + i]));
    expect(shown[119]).toBeCloseTo(296 + 6, 3);
    expect(playout.frozen).toBe(true);
  });

  test("catches up a short stall without a jump", () => {
    const playout = new PlayoutClock(60);
    play(playout, 0, 300);
    play(playout, 300, 600, (tick) => (tick < 318 ? 40 + (318 - tick) * TICK_MS : 40));
    expect(playout.jumps).toBe(0);
    expect(playout.frozen).toBe(false);
    expect(Math.abs(playout.speed - 1)).toBeLessThan(0.02);
  });

  test("takes all that was held up together for one gap: the delay is soon what it was", () => {
    const playout = new PlayoutClock(60);
    play(playout, 0, 600, (tick) => 40 + ((tick * 37) % 30));
    const before = playout.delayTicks;
    play(playout, 600, 690, (tick) => (tick < 624 ? 40 + (624 - tick) * TICK_MS : 40 + ((tick * 37) % 30)));
    expect(playout.delayTicks).toBeLessThan(before + 1);
  });

  test("jumps over a long one", () => {
    const playout = new PlayoutClock(60);
    play(playout, 0, 300);
    play(playout, 300, 500, (tick) => (tick < 400 ? undefined : 40));
    expect(playout.jumps).toBe(1);
    expect(playout.roomTicks).toBeGreaterThanOrEqual(0);
    expect(playout.roomTicks).toBeLessThan(4);
  });
});

describe("after a hidden tab", () => {
  test("jumps once, when the first fresh snapshot has come, and flows on", () => {
    const playout = new PlayoutClock(60);
    const before = play(playout, 0, 300);
    // Half a minute without frames or snapshots; the first snapshot comes three frames after the return.
    const after = play(playout, 2100, 2400, (tick) => (tick < 2102 ? undefined : 40));
    expect(after[0]).toBe(before[299]);
    const leaps = after.filter((tick, index) => index > 0 && tick - after[index - 1] > 1.2);
    expect(leaps).toHaveLength(1);
    expect(playout.jumps).toBe(1);
    expect(playout.roomTicks).toBeGreaterThanOrEqual(-0.1);
    expect(playout.delayTicks).toBeLessThan(3);
  });

  test("does not wait for as long as the few snapshots of a hidden page would take", () => {
    const playout = new PlayoutClock(60);
    play(playout, 0, 300);
    const before = playout.delayTicks;
    for (let tick = 300; tick < 2100; tick += 15) playout.observe(tick, tick * TICK_MS + 40);
    play(playout, 2100, 2160);
    expect(playout.delayTicks).toBeLessThan(before + 0.3);
    expect(playout.roomTicks).toBeLessThan(4);
  });

  test("does not fast-forward through snapshots that arrived meanwhile", () => {
    const playout = new PlayoutClock(60);
    play(playout, 0, 300);
    for (let tick = 300; tick < 2100; tick += 2) playout.observe(tick, tick * TICK_MS + 40);
    const after = play(playout, 2100, 2160);
    expect(after[0]).toBeGreaterThan(2090);
    expect(playout.jumps).toBe(1);
  });
});

test("never goes back and never passes the bound, whatever arrives and whenever frames are drawn", () => {
  const event = fc.record({
    gapMs: fc.double({ min: 0, max: 1500, noNaN: true }),
    behind: fc.integer({ min: -20, max: 40 }),
    frame: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(event, { maxLength: 150 }), (events) => {
      const playout = new PlayoutClock(60, { maxExtrapolationMs: 100 });
      let nowMs = 0;
      let last = 0;
      let newest = -1;
      for (const { gapMs, behind, frame } of events) {
        nowMs += gapMs;
        const tick = Math.max(0, Math.floor(nowMs / TICK_MS) - behind);
        if (!frame) {
          playout.observe(tick, nowMs);
          newest = Math.max(newest, tick);
          continue;
        }
        const shown = playout.renderTick(nowMs);
        expect(shown).toBeGreaterThanOrEqual(last);
        expect(shown).toBeLessThanOrEqual(Math.max(0, newest + 6 + 1e-6));
        last = shown;
      }
    }),
  );
});
