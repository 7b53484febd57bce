import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SendPace, sendEveryFor } from "./send-pace.ts";

/** Turns of `count` in which a client is sent to. */
function turnsSent(pace: SendPace, count: number): number[] {
  const sent: number[] = [];
  for (let turn = 0; turn < count; turn++)
    if (pace.due(turn)) {
      pace.sent(turn);
      sent.push(turn);
    }
  return sent;
}

describe("the ticks between two snapshots", () => {
  test.each([
    [60, 30, 2],
    [60, 60, 1],
    [60, 128, 1],
    [60, 25, 2],
    [60, 7, 10],
    [30, 20, 2],
    [64, 20, 4],
    [20, 30, 1],
  ])("divide a tick rate of %i for about %i snapshots a second", (tickRate, rate, sendEvery) => {
    expect(sendEveryFor(tickRate, rate)).toBe(sendEvery);
  });

  test("divide any tick rate for any rate of snapshots", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 128 }), fc.integer({ min: 1, max: 128 }), (tickRate, rate) => {
        expect(tickRate % sendEveryFor(tickRate, rate)).toBe(0);
      }),
    );
  });
});

describe("a client's pace", () => {
  test("is that of the room while packets have room enough", () => {
    const pace = new SendPace(60, 2, 1);
    pace.filled(500, 500);
    pace.adapt(30_000);
    expect(turnsSent(pace, 6)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(pace.slowed).toBe(false);
  });

  test("slows down, by divisors of the tick rate, when full packets get too small", () => {
    const pace = new SendPace(60, 2, 1);
    expect(pace.steps).toEqual([1, 2, 3, 5, 6]);
    pace.filled(150, 150);
    for (let i = 0; i < 9; i++) pace.adapt(8000);
    expect(pace.intervalMs).toBeCloseTo(1000 / 15);
    for (let i = 0; i < 9; i++) pace.adapt(3000);
    expect(pace.intervalMs).toBeCloseTo(1000 / 10);
    for (let i = 0; i < 9; i++) pace.adapt(30_000);
    expect(pace.intervalMs).toBeCloseTo(1000 / 30);
  });

  test("stays as it is while packets are small because there is little to tell", () => {
    const pace = new SendPace(60, 2, 1);
    pace.filled(40, 150);
    pace.adapt(8000);
    expect(pace.turns).toBe(1);
  });

  test("slows down rather than have no room for any packet", () => {
    const pace = new SendPace(60, 1, 1);
    pace.adapt(4000);
    expect(pace.turns).toBeGreaterThan(1);
  });

  test("spreads clients that skip turns over all turns", () => {
    const counts = new Map<number, number>();
    for (let number = 1; number <= 30; number++) {
      const pace = new SendPace(60, 2, number);
      pace.atMostEvery(3);
      for (const turn of turnsSent(pace, 30).filter((t) => t >= 12))
        counts.set(turn, (counts.get(turn) ?? 0) + 1);
    }
    expect(new Set(counts.values())).toEqual(new Set([10]));
  });

  test("keeps its interval once in phase, also when the room had to skip turns", () => {
    const pace = new SendPace(60, 2, 2);
    pace.atMostEvery(3);
    expect(turnsSent(pace, 12)).toEqual([0, 2, 5, 8, 11]);
    // Turns 12 to 15 never came: it is sent to at once, and then in phase again.
    expect(pace.due(16)).toBe(true);
    pace.sent(16);
    expect([17, 18].filter((turn) => pace.due(turn))).toEqual([17, 18]);
  });
});
