import { describe, expect, it } from "vitest";
import { TellingLog, type TellingReason } from "./telling-log.ts";

const unknown = () => ({ tick: 0, reason: "not-in-view" as const });

function noted(reasons: readonly TellingReason[]): TellingLog {
  const log = new TellingLog();
  log.ask(7, 0, unknown);
  for (const [i, reason] of reasons.entries()) log.note((i + 1) * 2, () => reason);
  return log;
}

describe("why an entity was not sent", () => {
  it("is said for the last send tick, and since when it is so", () => {
    const log = noted(["sent", "over-budget", "over-budget", "over-budget"]);
    expect(log.ask(7, 9, unknown)).toEqual({ tick: 8, reason: "over-budget", since: 4, told: 2 });
  });

  it("is said for a tick of the past too, as far as it was watched", () => {
    const log = noted(["sent", "over-budget", "no-packet", "as-predicted"]);
    expect(log.ask(7, 5, unknown)).toEqual({ tick: 4, reason: "over-budget", since: 4, told: 2 });
    expect(log.ask(7, 8, unknown)).toEqual({ tick: 8, reason: "as-predicted", since: 8, told: 8 });
    expect(log.ask(7, -1, unknown)).toBeUndefined();
  });

  it("is remembered for 64 send ticks", () => {
    const log = noted(Array.from({ length: 100 }, (_, i) => (i === 0 ? "sent" : "over-budget")));
    expect(log.ask(7, 200, unknown)).toEqual({ tick: 200, reason: "over-budget", since: 74, told: -1 });
    expect(log.ask(7, 70, unknown)).toBeUndefined();
  });

  it("is noted of no more entities than somebody asks for, and not for ever", () => {
    const log = new TellingLog();
    for (let id = 0; id < 100; id++) log.ask(id, 0, unknown);
    const asked = new Set<number>();
    const note = (tick: number): void =>
      log.note(tick, (id) => {
        asked.add(id);
        return "sent";
      });
    note(1);
    expect(asked).toEqual(new Set(Array.from({ length: 32 }, (_, i) => 68 + i)));
    for (let tick = 2; tick < 1100; tick++) note(tick);
    asked.clear();
    note(1100);
    expect(asked.size).toBe(0);
  });
});
