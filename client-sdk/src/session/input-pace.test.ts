import { describe, expect, it } from "vitest";
import { InputPace } from "./input-pace.ts";

/** A snapshot of a server that has much to tell. */
const LARGE = 300;

/** Packets sent in a second of 60 ticks, while snapshots come every so many. */
function packetsPerSecond(pace: InputPace, snapshotEvery: number): number {
  let packets = 0;
  let sequence = 0;
  for (let tick = 1; tick <= 180; tick++) {
    if (tick % snapshotEvery === 0) pace.observe(tick, sequence++, LARGE);
    if (!pace.due(tick)) continue;
    pace.sent(tick);
    if (tick > 120) packets++;
  }
  return packets;
}

describe("the pace of inputs", () => {
  it("is one packet per tick while snapshots come as often as they are due", () => {
    for (const every of [1, 2, 4]) expect(packetsPerSecond(new InputPace(60, every), every)).toBe(60);
  });

  it("is little more than a third of that where the path lets the server send but few", () => {
    for (const every of [4, 6, 12])
      expect(packetsPerSecond(new InputPace(60, 2), every)).toBeLessThanOrEqual(30);
  });

  it("is one per tick where snapshots are few but small: they would fit", () => {
    const pace = new InputPace(60, 2);
    for (let sequence = 0; sequence < 40; sequence++) pace.observe(sequence * 4, sequence, 60);
    expect(pace.ticks).toBe(1);
  });

  it("does not change with snapshots that are lost", () => {
    const pace = new InputPace(60, 2);
    for (let sequence = 0; sequence < 40; sequence += 4) pace.observe(sequence * 2, sequence, LARGE);
    expect(pace.ticks).toBe(1);
  });

  it("is back at one per tick soon after the snapshots are", () => {
    const pace = new InputPace(60, 2);
    for (let sequence = 0; sequence < 20; sequence++) pace.observe(sequence * 12, sequence, LARGE);
    expect(pace.ticks).toBe(3);
    for (let i = 1; i <= 20; i++) pace.observe(19 * 12 + i * 2, 19 + i, LARGE);
    expect(pace.ticks).toBe(1);
  });

  it("acknowledges each snapshot with the next tick", () => {
    const pace = new InputPace(60, 2);
    for (let sequence = 0; sequence < 20; sequence++) pace.observe(sequence * 12, sequence, LARGE);
    pace.sent(300);
    expect(pace.due(301)).toBe(false);
    pace.observe(252, 20, LARGE);
    expect(pace.due(301)).toBe(true);
  });

  it("keeps games of 30 ticks a second at one per tick", () => {
    const pace = new InputPace(30, 1);
    for (let sequence = 0; sequence < 20; sequence++) pace.observe(sequence * 6, sequence, LARGE);
    expect(pace.ticks).toBe(1);
  });
});
