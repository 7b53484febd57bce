import { VirtualScheduler } from "@tidelock/shared/testing";
import { describe, expect, it, test } from "vitest";
import type { BusBench } from "./bus-bench.ts";
import { busConformance } from "./bus-conformance.ts";
import { MemoryBus, NO_FAULTS } from "./memory-bus.ts";
import { ANSWER_WITHIN_MS } from "./region-bus.ts";
import { RegionStore } from "./region-store.ts";

function memoryBench(): BusBench {
  const scheduler = new VirtualScheduler();
  scheduler.advance(100_000);
  const bus = new MemoryBus({ scheduler, store: new RegionStore() });
  return {
    connect: (owner) => bus.connect(owner),
    wait: (ms) => Promise.resolve(scheduler.advance(ms)),
    leaseMs: 3000,
    restart: () => Promise.resolve(bus.restart(0)),
  };
}

describe("the bus in memory", () => {
  test.each(Object.entries(busConformance))("%s", (_, run) => run(memoryBench()));
});

describe("the faults of the bus in memory", () => {
  function bench() {
    const scheduler = new VirtualScheduler();
    const bus = new MemoryBus({ scheduler, store: new RegionStore({ rememberMs: 2000 }), random: () => 0.5 });
    return { scheduler, bus, a: bus.connect("a"), b: bus.connect("b") };
  }

  it("lose an answer to something that happened", () => {
    const { scheduler, bus, a, b } = bench();
    const answers: unknown[] = [];
    bus.faults = { ...NO_FAULTS, lostAnswers: 1 };
    a.acquire(0, 0, (answer) => answers.push(answer));
    scheduler.advance(ANSWER_WITHIN_MS + 1);
    bus.faults = NO_FAULTS;
    b.acquire(0, 0, (answer) => answers.push(answer?.kind));
    scheduler.advance(1);
    expect(answers).toEqual([undefined, "held"]);
  });

  it("throw an answer away that comes too late", () => {
    const { scheduler, bus, a } = bench();
    const answers: unknown[] = [];
    bus.faults = { ...NO_FAULTS, delayMs: [400, 400] };
    a.acquire(0, 0, (answer) => answers.push(answer));
    scheduler.advance(5000);
    expect(answers).toEqual([undefined]);
  });

  it("forget what was written last", () => {
    const { scheduler, bus, a } = bench();
    const epochs: unknown[] = [];
    a.reassert(0, [{ id: 1, epoch: 2 }], () => {});
    scheduler.advance(1500);
    a.reassert(0, [{ id: 1, epoch: 3 }], () => {});
    scheduler.advance(500);
    bus.restart(1000);
    a.records([1], (records) => epochs.push(records?.[0].epoch));
    scheduler.advance(1);
    expect(epochs).toEqual([2]);
  });

  it("hold back from a paused process what comes in, and drop what a dead or cut one would hear", () => {
    const { scheduler, bus, a, b } = bench();
    const heard: string[] = [];
    a.listen(0, ({ kind }) => heard.push(`a ${kind}`));
    b.listen(0, ({ kind }) => heard.push(`b ${kind}`));
    const speaker = bus.connect("c");
    const say = () => {
      speaker.send(0, { kind: "cancel", from: 1, fromEpoch: 1, hid: "1.1.1" });
      scheduler.advance(1);
    };
    a.pause();
    b.cut = true;
    say();
    expect(heard).toEqual([]);
    a.resume();
    expect(heard).toEqual(["a cancel"]);
    b.cut = false;
    a.kill();
    say();
    expect(heard).toEqual(["a cancel", "b cancel"]);
  });

  it("double and drop messages", () => {
    const { scheduler, bus, a, b } = bench();
    let heard = 0;
    b.listen(0, () => heard++);
    bus.faults = { ...NO_FAULTS, doubledMessages: 1 };
    a.send(0, { kind: "cancel", from: 1, fromEpoch: 1, hid: "1.1.1" });
    scheduler.advance(1);
    bus.faults = { ...NO_FAULTS, lostMessages: 1 };
    a.send(0, { kind: "cancel", from: 1, fromEpoch: 1, hid: "1.1.1" });
    scheduler.advance(1);
    expect(heard).toBe(2);
  });
});
