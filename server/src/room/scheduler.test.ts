import { describe, expect, test } from "vitest";
import * as fc from "fast-check";
import { TickScheduler, type SchedulerOptions, type Timers } from "./scheduler.ts";

/** Time that moves only when told; timers may be given extra delay as a busy machine would. */
class VirtualTimers implements Timers {
  time = 1000.37;
  extraDelayMs = 0;
  #pending: { at: number; wake: () => void }[] = [];
  now(): number {
    return this.time;
  }
  setTimeout(wake: () => void, delayMs: number): void {
    this.#pending.push({ at: this.time + delayMs + this.extraDelayMs, wake });
  }
  setImmediate(wake: () => void): void {
    this.#pending.push({ at: this.time + 0.05, wake });
  }
  get pending(): number {
    return this.#pending.length;
  }
  advance(ms: number): void {
    const end = this.time + ms;
    for (;;) {
      this.#pending.sort((a, b) => a.at - b.at);
      const next = this.#pending[0];
      if (next === undefined || next.at > end) break;
      this.#pending.shift();
      this.time = Math.max(this.time, next.at);
      next.wake();
    }
    this.time = Math.max(this.time, end);
  }
  /** The process does nothing for a while: no timer fires. */
  freeze(ms: number): void {
    this.time += ms;
  }
}

function scheduled(options: Partial<SchedulerOptions> = {}) {
  const timers = new VirtualTimers();
  const ticks: { tick: number; behind: number; at: number }[] = [];
  const errors: unknown[] = [];
  const scheduler = new TickScheduler({
    tickRate: 50,
    timers,
    onTick: (tick, behind) => ticks.push({ tick, behind, at: timers.time }),
    onError: (error) => errors.push(error),
    ...options,
  });
  return { timers, ticks, errors, scheduler };
}

describe("tick scheduler", () => {
  test("runs the first tick one period after the start and not inside start", () => {
    const { timers, ticks, scheduler } = scheduled();
    scheduler.start();
    expect(ticks).toEqual([]);
    timers.advance(19.9);
    expect(ticks).toEqual([]);
    timers.advance(0.2);
    expect(ticks.map((t) => t.tick)).toEqual([0]);
  });

  test("does not drift over an hour at 60 Hz", () => {
    let count = 0;
    let worst = 0;
    const { timers, scheduler } = scheduled({
      tickRate: 60,
      onTick: (tick) => {
        count++;
        worst = Math.max(worst, scheduler.ticksNow() - tick);
      },
    });
    scheduler.start();
    timers.advance(3_600_000 + 1);
    expect(count).toBe(216_000);
    expect(worst * scheduler.periodMs).toBeLessThan(0.1);
    expect(scheduler.ticksSkipped).toBe(0);
  });

  test("late timers delay single ticks and never the ones after", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 15, noNaN: true }), { maxLength: 40 }), (delays) => {
        const { timers, ticks, scheduler } = scheduled();
        scheduler.start();
        for (const delay of delays) {
          timers.extraDelayMs = delay;
          timers.advance(20);
        }
        timers.extraDelayMs = 0;
        timers.advance(60);
        for (const { tick, at } of ticks) expect(at - 1000.37 - (tick + 1) * 20).toBeLessThanOrEqual(15.1);
        const last = ticks[ticks.length - 1]!;
        expect(last.at - 1000.37 - (last.tick + 1) * 20).toBeLessThan(0.1);
        expect(scheduler.ticksSkipped).toBe(0);
      }),
    );
  });

  test("catches up after a short pause, telling each tick how many follow", () => {
    const { timers, ticks, scheduler } = scheduled();
    scheduler.start();
    timers.freeze(75);
    timers.advance(0);
    expect(ticks.map((t) => [t.tick, t.behind])).toEqual([
      [0, 2],
      [1, 1],
      [2, 0],
    ]);
    timers.advance(5.1);
    expect(ticks.map((t) => t.tick)).toEqual([0, 1, 2, 3]);
    expect(scheduler.ticksSkipped).toBe(0);
  });

  test("skips time and not numbers after a long pause", () => {
    const { timers, ticks, scheduler } = scheduled({ maxTicksPerWake: 3 });
    scheduler.start();
    timers.freeze(1010);
    timers.advance(0);
    expect(ticks.map((t) => t.tick)).toEqual([0, 1, 2]);
    expect(scheduler.ticksSkipped).toBe(47);
    expect(scheduler.ticksNow()).toBeCloseTo(2.5, 6);
    timers.advance(10.1);
    expect(ticks.map((t) => t.tick)).toEqual([0, 1, 2, 3]);
    expect(ticks[3]!.at - 1000.37).toBeCloseTo(1020, 0);
  });

  test("lets input and output in between two bursts when ticks take longer than their period", () => {
    let inWake = 0;
    let longestBurst = 0;
    const { timers, scheduler } = scheduled({
      maxTicksPerWake: 4,
      onTick: (_tick, behind) => {
        inWake++;
        longestBurst = Math.max(longestBurst, inWake);
        if (behind === 0) inWake = 0;
        timers.freeze(26);
      },
    });
    scheduler.start();
    timers.advance(10_000);
    expect(longestBurst).toBeLessThanOrEqual(4);
    expect(scheduler.ticksSkipped).toBeGreaterThan(0);
    // Behind by no more than one burst and the ticks that came due meanwhile, however long it lasts.
    expect(scheduler.ticksNow() - scheduler.nextTick).toBeLessThan(10);
  });

  test("a throwing tick stops that scheduler, reports once and throws nothing into the timer", () => {
    const fault = new Error("step failed");
    const { timers, errors, scheduler } = scheduled({
      onTick: (tick) => {
        if (tick === 2) throw fault;
      },
    });
    scheduler.start();
    timers.advance(200);
    expect(errors).toEqual([fault]);
    expect(scheduler.running).toBe(false);
    expect(scheduler.stats().ticksRun).toBe(3);
    expect(timers.pending).toBe(0);
  });

  test("a throwing error handler does not reach the timer either", () => {
    const { timers, scheduler } = scheduled({
      onTick: () => {
        throw new Error("step failed");
      },
      onError: () => {
        throw new Error("closing failed");
      },
    });
    scheduler.start();
    expect(() => timers.advance(100)).not.toThrow();
    expect(scheduler.running).toBe(false);
  });

  test("stop inside a tick ends the burst at once", () => {
    const ran: number[] = [];
    const { timers, scheduler } = scheduled({
      onTick: (tick) => {
        ran.push(tick);
        if (tick === 1) scheduler.stop();
      },
    });
    scheduler.start();
    timers.freeze(95);
    timers.advance(1000);
    expect(ran).toEqual([0, 1]);
    expect(timers.pending).toBe(0);
  });

  test("numbers ticks from the given first one and tells time in fractional ticks", () => {
    const { timers, ticks, scheduler } = scheduled({ firstTick: 700 });
    scheduler.start();
    timers.advance(50);
    expect(ticks.map((t) => t.tick)).toEqual([700, 701]);
    expect(scheduler.nextTick).toBe(702);
    expect(scheduler.ticksNow()).toBeCloseTo(701.5, 6);
  });

  test("measures lateness and duration in milliseconds", () => {
    const { timers, scheduler } = scheduled({ onTick: () => timers.freeze(4) });
    scheduler.start();
    timers.advance(990);
    timers.freeze(60);
    timers.advance(0);
    const { latenessMs, durationMs } = scheduler.stats();
    expect(durationMs.p50).toBeGreaterThan(3.9);
    expect(durationMs.p50).toBeLessThan(4.1);
    expect(latenessMs.p50).toBeLessThan(0.1);
    expect(latenessMs.max).toBeGreaterThan(29);
    scheduler.resetTimings();
    expect(scheduler.stats().durationMs).toEqual({ p50: 0, p99: 0, max: 0 });
  });

  test("refuses a second start and numbers out of range, saying what is allowed", () => {
    const { scheduler } = scheduled();
    scheduler.start();
    expect(() => scheduler.start()).toThrow(/room\/scheduler-started/);
    expect(() => scheduled({ tickRate: 0 })).toThrow(/tickRate .* is 0; allowed is 1 to 1000/);
    expect(() => scheduled({ tickRate: Number.NaN })).toThrow(/tickRate/);
    expect(() => scheduled({ maxTicksPerWake: 0 })).toThrow(/maxTicksPerWake/);
    expect(() => scheduled({ firstTick: -1 })).toThrow(/firstTick/);
  });

  test("keeps time on the process' own clock", async () => {
    const done = new Promise<TickScheduler>((resolve, reject) => {
      const scheduler = new TickScheduler({
        tickRate: 100,
        onTick: (tick) => {
          if (tick === 9) {
            scheduler.stop();
            resolve(scheduler);
          }
        },
        onError: reject,
      });
      scheduler.start();
    });
    expect((await done).stats().ticksRun).toBe(10);
  });
});
