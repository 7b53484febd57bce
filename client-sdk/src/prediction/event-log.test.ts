import type { WorldEvent } from "@tidelock/shared";
import { describe, expect, it } from "vitest";
import { EventLog } from "./event-log.ts";

const shot = (by: number, x = 0.5): WorldEvent => ({ name: "shot", data: { by, at: { x, y: 1 } } });

/** Replays everything after `from` with other events by tick; returns what is told. */
function replay(log: EventLog, from: number, events: Record<number, WorldEvent[]>) {
  const told = { events: [] as WorldEvent[], cancelled: [] as WorldEvent[] };
  log.beginReplay(from);
  for (const [tick, list] of Object.entries(events)) log.add(Number(tick), list);
  log.endReplay({
    event: (event) => told.events.push(event),
    cancelled: (event) => told.cancelled.push(event),
  });
  return told;
}

describe("one-shot events of replayed ticks", () => {
  it("are told of no second time, though they happen a tick later and elsewhere", () => {
    const log = new EventLog();
    log.add(10, [shot(1, 0.5)]);
    expect(replay(log, 8, { 11: [shot(1, 0.75)] })).toEqual({ events: [], cancelled: [] });
  });

  it("are called off when a replay has them no more", () => {
    const log = new EventLog();
    log.add(10, [shot(1), shot(2)]);
    expect(replay(log, 8, { 10: [shot(2)] })).toEqual({ events: [], cancelled: [shot(1)] });
  });

  it("are told of late when only a replay has them", () => {
    const log = new EventLog();
    expect(replay(log, 8, { 9: [shot(3)] })).toEqual({ events: [shot(3)], cancelled: [] });
    expect(replay(log, 8, { 9: [shot(3)] })).toEqual({ events: [], cancelled: [] });
  });

  it("count one by one: of three shots two may stay", () => {
    const log = new EventLog();
    log.add(10, [shot(1), shot(1), shot(1)]);
    expect(replay(log, 8, { 10: [shot(1), shot(1)] }).cancelled).toHaveLength(1);
  });

  it("stay as they are up to the tick that the replay begins from", () => {
    const log = new EventLog();
    log.add(8, [shot(1)]);
    expect(replay(log, 8, { 9: [] })).toEqual({ events: [], cancelled: [] });
  });
});
