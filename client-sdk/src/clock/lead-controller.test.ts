import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LeadController } from "./lead-controller.ts";

const TICK_MS = 1000 / 60;

interface Path {
  readonly roundTripMs: number;
  /** Margin lost on the way, in ticks, for the frame with this number. */
  readonly lateBy?: (frame: number) => number;
}

/** Runs frames against an ideal server that reports each margin one round trip later; returns each frame. */
function run(lead: LeadController, path: Path, frames: number, startFrame = 0) {
  const pathTicks = path.roundTripMs / TICK_MS;
  const reports: { atFrame: number; margin: number; tick: number }[] = [];
  const seen: { predicted: number; speed: number; slack: number; margin: number }[] = [];
  for (let frame = startFrame; frame < startFrame + frames; frame++) {
    const nowMs = frame * TICK_MS;
    while (reports.length > 0 && reports[0].atFrame <= frame) {
      const report = reports.shift();
      if (report) lead.observeMargin(report.margin, nowMs, report.tick);
    }
    const predicted = lead.advance(nowMs);
    // In these tests the server's tick "as of arrival" is the frame number.
    const margin = Math.floor(predicted) - frame - pathTicks - (path.lateBy?.(frame) ?? 0);
    reports.push({ atFrame: frame + Math.ceil(pathTicks), margin, tick: Math.floor(predicted) });
    seen.push({ predicted, speed: lead.speed, slack: lead.slackTicks, margin });
  }
  return seen;
}

function startedLead(rttMs: number, path: Path): LeadController {
  const lead = new LeadController(60);
  for (let sample = 0; sample < 20; sample++) lead.observeRtt(rttMs);
  run(lead, path, 0);
  lead.start(0, 0);
  return lead;
}

describe("on a steady path", () => {
  const path = { roundTripMs: 100 };

  test("starts at the round trip with a little slack, and no input is ever late", () => {
    const seen = run(startedLead(100, path), path, 1200);
    expect(Math.min(...seen.map((frame) => frame.margin))).toBeGreaterThan(0);
  });

  test("comes to rest with little slack", () => {
    const seen = run(startedLead(100, path), path, 1800).slice(-300);
    expect(Math.max(...seen.map((frame) => frame.slack))).toBeLessThan(3.1);
    expect(Math.max(...seen.map((frame) => Math.abs(frame.speed - 1)))).toBeLessThan(0.01);
  });
});

describe("when the path turns slower by 60 ms", () => {
  const path = { roundTripMs: 100, lateBy: (frame: number) => (frame >= 600 ? 3.6 : 0) };
  const seen = run(startedLead(100, path), path, 1800);

  test("speeds up by no more than a tenth, without a step", () => {
    expect(Math.max(...seen.map((frame) => frame.speed))).toBeLessThanOrEqual(1.1);
  });

  test("is in time again within a second", () => {
    expect(Math.min(...seen.slice(660).map((frame) => frame.margin))).toBeGreaterThan(0);
  });

  test("does not swing, though every correction is reported on only a round trip later", () => {
    const directions = seen
      .slice(600)
      .map((frame) => (Math.abs(frame.speed - 1) > 0.01 ? Math.sign(frame.speed - 1) : 0))
      .filter((direction) => direction !== 0);
    const turns = directions.filter((direction, index) => index > 0 && direction !== directions[index - 1]);
    expect(turns.length).toBeLessThanOrEqual(1);
    expect(Math.max(...seen.slice(700).map((frame) => frame.margin))).toBeLessThan(7);
  });
});

describe("beyond ten ticks", () => {
  test("steps forward at once", () => {
    const lead = new LeadController(60);
    lead.observeRtt(20);
    lead.start(0, 0);
    const before = lead.advance(TICK_MS);
    lead.observeMargin(-25, 2 * TICK_MS);
    expect(lead.advance(2 * TICK_MS) - before).toBeGreaterThan(20);
    expect(lead.hardSteps).toBe(1);
  });

  test("steps back by waiting, for shown ticks are not taken back", () => {
    const lead = new LeadController(60);
    lead.observeRtt(20);
    lead.start(0, 0);
    lead.observeMargin(60, TICK_MS);
    const before = lead.advance(TICK_MS);
    for (let frame = 2; frame < 30; frame++) expect(lead.advance(frame * TICK_MS)).toBeCloseTo(before, 9);
    expect(lead.speed).toBe(0);
    const later = lead.advance(90 * TICK_MS);
    expect(later).toBeGreaterThan(before);
    expect(lead.hardSteps).toBe(1);
  });
});

test("a correction in flight is not made twice", () => {
  const lead = new LeadController(60);
  for (let sample = 0; sample < 30; sample++) lead.observeRtt(500);
  lead.start(0, 0);
  let nowMs = 0;
  lead.advance(nowMs);
  lead.observeMargin(-3, nowMs, 0);
  // For the whole round trip the server goes on reporting what it saw before the correction took effect.
  for (let frame = 1; frame <= 30; frame++) {
    nowMs = frame * TICK_MS;
    lead.advance(nowMs);
    lead.observeMargin(-3, nowMs, 0);
  }
  expect(lead.slackTicks).toBeGreaterThan(0);
  expect(lead.slackTicks).toBeLessThan(2);
});

test("never goes back in time and never speeds beyond its bounds, whatever the server reports", () => {
  const event = fc.record({
    gapMs: fc.double({ min: -5, max: 300, noNaN: true }),
    margin: fc.double(),
    tick: fc.option(fc.nat(5000), { nil: undefined }),
  });
  fc.assert(
    fc.property(fc.array(event, { maxLength: 200 }), (events) => {
      const lead = new LeadController(60);
      lead.observeRtt(80);
      lead.start(100, 1000);
      let nowMs = 1000;
      let last = lead.predictedTick;
      for (const { gapMs, margin, tick } of events) {
        nowMs += gapMs;
        lead.observeMargin(margin, nowMs, tick);
        const predicted = lead.advance(nowMs);
        expect(predicted).toBeGreaterThanOrEqual(last);
        expect(Number.isFinite(predicted)).toBe(true);
        expect(lead.speed).toBeLessThanOrEqual(1.1);
        last = predicted;
      }
    }),
  );
});

test("a new start forgets the old path", () => {
  const path = { roundTripMs: 100, lateBy: (frame: number) => (frame % 50 === 0 ? 6 : 0) };
  const lead = startedLead(100, path);
  run(lead, path, 600);
  expect(lead.slackTicks).toBeGreaterThan(5);
  lead.start(5000, 20_000);
  expect(lead.slackTicks).toBe(0);
  expect(lead.predictedTick).toBeGreaterThan(5000);
  expect(lead.predictedTick).toBeLessThan(5010);
});
