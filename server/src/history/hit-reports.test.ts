import { expect, test } from "vitest";
import { HitReports } from "./hit-reports.ts";
import { RewindCounts } from "./rewind-counts.ts";

function told(reports: HitReports): Map<number, readonly unknown[]> {
  const told = new Map<number, readonly unknown[]>();
  reports.flush((player, hits) => told.set(player, hits));
  return told;
}

test("both players are told of a hit once, in whole milliseconds, and nobody of what belongs to nobody", () => {
  const reports = new HitReports();
  reports.add({ by: 1, victim: 2, rewindMs: 233.4, capped: false });
  reports.add({ by: 1, victim: 0, rewindMs: 300, capped: true });
  expect(told(reports)).toEqual(
    new Map([
      [
        1,
        [
          { wasHit: false, rewindMs: 233, capped: false },
          { wasHit: false, rewindMs: 300, capped: true },
        ],
      ],
      [2, [{ wasHit: true, rewindMs: 233, capped: false }]],
    ]),
  );
  expect(told(reports).size).toBe(0);
});

test("a player with very many hits is told of the first of them", () => {
  const reports = new HitReports();
  for (let i = 0; i < 1000; i++) reports.add({ by: 1, victim: 2, rewindMs: i, capped: false });
  expect(told(reports).get(1)).toHaveLength(32);
});

test("hits are counted by how far back they lay", () => {
  const counts = new RewindCounts();
  counts.add(0, false);
  counts.add(24.9, false);
  counts.add(25, true);
  counts.add(9999, true);
  expect([counts.byMs[0], counts.byMs[1], counts.byMs.at(-1)]).toEqual([2, 1, 1]);
  expect([counts.hits, counts.capped]).toEqual([4, 2]);
});
