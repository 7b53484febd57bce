import { VirtualScheduler } from "@tidelock/shared/testing";
import { describe, expect, it } from "vitest";
import { HOLD_MS, LeaseKeeper } from "./lease-keeper.ts";
import { MemoryBus } from "./memory-bus.ts";
import { LEASE_MS } from "./region-bus.ts";
import { RegionStore } from "./region-store.ts";

function bench() {
  const scheduler = new VirtualScheduler();
  const bus = new MemoryBus({ scheduler, store: new RegionStore({ rememberMs: 2000 }) });
  const keeper = (name: string) => {
    const connection = bus.connect(name);
    const said: string[] = [];
    const lease = new LeaseKeeper({
      bus: connection,
      region: 0,
      scheduler,
      granted: (_, resumed) => said.push(resumed ? "resumed" : "granted"),
      lapsed: () => said.push("lapsed"),
      lost: () => said.push("lost"),
      restarted: () => said.push("restarted"),
    });
    lease.start();
    return { lease, connection, said };
  };
  return { scheduler, bus, keeper };
}

describe("the keeper of a lease", () => {
  it("has it while it is renewed, and nobody else gets it", () => {
    const { scheduler, keeper } = bench();
    const a = keeper("a");
    const b = keeper("b");
    scheduler.advance(20_000);
    expect([a.lease.holds, a.said, b.lease.holds, b.said]).toEqual([true, ["granted"], false, []]);
  });

  it("stops by its own clock, before anybody else can have the region", () => {
    const { scheduler, keeper } = bench();
    const a = keeper("a");
    const b = keeper("b");
    scheduler.advance(2000);
    a.connection.cut = true;
    for (let ms = 0; ms < 2 * LEASE_MS; ms += 10) {
      scheduler.advance(10);
      expect(a.lease.holds && b.lease.holds).toBe(false);
    }
    expect([a.lease.check(), b.lease.holds]).toEqual([false, true]);
    expect(b.lease.epoch).toBeGreaterThan(a.lease.epoch);
    a.connection.cut = false;
    scheduler.advance(1000);
    expect(a.said).toEqual(["granted", "lapsed", "lost"]);
  });

  it("gets back what nobody else had in between, and knows it", () => {
    const { scheduler, keeper } = bench();
    const a = keeper("a");
    scheduler.advance(100);
    a.connection.cut = true;
    scheduler.advance(HOLD_MS + 5000);
    a.connection.cut = false;
    scheduler.advance(1000);
    expect([a.lease.holds, a.said]).toEqual([true, ["granted", "lapsed", "resumed"]]);
  });

  it("is not brought back by an answer that comes after it lapsed", () => {
    const { scheduler, bus, keeper } = bench();
    const a = keeper("a");
    scheduler.advance(100);
    a.connection.pause();
    bus.faults = { ...bus.faults, delayMs: [200, 200] };
    scheduler.advance(HOLD_MS + 100);
    a.connection.resume();
    expect(a.lease.holds).toBe(false);
  });

  it("gives the region to the next one at once when it stops", () => {
    const { scheduler, keeper } = bench();
    const a = keeper("a");
    const b = keeper("b");
    scheduler.advance(1000);
    a.lease.stop();
    scheduler.advance(300);
    expect([a.lease.holds, b.lease.holds]).toEqual([false, true]);
  });

  it("keeps a lease over a restart of the store, and says that there was one", () => {
    const { scheduler, bus, keeper } = bench();
    const a = keeper("a");
    const b = keeper("b");
    scheduler.advance(1500);
    bus.restart(2000);
    scheduler.advance(10_000);
    expect([a.said, b.said]).toEqual([["granted", "restarted"], ["restarted"]]);
    expect(a.lease.holds).toBe(true);
  });
});
