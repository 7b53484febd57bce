import { describe, expect, it } from "vitest";
import { ModelWorld } from "./model-world.ts";
import { isKind } from "./checker/violation.ts";

describe("a handoff without faults", () => {
  it("moves an entity that crosses a border for good, once", () => {
    const world = new ModelWorld();
    world.start("p0", 0);
    world.start("p1", 1);
    world.run(500);
    const { id } = world.spawn({ x: 50, vx: 6 });
    world.run(4000);
    expect(world.find(id)?.region).toBe(1);
    expect(world.trace.filter(isKind("promoted"))).toHaveLength(1);
    expect(world.finish()).toEqual([]);
  });
});
