import { expect, test } from "vitest";
import { NetGraphModel } from "./net-graph-model.ts";
import type { NetStats } from "./net-stats.ts";
import { SnapshotLog } from "./snapshot-log.ts";

function statsWith(changes: Partial<NetStats>): NetStats {
  return {
    transport: "loopback",
    rttMs: 40,
    jitterMs: 1,
    lossShare: 0,
    longestLossBurst: 0,
    inputMarginTicks: 1,
    leadTicks: 4,
    interpolationDelayMs: 50,
    playoutRoomTicks: 1,
    snapshotAgeMs: 10,
    corrections: 0,
    correctionSize: 0,
    resimulatedTicks: 0,
    bytesIn: {},
    bytesOut: {},
    snapshots: new SnapshotLog(),
    ...changes,
  };
}

test("makes rates per second of totals, by type", () => {
  const model = new NetGraphModel();
  for (let frame = 0; frame <= 180; frame++) {
    model.sample(
      statsWith({
        resimulatedTicks: frame * 2,
        bytesIn: { player: frame * 50, bullet: frame * 10 },
        bytesOut: { input: frame * 20 },
      }),
      (frame * 1000) / 60,
    );
  }
  expect(model.resimulatedPerSecond).toBeCloseTo(120, 6);
  expect(model.trafficIn.map(({ type, bytesPerSecond }) => [type, Math.round(bytesPerSecond)])).toEqual([
    ["player", 3000],
    ["bullet", 600],
  ]);
  expect(model.trafficOut[0].bytesPerSecond).toBeCloseTo(1200, 6);
});

test("a rate falls to zero within a second and a bit when nothing more comes", () => {
  const model = new NetGraphModel();
  for (let frame = 0; frame <= 140; frame++) {
    model.sample(statsWith({ corrections: Math.min(frame, 60) }), (frame * 1000) / 60);
    if (frame === 60) expect(model.correctionsPerSecond).toBeCloseTo(60, 0);
  }
  expect(model.correctionsPerSecond).toBe(0);
});

test("marks the frame in which a correction came, whatever its size, and not those made before it looked", () => {
  const model = new NetGraphModel();
  model.sample(statsWith({ corrections: 7, correctionSize: 2 }), 0);
  model.sample(statsWith({ corrections: 8, correctionSize: 0.5 }), 16);
  model.sample(statsWith({ corrections: 9, correctionSize: 0 }), 33);
  model.sample(statsWith({ corrections: 9, correctionSize: 0 }), 50);
  expect(model.correction.at(3)).toBe(0);
  expect(model.correction.at(2)).toBe(0.5);
  expect(model.correction.at(1)).toBeGreaterThan(0);
  expect(model.correction.at(0)).toBe(0);
});

test("does not grow with the number of types it is shown", () => {
  const model = new NetGraphModel();
  for (let frame = 0; frame < 100; frame++)
    model.sample(statsWith({ bytesIn: { [`type${frame}`]: 1 } }), frame * 16);
  expect(model.trafficIn.length).toBeLessThanOrEqual(16);
});
