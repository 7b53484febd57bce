import { describe, expect, test } from "vitest";
import { DEFAULT_BUDGET_LIMITS } from "./budget-limits.ts";
import { PathBudget } from "./path-budget.ts";
import { type PathRun, type PathTrace, runPath } from "./simulated-path.ts";

/** 1 Mbit/s and 64 kbit/s. */
const WIDE = 125_000;
const NARROW = 8000;
const NARROW_MS = 20_000;
const WIDE_AGAIN_MS = 45_000;
const SEEDS = [1, 2, 3, 4];

const narrowing = (seed: number, change: Partial<PathRun> = {}): PathTrace =>
  runPath({
    seconds: 60,
    limits: DEFAULT_BUDGET_LIMITS,
    // Not always at the same moment between two packets.
    rateAt: (ms) => (ms >= NARROW_MS + seed * 9 && ms < WIDE_AGAIN_MS + seed * 9 ? NARROW : WIDE),
    seed,
    ...change,
  });
const steady = (change: Partial<PathRun>): PathTrace =>
  runPath({ seconds: 60, limits: DEFAULT_BUDGET_LIMITS, rateAt: () => WIDE, ...change });

/** Mean of a trace, per second when it counts bytes. */
const perSecond = (trace: Float64Array, fromMs: number, toMs: number): number =>
  (trace.subarray(fromMs, toMs).reduce((sum, value) => sum + value, 0) * 1000) / (toMs - fromMs);
const largest = (trace: Float64Array): number => trace.reduce((a, b) => Math.max(a, b), 0);
const mean = (trace: ArrayLike<number>): number =>
  Array.from(trace).reduce((sum, value) => sum + value, 0) / trace.length;
const median = (trace: Float64Array): number => trace.toSorted()[trace.length >> 1];
/** Milliseconds after the path is wide again until a second carries nine tenths of what seconds carried before. */
const recoveryMs = ({ stateBytes }: PathTrace, seed: number): number => {
  const before = perSecond(stateBytes, NARROW_MS - 5000, NARROW_MS);
  const from = WIDE_AGAIN_MS + seed * 9;
  let at = from;
  while (at < stateBytes.length - 1000 && perSecond(stateBytes, at, at + 1000) < 0.9 * before) at++;
  return at + 1000 - from;
};

describe("a client's budget, on a path that drops from 1 Mbit/s to 64 kbit/s and comes back", () => {
  test.each([
    ["of 10 ms", { rttMs: 10 }],
    ["of 50 ms", { rttMs: 50 }],
    ["of 100 ms", { rttMs: 100 }],
    ["of 200 ms", { rttMs: 200 }],
    ["of 50 ms with 5% lost in bursts", { rttMs: 50, loss: 0.05 }],
    ["of 100 ms with 5% lost in bursts", { rttMs: 100, loss: 0.05 }],
    ["of 50 ms and 20 ms of jitter, with 5% lost in bursts", { rttMs: 50, jitterMs: 20, loss: 0.05 }],
    ["of 50 ms, with 30 ticks a second", { tickRate: 30, sendEvery: 1 }],
    ["of 50 ms, with 60 snapshots a second", { sendEvery: 1 }],
    ["of 50 ms, with packets of 300 bytes", { wantedAt: () => 300 }],
  ] satisfies [string, Partial<PathRun>][])(
    "never queues for 200 ms and is back within 5 s on a round trip %s",
    (_, change) => {
      for (const seed of SEEDS) {
        const trace = narrowing(seed, change);
        expect(largest(trace.queueMs)).toBeLessThan(200);
        expect(recoveryMs(trace, seed)).toBeLessThan(5000);
      }
    },
  );

  test("carries most of what the narrow path can carry, with a short queue", () => {
    const { stateBytes, queueMs } = narrowing(1);
    expect(perSecond(stateBytes, NARROW_MS + 3000, WIDE_AGAIN_MS)).toBeGreaterThan(0.65 * NARROW);
    expect(median(queueMs.slice(NARROW_MS + 3000, WIDE_AGAIN_MS))).toBeLessThan(100);
  });

  test("sends to the client less often while packets would be too small to be useful", () => {
    const { sendEvery } = narrowing(1);
    expect(sendEvery[NARROW_MS - 1]).toBe(2);
    expect(mean(sendEvery.slice(NARROW_MS + 2000, WIDE_AGAIN_MS))).toBeGreaterThan(2.5);
    expect(sendEvery[WIDE_AGAIN_MS + 5000]).toBe(2);
  });

  test("leaves alone a client whose packets fit the narrow path", () => {
    const { stateBytes, sendEvery, queueMs } = narrowing(1, { wantedAt: () => 60 });
    expect(new Set(sendEvery)).toEqual(new Set([2]));
    expect(perSecond(stateBytes, NARROW_MS, WIDE_AGAIN_MS)).toBeCloseTo(60 * 30, -2);
    expect(largest(queueMs)).toBeLessThan(40);
  });

  test("does so again and again, over five minutes", () => {
    const rateAt = (ms: number): number => (Math.floor(ms / 17_000) % 2 === 1 ? NARROW : WIDE);
    const { queueMs } = runPath({ seconds: 300, limits: DEFAULT_BUDGET_LIMITS, rateAt });
    expect(largest(queueMs)).toBeLessThan(250);
  });

  test("keeps the queue short on a path that stays narrow for five minutes", () => {
    const { queueMs } = runPath({ seconds: 300, limits: DEFAULT_BUDGET_LIMITS, rateAt: () => NARROW });
    expect(largest(queueMs)).toBeLessThan(250);
    expect(median(queueMs.slice(200_000))).toBeLessThan(100);
  });
});

describe("a client's budget, on a path that stays wide", () => {
  test.each([50, 100])(
    "keeps most of its rate where every twentieth packet is lost in bursts without a queue, at a round trip of %i ms",
    (rttMs) => {
      const clean = perSecond(steady({ rttMs }).stateBytes, 10_000, 60_000);
      for (const seed of SEEDS) {
        const lossy = perSecond(steady({ rttMs, loss: 0.05, seed }).stateBytes, 10_000, 60_000);
        expect(lossy).toBeGreaterThan(0.7 * clean);
      }
    },
  );

  test("does not take jitter for a queue", () => {
    const { bytesPerSecond } = steady({ jitterMs: 30 });
    expect(bytesPerSecond.slice(5000).reduce((a, b) => Math.min(a, b))).toBeGreaterThan(30_000);
  });

  test("stays between the lowest and the highest rate that the settings allow", () => {
    const limits = { ...DEFAULT_BUDGET_LIMITS, minBytesPerSecond: 5000, maxBytesPerSecond: 12_000 };
    const { bytesPerSecond } = runPath({
      seconds: 60,
      limits,
      rateAt: (ms) => (ms < 30_000 ? WIDE : 2000),
    });
    expect(largest(bytesPerSecond)).toBe(12_000);
    expect(bytesPerSecond.reduce((a, b) => Math.min(a, b))).toBe(5000);
  });

  test("proves nothing by small packets, so the rate stays", () => {
    const { bytesPerSecond } = steady({ wantedAt: () => 50 });
    expect(bytesPerSecond[59_000]).toBe(bytesPerSecond[1000]);
  });

  test("may have more under way when the narrowest path to expect is wider", () => {
    const limits = { ...DEFAULT_BUDGET_LIMITS, narrowBytesPerSecond: 16_000 };
    const near = perSecond(steady({ rttMs: 200 }).stateBytes, 10_000, 60_000);
    const wider = runPath({ seconds: 60, limits, rateAt: () => WIDE, rttMs: 200 });
    expect(perSecond(wider.stateBytes, 10_000, 60_000)).toBeGreaterThan(1.5 * near);
  });
});

describe("a client's budget, beside reliable traffic", () => {
  const flood = (stateShare: number): PathTrace =>
    runPath({
      seconds: 60,
      limits: { ...DEFAULT_BUDGET_LIMITS, stateShare },
      rateAt: () => WIDE,
      // Far more than the budget: 40 kB every second.
      reliableAt: (ms) => (ms >= 20_000 && ms % 100 === 0 ? 4000 : 0),
    });

  test("gives way to it, down to the share that snapshots keep", () => {
    const { stateBytes, bytesPerSecond } = flood(0.5);
    const budget = perSecond(bytesPerSecond, 40_000, 60_000) / 1000;
    const state = perSecond(stateBytes, 40_000, 60_000);
    expect(state).toBeLessThan(0.55 * budget);
    expect(state).toBeGreaterThan(0.25 * budget);
  });

  test("keeps more with a larger share", () => {
    expect(perSecond(flood(0.9).stateBytes, 40_000, 60_000)).toBeGreaterThan(
      1.1 * perSecond(flood(0.2).stateBytes, 40_000, 60_000),
    );
  });
});

describe("a client's budget, packet by packet", () => {
  const STEP_MS = 33;

  test("leaves a packet its place at the lowest rate, however much reliable traffic there is", () => {
    const lowest = { ...DEFAULT_BUDGET_LIMITS, maxBytesPerSecond: DEFAULT_BUDGET_LIMITS.minBytesPerSecond };
    const budget = new PathBudget(lowest);
    let packets = 0;
    for (let i = 0; i < 50; i++) {
      budget.sentReliably(2000);
      const allowed = budget.allow(i * 100, 100, true);
      if (allowed === 0) continue;
      packets++;
      budget.sent(packets, allowed, i * 100);
      budget.acknowledged(packets, 0, i * 100 + 50);
    }
    expect(packets).toBe(50);
  });

  test("stops at a client that answers nothing, and goes on with what a narrow path would carry", () => {
    const budget = new PathBudget(DEFAULT_BUDGET_LIMITS);
    let sent = 0;
    for (let i = 0; i < 30; i++) {
      const allowed = budget.allow(i * STEP_MS, STEP_MS, false);
      if (allowed > 0) budget.sent(sent++, allowed, i * STEP_MS);
    }
    expect(budget.state(1000).bytesUnderWay).toBeLessThan(0.25 * NARROW + NARROW);
  });

  test("counts a packet that a newer one has passed as lost, once", () => {
    const budget = new PathBudget(DEFAULT_BUDGET_LIMITS);
    for (let i = 0; i < 4; i++) budget.sent(i, 100, i * STEP_MS);
    budget.acknowledged(3, 0b011, 200);
    const { loss, bytesUnderWay } = budget.state(200);
    expect(bytesUnderWay).toBe(0);
    expect(loss).toBeGreaterThan(0);
    budget.acknowledged(3, 0b111, 210);
    budget.acknowledged(1, 0, 220);
    expect(budget.state(220).loss).toBe(loss);
  });

  test("goes on over the wrap of the sequence, and from the start after a restart", () => {
    const budget = new PathBudget(DEFAULT_BUDGET_LIMITS);
    for (const sequence of [0xfffe, 0xffff, 0, 1]) budget.sent(sequence, 100, 0);
    budget.acknowledged(0, 0b11, 50);
    expect(budget.state(50).bytesUnderWay).toBe(193);
    budget.restart();
    budget.acknowledged(1, 0, 60);
    expect(budget.state(60)).toMatchObject({ bytesUnderWay: 0, loss: 0 });
    budget.sent(0, 100, 70);
    expect(budget.state(70).bytesUnderWay).toBe(193);
  });

  test("does not take acknowledgements for late that a busy server has let lie", () => {
    const budget = new PathBudget(DEFAULT_BUDGET_LIMITS);
    let acknowledged = 0;
    for (let i = 0; i < 60; i++) {
      budget.sent(i, 200, i * STEP_MS);
      const stalled = i > 30 && i < 40;
      if (i < 2 || stalled) continue;
      for (; acknowledged <= i - 2; acknowledged++) budget.acknowledged(acknowledged, -1, i * STEP_MS + 1);
    }
    expect(budget.bytesPerSecond).toBeGreaterThanOrEqual(37_500);
  });

  test("ignores acknowledgements of what was never sent", () => {
    const budget = new PathBudget(DEFAULT_BUDGET_LIMITS);
    budget.sent(0, 100, 0);
    for (const sequence of [1, 7, 0x8000, 0xffff]) budget.acknowledged(sequence, -1, 10);
    expect(budget.state(10).bytesUnderWay).toBe(193);
  });
});
