import { Region, WorldDefinition } from "@tidelock/server/region";
import { RedisBus } from "@tidelock/server/region/redis";
import { Rng, type Scheduler } from "@tidelock/shared";
import { afterEach, beforeEach, expect, it } from "vitest";
import { checkTrace } from "./checker/check-trace.ts";
import { isKind } from "./checker/violation.ts";
import { ModelHost, type ModelEntity } from "./model-host.ts";
import { MODEL_WORLD } from "./model-world.ts";
import { RedisProcess } from "./redis-process.ts";
import type { CheckedLine } from "./trace-line.ts";

const scheduler: Scheduler = {
  nowMs: () => performance.now(),
  after: (ms, task) => {
    const timer = setTimeout(task, ms);
    return () => clearTimeout(timer);
  },
};
const wait = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

/** How soon things happen, which a machine busy with other tests decides; and the tombstones of the last seconds. */
const isPace = (invariant: string, text: string) =>
  ["I6", "I12"].includes(invariant) || text.includes("is followed by");

let redis: RedisProcess;
beforeEach(async () => {
  redis = await RedisProcess.start();
});
afterEach(() => redis.remove());

it("entities cross a border between two owners over a real Redis, and nothing is lost, doubled or late", async () => {
  const definition = new WorldDefinition(MODEL_WORLD);
  const trace: CheckedLine[] = [];
  const served = await Promise.all(
    [0, 1].map(async (id) => {
      const owner = `owner-${id}`;
      const bus = await RedisBus.connect({ url: redis.url, world: "test", owner, scheduler });
      const host = new ModelHost({
        tickRate: definition.tickRate,
        worldSize: 120,
        onFrame: (player, tick) => trace.push({ kind: "frame", ms: scheduler.nowMs(), player, tick }),
      });
      const region = new Region({
        id,
        world: definition,
        bus,
        host,
        scheduler,
        rng: new Rng(id),
        trace: (event, regionEpoch) =>
          trace.push({ ...event, ms: scheduler.nowMs(), process: owner, region: id, regionEpoch }),
      });
      region.start();
      return { bus, host, region };
    }),
  );
  for (let i = 0; i < 100 && !served.every(({ region }) => region.running); i++) await wait(100);

  for (let id = 1; id <= 12; id++) {
    const entity: ModelEntity = {
      id,
      leader: id,
      player: id,
      x: 50 + id / 2,
      y: 4 * id,
      vx: 10,
      vy: 0,
      items: [id * 100],
      version: 1,
      locked: false,
    };
    served[0].host.entities.set(id, entity);
    trace.push({ kind: "minted", ms: scheduler.nowMs(), entity: id, items: [...entity.items] });
  }
  let tick = 0;
  const startMs = scheduler.nowMs();
  const play = setInterval(() => {
    const due = Math.floor((scheduler.nowMs() - startMs) / 50);
    for (; tick < due; tick++) for (const { region } of served) region.step(tick + 1);
    for (const { host } of served)
      for (const entity of host.entities.values())
        if (!host.isFrozen(entity.id) && Math.abs(entity.x - 60) > 9) entity.vx = entity.x > 60 ? -10 : 10;
  }, 5);
  await wait(4000);
  for (let i = 0; i < 20; i++) {
    for (const { host } of served) for (const entity of host.entities.values()) entity.vx = 0;
    await wait(50);
  }
  clearInterval(play);
  for (const { region, host } of served) {
    region.census();
    for (const { id, items } of host.entities.values())
      trace.push({ kind: "items", ms: scheduler.nowMs(), entity: id, items });
  }
  const ids = Array.from({ length: 12 }, (_, i) => i + 1);
  const records = await new Promise<CheckedLine>((done) =>
    served[0].bus.records(ids, (found) =>
      done({ kind: "records", ms: scheduler.nowMs(), records: found ?? [] }),
    ),
  );
  trace.push(records);
  for (const { bus, region } of served) {
    region.stop();
    bus.close();
  }
  const violations = checkTrace(trace, { ...MODEL_WORLD, toleratedJump: 1, isQuiet: true });
  expect(violations.filter(({ invariant, text }) => !isPace(invariant, text))).toEqual([]);
  expect(trace.filter(isKind("promoted")).length).toBeGreaterThanOrEqual(12);
});
