// A process of the model world over a real Redis: model-program.ts URL START_MS NAME TRACE_FILE
import { openSync, writeSync } from "node:fs";
import { createInterface } from "node:readline";
import { Region, type RegionId, RegionPlacement, WorldDefinition } from "@tidelock/server/region";
import { RedisBus } from "@tidelock/server/region/redis";
import { Rng, type Scheduler } from "@tidelock/shared";
import { ModelHost } from "./model-host.ts";
import { MODEL_WORLD } from "./model-world.ts";
import type { CheckedLine } from "./trace-line.ts";

const [url, start, name, traceFile] = process.argv.slice(2);
const startMs = Number(start);
const tickMs = 1000 / MODEL_WORLD.tickRate;
const file = openSync(traceFile, "a");
// One clock for all processes of the machine, finer than Date's.
const nowMs = (): number => performance.timeOrigin + performance.now();
const trace = (line: CheckedLine): void => void writeSync(file, `${JSON.stringify(line)}\n`);
const scheduler: Scheduler = {
  nowMs: () => performance.now(),
  after: (ms, task) => {
    const timer = setTimeout(task, ms);
    return () => clearTimeout(timer);
  },
};

const definition = new WorldDefinition(MODEL_WORLD);
const bus = await RedisBus.connect({ url, world: "model", owner: `${name}.${process.pid}`, scheduler });
const random = new Rng(process.pid);
const regions = new Map<RegionId, { readonly region: Region; readonly host: ModelHost }>();
let isCalm = false;
let spawned = 0;

const placement = new RegionPlacement({
  bus,
  scheduler,
  regionCount: definition.grid.count,
  load: () => 0,
  serve,
  drain: (id, done) => {
    const served = regions.get(id);
    regions.delete(id);
    if (served === undefined) done();
    else served.region.drain(done);
  },
});

function serve(id: RegionId): void {
  const host = new ModelHost({ tickRate: definition.tickRate, worldSize: 120, onFrame: () => {} });
  const region: Region = new Region({
    id,
    world: definition,
    bus,
    host,
    scheduler,
    rng: new Rng(id, process.pid),
    trace: (event, regionEpoch) => trace({ ...event, ms: nowMs(), process: name, region: id, regionEpoch }),
    onLost: () => {
      if (regions.get(id)?.region !== region) return;
      regions.delete(id);
      placement.lost(id);
    },
  });
  regions.set(id, { region, host });
  region.start();
}

/** Some turn round, neighbours trade. */
function stir(host: ModelHost): void {
  const here = [...host.entities.values()].filter(({ id }) => !host.isFrozen(id));
  for (const entity of here) {
    if (isCalm) entity.vx = entity.vy = 0;
    else if (random.float() < 0.03 || Math.abs(entity.x - 60) > 12)
      entity.vx = (entity.x < 60 ? 1 : -1) * random.range(4, 10);
  }
  const giver = here[random.int(Math.max(1, here.length))];
  const taker = here[random.int(Math.max(1, here.length))];
  const item = giver === taker || isCalm ? undefined : giver.items.shift();
  if (item === undefined) return;
  taker.items.push(item);
  for (const entity of [giver, taker]) entity.version++;
}

const commands: Readonly<Record<string, () => void>> = {
  spawn: () => {
    for (const [region, { host, region: served }] of regions) {
      if (!served.running) continue;
      const id = ++spawned + 1000 * (region + 1);
      const place = { x: region === 0 ? 55 : 65, y: random.range(0, 60), vx: 8, vy: 0 };
      host.entities.set(id, { id, leader: id, player: 0, ...place, items: [id], version: 1, locked: false });
      trace({ kind: "minted", ms: nowMs(), entity: id, items: [id] });
    }
  },
  calm: () => (isCalm = true),
  census: () => {
    for (const { region, host } of regions.values()) {
      if (!region.running) continue;
      region.census();
      for (const { id, items } of host.entities.values())
        trace({ kind: "items", ms: nowMs(), entity: id, items: [...items] });
    }
    bus.records([...Array(4000).keys()], (records = []) => {
      trace({ kind: "records", ms: nowMs(), records });
      process.exit(0);
    });
  },
};

createInterface({ input: process.stdin }).on("line", (line) => commands[line]?.());
let tick = 0;
setInterval(() => {
  const due = Math.floor((nowMs() - startMs) / tickMs);
  // What was missed while this process stood still stays missed: the world's clock went on.
  for (tick = Math.max(tick, due - 3); tick < due; tick++)
    for (const { region, host } of regions.values()) {
      region.step(tick + 1);
      if (region.running) stir(host);
    }
}, 10);
placement.start();
