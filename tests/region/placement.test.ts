import { describe, expect, it } from "vitest";
import { isKind } from "./checker/violation.ts";
import type { ModelProcess } from "./model-process.ts";
import { MODEL_WORLD, ModelWorld } from "./model-world.ts";

/** A world of two by two regions; processes find their regions themselves. */
function placedWorld(...names: string[]): { world: ModelWorld; processes: ModelProcess[] } {
  const world = new ModelWorld(1, { ...MODEL_WORLD, rows: 2 });
  const processes = names.map((name) => world.start(name));
  for (const { placement } of processes) placement.start();
  world.run(names.length > 1 ? 16_000 : 1000);
  return { world, processes };
}

function owners(world: ModelWorld): string {
  return [0, 1, 2, 3].map((region) => world.owner(region)?.process.name ?? "-").join("");
}

function count(world: ModelWorld, name: string): number {
  return owners(world).split(name).length - 1;
}

describe("a world that places its regions", () => {
  it("has all of them on one process when there is one", () => {
    expect(owners(placedWorld("a").world)).toBe("aaaa");
  });

  it("spreads them, also to a process that comes later, without losing what is in them or stopping for more than three ticks", () => {
    const { world } = placedWorld("a");
    const players = [1, 2, 3].map((player) =>
      world.spawn({ x: 20 * player, y: 40 * player - 20, vx: 3, player }),
    );
    world.run(200);
    world.start("b").placement.start();
    world.run(13_000);
    expect([count(world, "a"), count(world, "b")]).toEqual([2, 2]);
    for (const { id } of players) Object.assign(world.find(id)!.entity, { vx: 0 });
    expect(world.trace.filter(isKind("frame")).length).toBeGreaterThan(600);
    expect(world.finish()).toEqual([]);
  });

  it("gives those of a process that died to the others", () => {
    const { world, processes } = placedWorld("a", "b");
    expect([count(world, "a"), count(world, "b")]).toEqual([2, 2]);
    world.spawn({ x: 20, y: 20 });
    world.spawn({ x: 100, y: 100 });
    world.run(200);
    world.kill(processes[0]);
    world.run(4500);
    expect(owners(world)).toBe("bbbb");
    expect(world.finish()).toEqual([]);
  });

  it("has the regions of a process whose death is announced at play again within 1.5 seconds", () => {
    const { world, processes } = placedWorld("a", "b");
    const { id } = world.spawn({ x: 20, y: 20 });
    world.run(500);
    const victim = world.owner(0)!.process;
    const survivor = processes.find((process) => process !== victim)!;
    world.kill(victim);
    survivor.connection.bury(victim.name, () => {});
    world.run(1500);
    expect(owners(world)).toBe(survivor.name.repeat(4));
    expect(world.find(id)?.region).toBe(0);
    expect(world.finish()).toEqual([]);
  });

  it("empties a process that leaves, and nobody waits for more than three ticks", () => {
    const { world, processes } = placedWorld("a", "b");
    for (const [i, player] of [1, 2, 3, 4].entries())
      world.spawn({ x: 30 + 60 * (i % 2), y: i < 2 ? 30 : 90, player });
    world.run(500);
    let left = false;
    processes[0].placement.leave(() => (left = true));
    world.run(2500);
    expect([left, owners(world)]).toEqual([true, "bbbb"]);
    expect(world.finish()).toEqual([]);
  });

  it("has one owner per region in the end, however its processes come and go", () => {
    const { world, processes } = placedWorld("a", "b", "c");
    world.fault("store", 5000);
    world.bus.restart(500);
    world.run(1000);
    processes[2].placement.leave(() => {});
    world.start("d").placement.start();
    world.run(10_000);
    expect(owners(world)).not.toContain("-");
    for (const name of ["a", "b", "d"]) expect(count(world, name)).toBeGreaterThanOrEqual(1);
    expect(world.finish()).toEqual([]);
  });
});
