import { appendFileSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { VirtualScheduler } from "@tidelock/shared/testing";
import { afterEach, beforeEach, describe, expect, it, test } from "vitest";
import { busConformance } from "./bus-conformance.ts";
import { FileStore } from "./file-store.ts";
import { MemoryBus } from "./memory-bus.ts";
import type { Transfer } from "./transfer.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tidelock-store-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const transfer: Transfer = {
  hid: "0.10.1",
  from: 0,
  fromEpoch: 10,
  to: 1,
  toEpoch: 10,
  tick: 9,
  members: [{ id: 1, epoch: 1, state: Uint8Array.of(7, 0, 255) }],
  cursors: [{ player: 2, last: 8 }],
  extra: new Uint8Array(0),
};

/** A store in which a lease was renewed often, a group has moved, and region 0 has journal and snapshot. */
function fill(store: FileStore): void {
  const a = { owner: "a", nowMs: 1000 };
  store.acquire(0, 0, a);
  store.acquire(1, 0, a);
  for (let nowMs = 1000; nowMs < 60_000; nowMs += 1000)
    for (const region of [0, 1]) store.leases.renew(region, "a", 10, nowMs);
  const late = { owner: "a", nowMs: 60_000 };
  expect(store.commit(transfer, false, late)).toBe("committed");
  const kept = { kind: "kept", entity: { id: 5, epoch: 1, state: Uint8Array.of(1) } } as const;
  store.journal(0, 10, { sequence: 1, entries: [kept], arrived: [] }, late);
  store.snapshot(
    0,
    10,
    { tick: 8, sequence: 0, entities: [], cursors: [], state: new Uint8Array(2) },
    [],
    late,
  );
}

function seen(store: FileStore): unknown {
  return { records: store.records([1, 5]), inbox: store.inbox(1), loaded: store.load(0) };
}

describe("the store in files", () => {
  test.each(Object.entries(busConformance))("%s", async (_, run) => {
    const scheduler = new VirtualScheduler();
    scheduler.advance(100_000);
    const store = new FileStore(folder);
    const bus = new MemoryBus({ scheduler, store });
    await run({
      connect: (owner) => bus.connect(owner),
      wait: (ms) => Promise.resolve(scheduler.advance(ms)),
      leaseMs: 3000,
      restart: () => Promise.resolve(bus.restart(0)),
    });
    store.close();
  });

  it("has all that was written when it is opened again, and nobody owns anything", () => {
    const first = new FileStore(folder);
    fill(first);
    const before = seen(first);
    first.close();
    const second = new FileStore(folder);
    expect(seen(second)).toEqual(before);
    const granted = second.acquire(0, 0, { owner: "b", nowMs: 5 });
    expect(granted).toMatchObject({ kind: "granted", epoch: 11, previous: 10 });
    second.close();
  });

  it("passes over what was half written when the process ended, and goes on behind what was whole", () => {
    const first = new FileStore(folder);
    fill(first);
    const before = seen(first);
    first.close();
    appendFileSync(join(folder, "log-0.jsonl"), '{"op":"reassert","region":3,"cla');
    const second = new FileStore(folder);
    expect(seen(second)).toEqual(before);
    second.reassert(0, [{ id: 5, epoch: 4 }]);
    second.close();
    const third = new FileStore(folder);
    expect(third.records([5])).toEqual([{ id: 5, epoch: 4, region: 0 }]);
    third.close();
  });

  it("is the same after its log was replaced by its contents", () => {
    const first = new FileStore(folder);
    fill(first);
    const before = seen(first);
    first.compact();
    first.reassert(0, [{ id: 6, epoch: 2 }]);
    first.close();
    expect(readdirSync(folder).sort()).toEqual(["log-1.jsonl", "store.json"]);
    const second = new FileStore(folder);
    expect(seen(second)).toEqual(before);
    expect(second.records([6])).toHaveLength(1);
    second.close();
  });
});
