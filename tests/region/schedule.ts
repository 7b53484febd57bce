import fc from "fast-check";
import { type BusFaults, NO_FAULTS } from "@tidelock/server/region";
import { Rng } from "@tidelock/shared";
import type { Violation } from "./checker/violation.ts";
import type { ModelProcess } from "./model-process.ts";
import { ModelWorld } from "./model-world.ts";

/** Something that happens to a process or to the store at a time. */
export type Blow =
  | { readonly kind: "kill"; readonly atMs: number; readonly process: number }
  /** When the process next does this, at this phase. */
  | {
      readonly kind: "kill-at";
      readonly atMs: number;
      readonly process: number;
      readonly operation: string;
      readonly phase: string;
    }
  | {
      readonly kind: "pause" | "cut";
      readonly atMs: number;
      readonly process: number;
      readonly forMs: number;
    }
  | { readonly kind: "down"; readonly atMs: number; readonly forMs: number }
  /** The store stops, forgets its last writes, and is back after a while. */
  | { readonly kind: "restart"; readonly atMs: number; readonly forMs: number; readonly lossMs: number };

export interface Schedule {
  readonly seed: number;
  readonly faults: BusFaults;
  readonly blows: readonly Blow[];
}

const RUN_MS = 12_000;
const atMs = fc.integer({ min: 1000, max: RUN_MS - 1000 });
const process = fc.integer({ min: 0, max: 2 });
const rate = fc.constantFrom(0, 0, 0.02, 0.1);

const faults = fc.record({
  delayMs: fc.constantFrom<[number, number][]>([0, 0], [0, 20], [1, 120], [0, 400]),
  lostRequests: rate,
  lostAnswers: rate,
  lostMessages: rate,
  doubledMessages: rate,
});
const steps = ["commit", "settle", "journal", "snapshot", "inbox", "acquire", "renew", "load"] as const;

function stops(mostMs: number): fc.Arbitrary<Blow> {
  return fc.record({
    kind: fc.constantFrom("pause", "cut"),
    atMs,
    process,
    forMs: fc.integer({ min: 50, max: mostMs }),
  });
}

function restarts(mostLossMs: number): fc.Arbitrary<Blow> {
  return fc.record({
    kind: fc.constant("restart"),
    atMs,
    forMs: fc.constantFrom(0, 0, 700, 4000),
    lossMs: fc.integer({ min: 0, max: mostLossMs }),
  });
}

const anything: fc.Arbitrary<Blow> = fc.oneof(
  fc.record({ kind: fc.constant("kill"), atMs, process }),
  fc.record({
    kind: fc.constant("kill-at"),
    atMs,
    process,
    operation: fc.constantFrom(...steps),
    phase: fc.constantFrom("sent", "done", "answered"),
  }),
  stops(6000),
  fc.record({ kind: fc.constant("down"), atMs, forMs: fc.integer({ min: 50, max: 5000 }) }),
  restarts(0),
);

/**
 * Any faults of the bus with up to four blows. What a store forgets when it restarts is still in the memory of owners, so schedules in which it
 * does kill nobody: what both have lost is lost.
 */
export const schedules: fc.Arbitrary<Schedule> = fc.record({
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  faults,
  blows: fc.oneof(
    { weight: 3, arbitrary: fc.array(anything, { maxLength: 4 }) },
    { weight: 1, arbitrary: fc.array(fc.oneof(stops(500), restarts(1000)), { minLength: 1, maxLength: 3 }) },
  ),
});

/** Plays a schedule: three processes for two regions, entities, pairs and players that swarm around the border, and trade. */
export function play(schedule: Schedule): { readonly violations: Violation[]; readonly world: ModelWorld } {
  const world = new ModelWorld(schedule.seed);
  const random = new Rng(schedule.seed, 99);
  const started = [world.start("p0", 0), world.start("p1", 1)];
  world.run(600);
  started.push(world.start("p2", 0, 1));
  world.run(400);
  populate(world, random);
  world.bus.faults = schedule.faults;
  if (JSON.stringify(schedule.faults) !== JSON.stringify(NO_FAULTS)) world.fault("bus", RUN_MS + 3000);
  for (const blow of schedule.blows) world.clock.after(blow.atMs, () => strike(world, started, blow));
  for (let ms = 0; ms < RUN_MS; ms += 50) {
    stir(world, random);
    world.run(50);
  }
  world.bus.faults = NO_FAULTS;
  if (world.bus.down) world.bus.restart(0);
  world.bus.down = false;
  // What is on its way, or in a region that is nobody's at the moment, comes to rest later.
  for (let ms = 0; ms < 8000; ms += 500) {
    world.run(500);
    calm(world);
  }
  return { violations: world.finish(10_000), world };
}

function populate(world: ModelWorld, random: Rng): void {
  const place = () => ({
    x: random.range(45, 75),
    y: random.range(5, 55),
    vx: random.range(-10, 10),
    vy: random.range(-2, 2),
  });
  for (let i = 0; i < 4; i++) world.spawn(place());
  for (let player = 1; player <= 2; player++) world.spawn({ ...place(), player });
  const lead = world.spawn(place());
  const { x, y, vx, vy } = lead;
  world.spawn({ x, y, vx, vy, leader: lead.id });
}

function strike(world: ModelWorld, started: ModelProcess[], blow: Blow): void {
  if (blow.kind === "down") {
    world.fault("store", blow.forMs + 8000);
    world.bus.down = true;
    world.clock.after(blow.forMs, () => (world.bus.down = false));
    return;
  }
  if (blow.kind === "restart") {
    world.fault("store", blow.forMs + 8000);
    world.bus.restart(blow.lossMs);
    world.bus.down = blow.forMs > 0;
    world.clock.after(blow.forMs, () => {
      world.bus.down = false;
      world.bus.restart(0);
    });
    return;
  }
  const victim = started[blow.process];
  if (victim.scheduler.dead) return;
  if (blow.kind === "kill") kill(world, started, blow.process);
  else if (blow.kind === "kill-at") {
    world.bus.onStep = (owner, operation, phase) => {
      if (owner !== victim.name || operation !== blow.operation || phase !== blow.phase) return;
      world.bus.onStep = () => {};
      kill(world, started, blow.process, `${operation} ${phase}`);
    };
  } else if (blow.kind === "pause") {
    world.fault("pause", blow.forMs + 8000);
    victim.pause();
    world.clock.after(blow.forMs, () => victim.resume());
  } else {
    world.fault("partition", blow.forMs + 8000);
    victim.connection.cut = true;
    world.clock.after(blow.forMs, () => (victim.connection.cut = false));
  }
}

/** Kills a process, and starts another in its place. */
function kill(world: ModelWorld, started: ModelProcess[], index: number, step?: string): void {
  if (started[index].scheduler.dead) return;
  world.fault("kill", 10_000, step);
  started[index].kill();
  const name = `${started[index].name}'`;
  world.clock.after(500, () => (started[index] = world.start(name, 0, 1)));
}

/** Some turn round, players steer, neighbours trade. */
function stir(world: ModelWorld, random: Rng): void {
  const now = Math.floor((world.clock.nowMs() * 20) / 1000);
  for (let player = 1; player <= 2; player++) world.input(player, now + 2, now % 60 < 30 ? 9 : -9, player);
  for (let region = 0; region < 2; region++) {
    const host = world.owner(region)?.host;
    if (host === undefined) continue;
    const here = [...host.entities.values()].filter(({ id }) => !host.isFrozen(id));
    for (const entity of here)
      if (entity.leader === entity.id && (random.float() < 0.03 || entity.x < 40 || entity.x > 80))
        entity.vx = (entity.x < 60 ? 1 : -1) * random.range(2, 10);
    const [giver, taker] = [
      here[random.int(Math.max(1, here.length))],
      here[random.int(Math.max(1, here.length))],
    ];
    if (giver === undefined || giver === taker || giver.items.length === 0 || random.float() > 0.2) continue;
    const item = giver.items.shift();
    if (item !== undefined) taker.items.push(item);
    giver.version++;
    taker.version++;
  }
}

/** Everything comes to rest, away from the border. */
function calm(world: ModelWorld): void {
  for (const process of world.processes)
    for (const { host } of process.regions.values())
      for (const entity of host.entities.values()) entity.vx = entity.vy = 0;
}
