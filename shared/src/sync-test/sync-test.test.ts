import { describe, expect, it } from "vitest";
import {
  axis,
  button,
  defineGame,
  type Entity,
  entity,
  event,
  input,
  type Inputs,
  type ModuleState,
  position,
  uint,
  type World,
  worldModule,
} from "../index.ts";
import { describeFault } from "./fault.ts";
import { defineScenario } from "./scenario.ts";
import { syncTest } from "./sync-test.ts";

const place = position({ min: -50, max: 50, grid: 1 / 256 });
const entities = {
  runner: entity({ x: place, y: place, energy: uint({ max: 1000, initial: 500 }) }),
  stone: entity({ x: place, hits: uint({ max: 1_000_000 }) }, { predicted: "nobody" }),
};
const controls = input({ move: axis(), jump: button() });
const events = { landed: event<{ at: number }>() };
type RunWorld = World<typeof entities, { landed: { at: number } }>;
type RunInputs = Inputs<(typeof controls)["fields"]>;
type Runner = Entity<(typeof entities)["runner"]["fields"]>;

class Wind implements ModuleState {
  force = 0;
  copiesForce: boolean;
  constructor(copiesForce: boolean) {
    this.copiesForce = copiesForce;
  }
  copyFrom(other: Wind): void {
    if (this.copiesForce) this.force = other.force;
  }
  hash(): number {
    return this.force;
  }
}

/** Runners on a line, and whatever else a test has them do. */
function game(more: (world: RunWorld, runner: Runner, inputs: RunInputs) => void, wind?: Wind) {
  const module = worldModule("wind", () => new Wind(wind?.copiesForce ?? true));
  return defineGame({
    name: "run",
    tickRate: 60,
    entities,
    input: controls,
    events,
    modules: [module],
    step(world, inputs) {
      module.of(world).force++;
      for (const runner of world.all("runner")) {
        runner.x += inputs.of(runner).move * 0.1;
        more(world, runner, inputs);
      }
    },
  });
}

function run(tested: ReturnType<typeof game>, ticks = 400) {
  const setting = defineScenario(tested, {
    open(world) {
      for (let i = 0; i < 5; i++) world.spawn("stone", { x: i });
    },
  });
  const result = syncTest({ game: tested, ticks, players: 3, scenario: setting });
  return { ...result, says: result.fault === undefined ? "" : describeFault(result.fault) };
}

describe("syncTest", () => {
  it("finds nothing wrong with a step that depends on the world and the inputs alone", () => {
    const clean = game((world, runner, inputs) => {
      runner.energy = world.random(runner).int(1000);
      if (!inputs.of(runner).jump) return;
      world.emit("landed", { at: runner.x });
      for (const stone of world.all("stone")) stone.hits++;
    });
    const { fault, ticks, coverage } = run(clean);
    expect(fault).toBeUndefined();
    expect(ticks).toBe(400);
    expect(coverage.entities.get("runner")?.most).toBe(3);
    expect(coverage.events.get("landed")).toBeGreaterThan(50);
    expect(coverage.busyTicks).toBeGreaterThan(300);
  });

  it("gives the same result for the same seed, and another for another", () => {
    const clean = game(() => {});
    const hash = (seed: number): number => syncTest({ game: clean, ticks: 50, seed }).hash;
    expect(hash(7)).toBe(hash(7));
    expect(hash(7)).not.toBe(hash(8));
  });

  it("names tick, entity and field of a value drawn from Math.random, and shows both values", () => {
    const { fault, says } = run(
      game((world, runner) => {
        if (world.tick === 90 && runner.owner === 2) runner.energy = Math.floor(Math.random() * 1000);
      }),
    );
    expect(fault).toMatchObject({
      kind: "state",
      tick: 90,
      difference: { kind: "field", type: "runner", field: "energy", id: 7 },
    });
    expect(says).toMatch(/^tick 90: runner\.energy of entity 7 is \d+ at first and \d+ /);
  });

  it("finds a step that keeps state of its own", () => {
    let steps = 0;
    const { fault } = run(
      game((_world, runner) => {
        runner.energy = Math.floor(++steps / 600);
      }),
    );
    expect(fault).toMatchObject({ kind: "state", difference: { type: "runner", field: "energy" } });
  });

  it("finds what was left in a world that is set back, though no copy and no hash shows it", () => {
    const hidden = new WeakMap<object, number>();
    const { fault } = run(
      game((world, runner) => {
        const count = (hidden.get(world) ?? 0) + 1;
        hidden.set(world, count);
        if (count % 300 === 0) runner.energy = 1;
      }),
    );
    expect(fault).toMatchObject({ kind: "state", difference: { type: "runner", field: "energy" } });
  });

  it("finds an entity that only one of two computations has", () => {
    let born = false;
    const { says } = run(
      game((world) => {
        if (world.tick !== 50 || born) return;
        born = true;
        world.spawn("stone", {});
      }),
    );
    expect(says).toMatch(/tick 50: stone\.alive of entity \d+ is true at first and false /);
  });

  it("finds events that differ though the state does not", () => {
    let calls = 0;
    const { fault, says } = run(
      game((world, runner) => {
        if (world.tick === 30 && runner.owner === 1) world.emit("landed", { at: calls++ });
      }),
    );
    expect(fault).toMatchObject({ kind: "events", tick: 30, difference: { index: 0 } });
    expect(says).toContain('event 1 of the step is {"name":"landed","data":{"at":0}} at first and {"name"');
  });

  it("finds a step that depends on the order in which entities were entered", () => {
    const { fault } = run(
      game((world, runner) => {
        // Slots in a table are given as entities come; all() goes by id.
        const [, stones] = world.tables;
        if (runner.owner === 1) runner.energy = stones.ids[0];
      }),
    );
    expect(fault).toMatchObject({
      kind: "state",
      check: "rebuilt",
      difference: { type: "runner", field: "energy" },
    });
  });

  it("finds a step that throws where neighbours are missing", () => {
    const { fault, says } = run(
      game((world, runner) => {
        const stone = world.get("stone", 3);
        if (stone === undefined) throw new Error("no stone 3");
        runner.energy = stone.hits;
      }),
    );
    expect(fault).toMatchObject({ kind: "threw", check: "absent neighbours" });
    expect(says).toContain("holds only some of the entities (Error: no stone 3)");
  });

  it("finds a step that throws, and one that leaves a value which is not a number", () => {
    const thrown = game((world) => {
      if (world.tick === 12) throw new Error("twelve");
    });
    expect(run(thrown).fault).toMatchObject({ kind: "threw", check: "first run", tick: 12 });
    const senseless = game((world, runner) => {
      if (world.tick === 20) runner.x = Number.NaN;
    });
    expect(run(senseless).says).toMatch(/^tick 20: the step threw \(TidelockError: .*runner\.x/);
  });

  it("names a module whose state is not restored", () => {
    const { fault, says } = run(game(() => {}, new Wind(false)));
    expect(fault).toMatchObject({ kind: "state", difference: { kind: "module", name: "wind" } });
    expect(says).toMatch(/the hash of module "wind" is \d+ at first and \d+ after going back/);
  });

  it("lets the step draw from the server's secret stream, of which clients know nothing", () => {
    const { fault } = run(
      game((world, runner) => {
        runner.energy = world.secret?.int(1000) ?? runner.energy;
      }),
    );
    expect(fault).toBeUndefined();
  });

  it("shares inputs as the room does, where the game asks for it", () => {
    const shared = defineGame({
      name: "shared",
      tickRate: 60,
      entities,
      input: controls,
      shareInputs: true,
      step(world, inputs) {
        for (const runner of world.all("runner")) runner.x += inputs.of(runner).move * 0.1;
      },
    });
    const { fault, coverage } = syncTest({ game: shared, ticks: 300, players: 3 });
    expect(fault).toBeUndefined();
    expect([...coverage.entities.keys()]).toEqual(["runner", "stone"]);
    expect(coverage.busyTicks).toBeGreaterThan(200);
  });

  it("plays what a scenario says", () => {
    const tested = game((world, runner, inputs) => {
      if (inputs.of(runner).jump) world.emit("landed", { at: 0 });
    });
    const setting = defineScenario(tested, {
      join: (world, player) => void world.spawn("runner", { owner: player, x: player }),
      input: (tick, player) => ({ jump: player === 2 && tick % 10 === 0 }),
    });
    const { coverage } = syncTest({ game: tested, ticks: 100, players: 2, scenario: setting });
    expect(coverage.events.get("landed")).toBe(10);
  });

  it("refuses numbers that make no sense, and says which are allowed", () => {
    const tested = game(() => {});
    expect(() => syncTest({ game: tested, ticks: 10, rollback: 9 })).toThrow(/rollback is 9; give .* 1 to 8/);
    expect(() => syncTest({ game: tested, ticks: 0 })).toThrow(/config\/sync-test/);
  });
});
