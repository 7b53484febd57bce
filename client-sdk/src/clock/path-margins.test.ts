import { Rng } from "@tidelock/shared";
import { describe, expect, test } from "vitest";
import { PathMargins } from "./path-margins.ts";

const TICK_MS = 1000 / 60;
const REPORT_MS = 2 * TICK_MS;
const DEEPEST_TICKS = 18;

/** Thirty reports a second for so long, each of what `marginAt` says; the time at which they end. */
function report(
  margins: PathMargins,
  fromMs: number,
  seconds: number,
  marginAt: (ms: number) => number,
): number {
  const untilMs = fromMs + seconds * 1000;
  let nowMs = fromMs;
  for (; nowMs < untilMs; nowMs += REPORT_MS) margins.observe(marginAt(nowMs), nowMs);
  return nowMs;
}

const planned = (margins: PathMargins, nowMs: number): number =>
  margins.typicalTicks - margins.plannedTicks(nowMs);

/** One report in a hundred is of a burst, whose length in ticks is geometric with this mean. */
function bursts(random: Rng, meanTicks: number): () => number {
  return () => {
    if (random.float() >= 0.01) return -6;
    let ticks = 1;
    while (random.float() >= 1 / meanTicks) ticks++;
    return -6 - ticks;
  };
}

describe("what is planned for", () => {
  test("is next to nothing on a path that does not vary", () => {
    const margins = new PathMargins(TICK_MS, DEEPEST_TICKS, 0);
    const endMs = report(margins, 0, 60, () => -6);
    expect(margins.typicalTicks).toBeCloseTo(-6, 9);
    expect(planned(margins, endMs)).toBeLessThan(1);
  });

  test("is little more than jitter where that is all", () => {
    const random = new Rng(1);
    const margins = new PathMargins(TICK_MS, DEEPEST_TICKS, 0);
    const endMs = report(margins, 0, 120, () => -6 - random.float());
    expect(planned(margins, endMs)).toBeGreaterThan(0.4);
    expect(planned(margins, endMs)).toBeLessThan(2);
  });

  test("grows with the length of bursts, beyond the longest there was, and ends at the bound", () => {
    const depths = [1.5, 3, 12].map((mean) => {
      const margins = new PathMargins(TICK_MS, DEEPEST_TICKS, 0);
      return planned(margins, report(margins, 0, 120, bursts(new Rng(2), mean)));
    });
    expect(depths[0]).toBeGreaterThan(2);
    expect(depths[1]).toBeGreaterThan(depths[0] + 3);
    expect(depths[2]).toBeGreaterThanOrEqual(DEEPEST_TICKS);
  });

  test("is forgiven within minutes on a path that has become better", () => {
    const margins = new PathMargins(TICK_MS, DEEPEST_TICKS, 0);
    const badMs = report(margins, 0, 120, bursts(new Rng(3), 3));
    const bad = planned(margins, badMs);
    const goodMs = report(margins, badMs, 240, () => -6);
    expect(planned(margins, goodMs)).toBeLessThan(bad / 2);
  });
});

describe("a route that becomes slower", () => {
  test("is followed within a fifth of a second, and taken for no tail", () => {
    const margins = new PathMargins(TICK_MS, DEEPEST_TICKS, 0);
    const slowMs = report(margins, 0, 60, () => -6);
    const endMs = report(margins, slowMs, 0.2, () => -11);
    expect(margins.typicalTicks).toBeCloseTo(-11, 1);
    expect(
      planned(
        margins,
        report(margins, endMs, 5, () => -11),
      ),
    ).toBeLessThan(1.5);
  });

  test("is not seen in a burst, of which one report tells", () => {
    const margins = new PathMargins(TICK_MS, DEEPEST_TICKS, 0);
    report(margins, 0, 60, (ms) => (Math.round(ms / REPORT_MS) % 300 === 7 ? -16 : -6));
    expect(margins.typicalTicks).toBeGreaterThan(-6.2);
  });
});
