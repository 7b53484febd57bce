import { compileLagCompensation, MAX_GUESS_MS, NO_VIEW, VIEW_STEPS_PER_TICK } from "@tidelock/shared";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ViewChecks, type ViewFault } from "./view-checks.ts";

const LIMITS = compileLagCompensation("test", 60, { maxRewindMs: 300 });
const STEPS = VIEW_STEPS_PER_TICK;
const GUESS_TICKS = (MAX_GUESS_MS * 60) / 1000;

function checks() {
  const faults: ViewFault[] = [];
  return { faults, views: new ViewChecks(60, LIMITS, (fault) => faults.push(fault)) };
}

describe("what a player says it was shown", () => {
  it("is taken as it stands between two snapshots that its client had", () => {
    const { views, faults } = checks();
    views.receive(100, 14.5 * STEPS, 88, 98);
    views.consume(100);
    expect([views.moment, views.knownTick, faults]).toEqual([85.5, 88, []]);
  });

  it("is taken for a while beyond the newest snapshot, as clients go on showing what they expect", () => {
    const { views, faults } = checks();
    views.receive(100, 4 * STEPS, 88, 98);
    views.consume(100);
    expect([views.moment, faults]).toEqual([96, []]);
  });

  it.each([
    ["view-future", 100, 1, 97, 98],
    ["view-unacked", 100, 8, 60, 60 + GUESS_TICKS],
    ["view-too-old", 100, 19, 88, 81],
  ] as const)("is counted as %s", (fault, tick, distance, acked, moment) => {
    const { views, faults } = checks();
    views.receive(tick, distance * STEPS, acked, 98);
    views.consume(tick);
    expect([views.moment, faults]).toEqual([moment, [fault]]);
  });

  it("never goes back", () => {
    const { views, faults } = checks();
    views.receive(100, 14 * STEPS, 90, 98);
    views.receive(101, 16 * STEPS, 91, 99);
    views.consume(100);
    views.consume(101);
    expect([views.moment, faults]).toEqual([86, ["view-backwards"]]);
  });

  it("does not go back by way of saying nothing for a tick", () => {
    const { views } = checks();
    for (const [tick, distance] of [
      [100, 14 * STEPS],
      [101, NO_VIEW],
      [102, 18 * STEPS],
    ]) {
      views.receive(tick, distance, 90, tick - 2);
      views.consume(tick);
    }
    expect(views.moment).toBe(86);
  });

  it("goes on while inputs are missing, and says nothing where the player said nothing", () => {
    const { views, faults } = checks();
    views.consume(99);
    expect(views.moment).toBeNaN();
    views.receive(100, 14 * STEPS, 90, 98);
    views.consume(100);
    views.consume(101);
    expect(views.moment).toBe(87);
    views.receive(102, NO_VIEW, 92, 100);
    views.consume(102);
    expect([views.moment, faults]).toEqual([Number.NaN, []]);
  });

  it("counts for nothing before the client has acknowledged anything, or after it began anew", () => {
    const { views, faults } = checks();
    views.receive(100, 14 * STEPS, -1, 98);
    views.consume(100);
    expect([views.moment, faults]).toEqual([Number.NaN, ["view-unacked"]]);
    views.receive(101, 14 * STEPS, 90, 98);
    views.consume(101);
    views.reset();
    views.consume(102);
    expect(views.moment).toBeNaN();
  });
});

it("never lets a moment beyond what is known, or back in time, whatever is claimed", () => {
  const claim = fc.record({
    distance: fc.nat(NO_VIEW),
    ackedBefore: fc.integer({ min: 1, max: 60 }),
    gap: fc.integer({ min: 1, max: 3 }),
  });
  fc.assert(
    fc.property(fc.array(claim, { maxLength: 100 }), (claims) => {
      const { views } = checks();
      let [tick, last, acked] = [100, -Infinity, -1];
      for (const { distance, ackedBefore, gap } of claims) {
        tick += gap;
        acked = Math.max(acked, tick - ackedBefore);
        views.receive(tick, distance, acked, tick - 0.5);
        views.consume(tick);
        if (Number.isNaN(views.moment)) continue;
        expect(views.moment).toBeLessThanOrEqual(Math.max(last, Math.min(tick - 0.5, acked + GUESS_TICKS)));
        expect(views.moment).toBeGreaterThanOrEqual(last);
        last = views.moment;
      }
    }),
  );
});
