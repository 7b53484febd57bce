import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { OffsetSmoother } from "./offset-smoother.ts";

const position = (): OffsetSmoother => new OffsetSmoother(2, { snapDistance: 10, restDistance: 0.01 });

/** How long until the offset has halved, in milliseconds. */
function halfLifeMs(size: number): number {
  const smoother = position();
  smoother.correct([size, 0], 0);
  let nowMs = 0;
  while (smoother.sample(nowMs)[0] > size / 2) nowMs++;
  return nowMs;
}

test("at a correction the shown value stays where it was", () => {
  const smoother = position();
  smoother.correct([1, -2], 0);
  expect([...smoother.sample(0)]).toEqual([1, -2]);
  const before = [...smoother.sample(80)];
  smoother.correct([0.5, 0.25], 80);
  expect(smoother.sample(80)[0]).toBeCloseTo(before[0] + 0.5, 12);
  expect(smoother.sample(80)[1]).toBeCloseTo(before[1] + 0.25, 12);
});

test("the shown velocity has no kink at a correction, nor after it", () => {
  const smoother = position();
  smoother.correct([1, 0], 0);
  const shown: number[] = [];
  let value = 0;
  for (let ms = 0; ms < 400; ms++) {
    value += 0.005; // 5 units a second
    if (ms === 200) {
      value -= 0.8;
      smoother.correct([0.8, 0], ms);
    }
    shown.push(value + smoother.sample(ms)[0]);
  }
  const speeds = shown.slice(1).map((at, index) => at - shown[index]);
  const kinks = speeds.slice(1).map((speed, index) => Math.abs(speed - speeds[index]));
  expect(Math.max(...kinks)).toBeLessThan(0.0006);
});

test("a correction that also turned the velocity is shown without a kink when told so", () => {
  const smoother = position();
  let value = 0;
  let velocity = 0.01;
  const shown: number[] = [];
  for (let ms = 0; ms < 300; ms++) {
    value += velocity;
    if (ms === 100) {
      smoother.correct([0.3, 0], ms, [20, 0]);
      value -= 0.3;
      velocity = -0.01;
    }
    shown.push(value + smoother.sample(ms)[0]);
  }
  const speeds = shown.slice(1).map((at, index) => at - shown[index]);
  const kinks = speeds.slice(1).map((speed, index) => Math.abs(speed - speeds[index]));
  expect(Math.max(...kinks)).toBeLessThan(0.001);
});

describe("the half-life", () => {
  test("is 200 ms for small errors and 50 ms for large ones", () => {
    expect(halfLifeMs(0.1)).toBeGreaterThan(190);
    expect(halfLifeMs(0.1)).toBeLessThanOrEqual(201);
    expect(halfLifeMs(9.9)).toBeGreaterThanOrEqual(50);
    expect(halfLifeMs(9.9)).toBeLessThan(55);
  });

  test("does not depend on the frame rate", () => {
    const coarse = position();
    const fine = position();
    coarse.correct([3, 1], 0);
    fine.correct([3, 1], 0);
    for (let ms = 0; ms <= 200; ms += 4) fine.sample(ms);
    expect(coarse.sample(200)[0]).toBeCloseTo(fine.sample(200)[0], 9);
  });
});

test("ends at exactly zero within two seconds", () => {
  const smoother = position();
  smoother.correct([5, 5], 0);
  for (let ms = 0; ms <= 2000; ms += 16) smoother.sample(ms);
  expect([...smoother.sample(2000)]).toEqual([0, 0]);
  expect(smoother.active).toBe(false);
});

test("a correction of the snap distance or more is shown at once", () => {
  const smoother = position();
  expect(smoother.correct([8, 8], 0)).toBe(false);
  expect([...smoother.sample(0)]).toEqual([0, 0]);
  expect(smoother.correct([1, 0], 0)).toBe(true);
  expect(smoother.correct([Number.NaN, 0], 1)).toBe(false);
  expect([...smoother.sample(5)]).toEqual([0, 0]);
});

test("small corrections that add up to a teleport are one", () => {
  const smoother = position();
  smoother.correct([6, 0], 0);
  expect(smoother.correct([6, 0], 1)).toBe(false);
});

test("angles take the short way round", () => {
  const smoother = new OffsetSmoother(1, { snapDistance: 3, period: 2 * Math.PI });
  smoother.correct([2 * Math.PI - 0.2], 0);
  expect(smoother.sample(0)[0]).toBeCloseTo(-0.2, 12);
});

test("never leaves the snap distance far behind, whatever corrections come", () => {
  const correction = fc.record({
    gapMs: fc.integer({ min: 0, max: 200 }),
    error: fc.tuple(fc.double({ min: -9, max: 9, noNaN: true }), fc.double({ min: -9, max: 9, noNaN: true })),
    velocity: fc.tuple(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), fc.constant(0)),
  });
  fc.assert(
    fc.property(fc.array(correction, { maxLength: 40 }), (corrections) => {
      const smoother = position();
      let nowMs = 0;
      for (const { gapMs, error, velocity } of corrections) {
        nowMs += gapMs;
        const offset = smoother.sample(nowMs);
        // From the edge at the limit of speed the spring swings out by less than half as much again.
        expect(Math.hypot(offset[0], offset[1])).toBeLessThan(15);
        smoother.correct(error, nowMs, velocity);
      }
      for (let step = 0; step < 300; step++) smoother.sample((nowMs += 16));
      expect([...smoother.sample(nowMs)]).toEqual([0, 0]);
    }),
  );
});
