import { describe, expect, it } from "vitest";
import { AckGate } from "./ack-gate.ts";

/** Sends a frame every 33 ms where the gate allows it; acks come back after `roundTripMs` while the path is up. */
function play(
  gate: AckGate,
  from: { ms: number; sequence: number },
  ms: number,
  path: { up: boolean; roundTripMs: number },
) {
  const acks: { atMs: number; sequence: number }[] = [];
  const sentAt: number[] = [];
  const until = from.ms + ms;
  for (; from.ms < until; from.ms += 33) {
    while (acks.length > 0 && acks[0].atMs <= from.ms) gate.acked(acks.shift()!.sequence, from.ms);
    if (!gate.maySend(from.ms)) continue;
    from.sequence += 1;
    gate.sent(from.sequence, from.ms);
    sentAt.push(from.ms);
    if (path.up) acks.push({ atMs: from.ms + path.roundTripMs, sequence: from.sequence });
  }
  return sentAt;
}

describe("an ack gate", () => {
  it("lets every frame through while acks come", () => {
    const gate = new AckGate();
    expect(play(gate, { ms: 0, sequence: 0 }, 3300, { up: true, roundTripMs: 100 })).toHaveLength(100);
  });

  it("stays open on a path whose round trip is longer than the limit, once acks come", () => {
    const gate = new AckGate();
    const at = { ms: 0, sequence: 0 };
    play(gate, at, 990, { up: true, roundTripMs: 600 });
    gate.acked(at.sequence, at.ms);
    expect(play(gate, at, 330, { up: true, roundTripMs: 0 })).toHaveLength(10);
  });

  it("stops within a third of a second of the last ack, then probes ever slower, down to four times a second", () => {
    const gate = new AckGate();
    const at = { ms: 0, sequence: 0 };
    play(gate, at, 990, { up: true, roundTripMs: 66 });
    gate.acked(at.sequence, at.ms);
    const sent = play(gate, at, 3300, { up: false, roundTripMs: 0 });
    const early = sent.filter((ms) => ms < 990 + 400).length;
    expect(early).toBeLessThanOrEqual(13);
    const probes = sent.slice(early).map((ms, i, all) => ms - (all[i - 1] ?? ms));
    expect(probes[1]).toBeLessThan(140);
    expect(probes.at(-1)).toBeGreaterThanOrEqual(250);
    expect(probes.length).toBeGreaterThanOrEqual(10);
    expect(probes.length).toBeLessThanOrEqual(20);
    expect(gate.stalled(at.ms)).toBe(true);
  });

  it("opens at the first new ack", () => {
    const gate = new AckGate();
    const at = { ms: 0, sequence: 0 };
    play(gate, at, 2000, { up: false, roundTripMs: 0 });
    expect(gate.stalled(at.ms)).toBe(true);
    gate.acked(at.sequence, at.ms);
    expect(gate.stalled(at.ms)).toBe(false);
    expect(gate.maySend(at.ms)).toBe(true);
  });

  it("is not opened by old acks, by repeated ones, or by acks of frames never sent", () => {
    const gate = new AckGate();
    gate.sent(1, 0);
    gate.sent(2, 33);
    gate.acked(1, 60);
    for (const sequence of [1, 0, -5, 3, 1e9, Number.NaN]) gate.acked(sequence, 500);
    expect(gate.stalled(500)).toBe(true);
  });

  it("does not take a pause in sending for an outage", () => {
    const gate = new AckGate();
    gate.sent(1, 0);
    gate.acked(1, 50);
    expect(gate.stalled(60_000)).toBe(false);
    gate.sent(2, 60_000);
    expect(gate.stalled(60_100)).toBe(false);
  });
});
