import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Rng } from "../rng/rng.ts";
import { VirtualScheduler } from "../testing/virtual-scheduler.ts";
import { conditionPresets } from "./condition-presets.ts";
import { type Condition, condition } from "./condition.ts";
import { Conditioner } from "./conditioner.ts";
import { DropCounter } from "./drop-counter.ts";

/** Sends `count` numbered frames, one each `everyMs`, and returns what came out, when and in which order. */
function run(
  c: Condition,
  count: number,
  options: { everyMs?: number; reliable?: boolean; bytes?: number; seed?: number } = {},
) {
  const scheduler = new VirtualScheduler();
  const rng = new Rng(options.seed ?? 1);
  const drops = new DropCounter();
  const conditioner = new Conditioner({ scheduler, random: () => rng.float(), drops }, c);
  const out: { number: number; delayMs: number }[] = [];
  const everyMs = options.everyMs ?? 10;
  for (let i = 0; i < count; i++) {
    const sentMs = scheduler.nowMs();
    const frame = new Uint8Array(options.bytes ?? 8);
    new DataView(frame.buffer).setUint32(0, i);
    conditioner.pass(frame, options.reliable ?? false, (copy) => {
      const number = new DataView(copy.buffer, copy.byteOffset).getUint32(0);
      out.push({ number, delayMs: scheduler.nowMs() - sentMs });
    });
    frame.fill(0xff);
    scheduler.advance(everyMs);
  }
  scheduler.advance(60_000);
  return { out, drops, held: conditioner.held, numbers: out.map((o) => o.number) };
}

const inOrder = (numbers: number[]): boolean => numbers.every((n, i) => i === 0 || numbers[i - 1] <= n);

describe("a conditioner", () => {
  it("passes frames on at once while it is off", () => {
    const seen: number[] = [];
    const conditioner = new Conditioner({ scheduler: new VirtualScheduler(), random: () => 0 });
    conditioner.pass(Uint8Array.of(5), false, (frame) => seen.push(frame[0]));
    expect(seen).toEqual([5]);
  });

  it("delays every frame by the latency", () => {
    const { out } = run(condition({ latencyMs: 75 }), 50);
    expect(out).toHaveLength(50);
    expect(new Set(out.map((o) => o.delayMs))).toEqual(new Set([75]));
  });

  it("adds up to the jitter, and keeps order", () => {
    const { out, numbers } = run(condition({ latencyMs: 50, jitterMs: 40 }), 500);
    const delays = out.map((o) => o.delayMs);
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(50);
    expect(Math.max(...delays)).toBeLessThanOrEqual(90);
    expect(Math.max(...delays) - Math.min(...delays)).toBeGreaterThan(30);
    expect(inOrder(numbers)).toBe(true);
  });

  it("loses the share it is told, and counts it", () => {
    const { out, drops } = run(condition({ lossPercent: 5 }), 10_000, { everyMs: 1 });
    expect(out.length).toBeGreaterThan(9350);
    expect(out.length).toBeLessThan(9650);
    expect(drops.get("condition-loss")).toBe(10_000 - out.length);
  });

  it("loses in bursts of the mean length it is told", () => {
    const { numbers } = run(condition({ burstLossPercent: 10, burstFrames: 8 }), 20_000, { everyMs: 1 });
    const arrived = new Set(numbers);
    let bursts = 0;
    for (let i = 1; i < 20_000; i++) if (!arrived.has(i) && arrived.has(i - 1)) bursts += 1;
    const lost = 20_000 - arrived.size;
    expect(lost / 20_000).toBeGreaterThan(0.07);
    expect(lost / 20_000).toBeLessThan(0.13);
    expect(lost / bursts).toBeGreaterThan(6);
    expect(lost / bursts).toBeLessThan(10);
  });

  it("lets frames overtake the share it is told", () => {
    const { numbers } = run(condition({ latencyMs: 20, reorderPercent: 10 }), 1000);
    expect(inOrder(numbers)).toBe(false);
    expect(numbers).toHaveLength(1000);
  });

  it("delivers the share it is told twice", () => {
    const { out } = run(condition({ duplicatePercent: 10 }), 5000, { everyMs: 1 });
    expect(out.length).toBeGreaterThan(5350);
    expect(out.length).toBeLessThan(5650);
  });

  it("carries no more than the rate, queues for a quarter of a second and loses the rest", () => {
    const { out, drops } = run(condition({ bytesPerSecond: 10_000 }), 300, { everyMs: 10, bytes: 200 });
    expect(out.length).toBeGreaterThan(150);
    expect(out.length).toBeLessThan(180);
    expect(Math.max(...out.map((o) => o.delayMs))).toBeLessThan(300);
    expect(drops.get("condition-rate")).toBe(300 - out.length);
  });

  it("stands still for 150 to 500 ms every 3 to 10 s, and then lets everything go together", () => {
    const everyMs = 10;
    const { out, numbers } = run(condition({ latencyMs: 20, stallMs: 500, stallEveryMs: 10_000 }), 12_000, {
      everyMs,
    });
    expect(numbers).toHaveLength(12_000);
    expect(inOrder(numbers)).toBe(true);
    const stalls: { fromMs: number; longestMs: number; toMs: number }[] = [];
    for (const { number, delayMs } of out) {
      if (delayMs === 20) continue;
      const sentMs = number * everyMs;
      const last = stalls.at(-1);
      // Whatever was sent in a stall comes out at its end.
      if (last !== undefined && sentMs < last.toMs) expect(sentMs + delayMs - 20).toBeCloseTo(last.toMs, 6);
      else stalls.push({ fromMs: sentMs, longestMs: delayMs - 20, toMs: sentMs + delayMs - 20 });
    }
    expect(stalls.length).toBeGreaterThan(12);
    stalls.forEach(({ fromMs, longestMs }, i) => {
      expect(longestMs).toBeGreaterThan(150 - everyMs);
      expect(longestMs).toBeLessThanOrEqual(500);
      if (i === 0) return;
      expect(fromMs - stalls[i - 1].toMs).toBeGreaterThan(3000 - everyMs);
      expect(fromMs - stalls[i - 1].toMs).toBeLessThan(10_000 + 2 * everyMs);
    });
  });

  it("plans no stall while the condition has none, and begins to when it gets one", () => {
    const scheduler = new VirtualScheduler();
    const conditioner = new Conditioner({ scheduler, random: () => 0 }, condition({ latencyMs: 5 }));
    expect(conditioner.stalledAt(60_000)).toBe(false);
    conditioner.condition = condition({ stallMs: 100, stallEveryMs: 1000 });
    expect([60_000, 60_299, 60_300, 60_329, 60_330].map((ms) => conditioner.stalledAt(ms))).toEqual([
      false,
      false,
      true,
      true,
      false,
    ]);
  });

  it("turns loss into waiting on a reliable channel: complete, in order, late", () => {
    const { out, numbers } = run(condition({ latencyMs: 50, lossPercent: 5 }), 1000, {
      reliable: true,
      everyMs: 33,
    });
    expect(numbers).toEqual(Array.from({ length: 1000 }, (_, i) => i));
    expect(Math.max(...out.map((o) => o.delayMs))).toBeGreaterThan(240);
  });

  it("holds a bounded number of frames", () => {
    const { out, drops } = run(condition({ latencyMs: 5000 }), 5000, { everyMs: 0 });
    expect(out).toHaveLength(1024);
    expect(drops.get("condition-backlog")).toBe(5000 - 1024);
  });

  it("does the same again with the same seed", () => {
    const first = run(conditionPresets.badWifi, 500);
    expect(run(conditionPresets.badWifi, 500).out).toEqual(first.out);
    expect(run(conditionPresets.badWifi, 500, { seed: 2 }).out).not.toEqual(first.out);
  });

  it("never alters, invents or keeps a frame, whatever the condition", () => {
    const percent = fc.integer({ min: 0, max: 60 });
    const any = fc.record({
      latencyMs: fc.integer({ min: 0, max: 300 }),
      jitterMs: fc.integer({ min: 0, max: 100 }),
      lossPercent: percent,
      burstLossPercent: percent,
      burstFrames: fc.integer({ min: 1, max: 20 }),
      reorderPercent: percent,
      duplicatePercent: percent,
      bytesPerSecond: fc.constantFrom(0, 500, 50_000),
      stallMs: fc.constantFrom(0, 400),
      stallEveryMs: fc.constantFrom(100, 1000),
    });
    fc.assert(
      fc.property(any, fc.boolean(), fc.integer(), (c, reliable, seed) => {
        const { numbers, held } = run(condition(c), 60, { reliable, seed });
        expect(held).toBe(0);
        for (const n of numbers) expect(n).toBeLessThan(60);
        for (const n of new Set(numbers))
          expect(numbers.filter((m) => m === n).length).toBeLessThanOrEqual(2);
        if (reliable) expect(numbers).toEqual(Array.from({ length: 60 }, (_, i) => i));
      }),
      { numRuns: 100 },
    );
  });
});
