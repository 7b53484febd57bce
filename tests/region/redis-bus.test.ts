import { type BusBench, busConformance } from "@tidelock/server/testing";
import { RedisBus } from "@tidelock/server/region/redis";
import type { RegionBus, RegionMessage } from "@tidelock/server/region";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { RedisProcess } from "./redis-process.ts";

const LEASE_MS = 400;

let redis: RedisProcess;
let worlds = 0;
const open: RedisBus[] = [];

const scheduler = {
  nowMs: () => performance.now(),
  after: (ms: number, task: () => void) => {
    const timer = setTimeout(task, ms);
    return () => clearTimeout(timer);
  },
};

function connect(owner: string, world: string): Promise<RedisBus> {
  return RedisBus.connect({ url: redis.url, world, owner, scheduler, leaseMs: LEASE_MS });
}

async function redisBench(): Promise<BusBench> {
  const world = `world-${++worlds}`;
  const buses = new Map<string, RegionBus>();
  for (const owner of ["a", "b"]) {
    const bus = await connect(owner, world);
    open.push(bus);
    buses.set(owner, bus);
  }
  const wait = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));
  return {
    connect: (owner) => buses.get(owner)!,
    wait,
    leaseMs: LEASE_MS,
    restart: async () => {
      await redis.kill();
      await redis.start();
      await wait(250);
    },
  };
}

beforeAll(async () => {
  redis = await RedisProcess.start();
  // A Redis that has just started may be one that lost its memory: nobody gets a region at once.
  await new Promise((done) => setTimeout(done, 1100));
});

afterAll(async () => {
  for (const bus of open) bus.close();
  await redis.remove();
});

describe("the bus in Redis", () => {
  test.each(Object.entries(busConformance))("%s", async (_, run) => run(await redisBench()));

  it("keeps worlds apart", async () => {
    const bench = await redisBench();
    const other = await redisBench();
    const heard: RegionMessage[] = [];
    other.connect("b").listen(1, (message) => heard.push(message));
    await bench.wait(50);
    bench.connect("a").send(1, { kind: "cancel", from: 0, fromEpoch: 1, hid: "0.1.1" });
    await bench.wait(50);
    expect(heard).toEqual([]);
  });

  it("answers that it does not know while Redis is away, and again when it is back", async () => {
    const bench = await redisBench();
    const bus = bench.connect("a");
    const ask = () => new Promise((done) => bus.records([1], done));
    await redis.kill();
    await bench.wait(50);
    expect(await ask()).toBeUndefined();
    await redis.start();
    await bench.wait(300);
    expect(await ask()).toEqual([]);
  });

  it("says where no Redis answers", async () => {
    const failing = RedisBus.connect({ url: "redis://127.0.0.1:1", world: "w", owner: "a", scheduler });
    await expect(failing).rejects.toMatchObject({ code: "region/redis-unreachable" });
  });
});
