import { describe, expect, test } from "vitest";
import { everyone } from "./everyone.ts";
import { Ground, notHidden } from "./test-ground.ts";
import { IS_TEAM_MATE, IS_FAR } from "./visible-list.ts";

describe("everyone", () => {
  test("shows everything, in ascending id", () => {
    const world = new Ground(everyone());
    const viewer = world.viewer(0, 0);
    for (const [x, type] of [
      [0, "flag"],
      [1e5, "player"],
      [-3, "flag"],
    ] as const)
      world.put({ x }, type);
    expect(world.look(viewer)).toEqual([1, 2, 3]);
  });

  test("but what a condition hides from that viewer, its own excepted", () => {
    const world = new Ground(everyone().and(notHidden));
    const [owner, other] = [world.viewer(0, 0, 2), world.viewer(0, 0, 3)];
    world.put({});
    world.put({ hidden: true });
    world.put({ hidden: true, owner: 2 });
    expect(world.look(owner)).toEqual([1, 3]);
    expect(world.seen(other)).toEqual([1]);
  });

  test("makes one list for all, and none while nobody comes or goes", () => {
    const world = new Ground(everyone());
    const viewers = [world.viewer(0, 0), world.viewer(5, 5)];
    const thing = world.put({});
    world.tick();
    const first = viewers.map((viewer) => world.interest.visibleTo(viewer));
    expect(first[0]).toBe(first[1]);
    const { version } = first[0]!;
    thing.x += 10;
    world.tick();
    expect(world.interest.visibleTo(viewers[0]!).version).toBe(version);
    world.put({});
    world.tick();
    expect(world.interest.visibleTo(viewers[0]!).version).not.toBe(version);
  });

  test("says who is far and who is of one's team", () => {
    const world = new Ground(everyone({ far: 10 }));
    const plain = new Ground(everyone());
    for (const each of [world, plain]) {
      each.viewer(0, 0, 1, 3);
      each.viewer(0, 0, 2, 3);
      each.viewer(0, 0, 4, 5);
      each.put({ x: 20, owner: 2 });
      each.put({ x: 5, owner: 4 });
      each.put({ x: 30 });
      each.tick();
    }
    const details = (ground: Ground): number[] => [
      ...ground.interest.visibleTo(ground.viewers[0]!).details!.subarray(0, 3),
    ];
    expect(details(world)).toEqual([IS_FAR | IS_TEAM_MATE, 0, IS_FAR]);
    expect(details(plain)).toEqual([IS_TEAM_MATE, 0, 0]);
    const { version } = plain.interest.visibleTo(plain.viewers[0]!);
    plain.viewers[2]!.team = 3;
    plain.tick();
    expect(details(plain)).toEqual([IS_TEAM_MATE, IS_TEAM_MATE, 0]);
    expect(plain.interest.visibleTo(plain.viewers[0]!).version).not.toBe(version);
  });

  test("refuses a distance that makes no sense", () => {
    expect(() => everyone({ far: 0 })).toThrow(/far of everyone is 0; allowed is above 0/);
  });
});
