import { expect, test } from "vitest";
import { SnapshotLog } from "./snapshot-log.ts";

test("keeps the fate of each snapshot, the newest first", () => {
  const log = new SnapshotLog();
  log.arrived(3, 100, false);
  log.lost(2);
  log.arrived(90, 140, true);
  expect(log.length).toBe(4);
  expect([0, 1, 2, 3].map((back) => log.fate(back))).toEqual(["late", "lost", "lost", "on-time"]);
  expect(log.delayMs(0)).toBe(90);
  expect(log.bytes(3)).toBe(100);
});

test("a snapshot overtaken by others turns from lost to late", () => {
  const log = new SnapshotLog();
  log.lost(1);
  log.arrived(2, 100, false);
  log.recovered(40, 90);
  expect([log.fate(0), log.fate(1)]).toEqual(["on-time", "late"]);
  expect(log.delayMs(1)).toBe(40);
  log.recovered(40, 90); // none is missing: nothing changes
  expect([log.fate(0), log.fate(1)]).toEqual(["on-time", "late"]);
});

test("remembers the last 256 and no more, however large the gap", () => {
  const log = new SnapshotLog();
  log.lost(1_000_000);
  expect(log.length).toBe(256);
  for (let index = 0; index < 256; index++) log.arrived(index, 1, false);
  expect(log.delayMs(255)).toBe(0);
  expect(log.delayMs(0)).toBe(255);
});
