import { expect, test } from "vitest";
import { Counters } from "./counters.ts";

test("counts by name and reason", () => {
  const counters = new Counters();
  counters.add("input_dropped", "late");
  counters.add("input_dropped", "late", 4);
  counters.add("input_dropped", "early");
  counters.add("ticks_skipped");
  expect(counters.snapshot()).toEqual({ input_dropped: { late: 5, early: 1 }, ticks_skipped: { "": 1 } });
  expect(counters.get("input_dropped", "late")).toBe(5);
  expect(counters.get("input_dropped", "never")).toBe(0);
});

test("counts only grow", () => {
  const counters = new Counters();
  for (const count of [0, -3, Number.NaN]) counters.add("frames", "sent", count);
  expect(counters.snapshot()).toEqual({});
});

test("a snapshot is a copy", () => {
  const counters = new Counters();
  counters.add("frames", "sent");
  const before = counters.snapshot();
  counters.add("frames", "sent");
  expect(before).toEqual({ frames: { sent: 1 } });
});

test("memory stays bounded whatever names and reasons are used, and no count is lost", () => {
  const counters = new Counters();
  for (let i = 0; i < 5000; i++) {
    counters.add("dropped", `reason-${i}`);
    counters.add(`name-${i}`, "__proto__");
  }
  const snapshot = counters.snapshot();
  expect(Object.keys(snapshot).length).toBeLessThanOrEqual(129);
  expect(Object.keys(snapshot["dropped"]!).length).toBeLessThanOrEqual(49);
  let sum = 0;
  for (const reasons of Object.values(snapshot)) for (const count of Object.values(reasons)) sum += count;
  expect(sum).toBe(10_000);
});

test("shows counts kept elsewhere beside its own, and a source attached twice once", () => {
  const counters = new Counters();
  const counts: Record<string, number> = { "too-large": 2 };
  const source = { snapshot: () => ({ ...counts }) };
  counters.attach("frames_dropped", source);
  counters.attach("frames_dropped", source);
  counters.add("frames_dropped", "too-large");
  counts["backlog"] = 7;
  expect(counters.snapshot()).toEqual({ frames_dropped: { "too-large": 3, backlog: 7 } });
  expect(counters.get("frames_dropped", "too-large")).toBe(3);
});
