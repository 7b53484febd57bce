import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { gridInterest, type GridInterestOptions } from "./grid-interest.ts";
import { Ground, notHidden, type Thing } from "./test-ground.ts";
import { IS_FAR } from "./visible-list.ts";

const ground = (options: GridInterestOptions): Ground => new Ground(gridInterest(options));

describe("grid interest", () => {
  test("shows what is within the radius, edge included, in ascending id", () => {
    const world = ground({ radius: 10 });
    const viewer = world.viewer(0, 0);
    const first = world.put({ x: 10, y: 0 }, "flag");
    const second = world.put({ x: 0, y: -10 });
    world.put({ x: 7.1, y: 7.1 });
    const third = world.put({ x: -7, y: 7 }, "flag");
    expect(world.look(viewer)).toEqual([first.id, second.id, third.id]);
  });

  test("keeps what came into view until it is beyond the leave radius", () => {
    const world = ground({ radius: 10, leaveRadius: 12 });
    const viewer = world.viewer(0, 0);
    const thing = world.put({});
    const at = (x: number): number => {
      thing.x = x;
      return world.look(viewer).length;
    };
    expect([11, 10, 11, 12, 12.1, 11, 9].map(at)).toEqual([0, 1, 1, 1, 0, 0, 1]);
    viewer.forget();
    expect(at(11)).toBe(0);
  });

  test("remembers each viewer by itself", () => {
    const world = ground({ radius: 10, leaveRadius: 12 });
    const [first, second] = [world.viewer(0, 0), world.viewer(0, 0)];
    const thing = world.put({ x: 5 });
    expect(world.look(first)).toEqual([thing.id]);
    thing.x = 11;
    expect(world.look(first)).toEqual([thing.id]);
    expect(world.seen(second)).toEqual([]);
  });

  test("a new entity in the place of a dead one does not inherit its being seen", () => {
    const world = ground({ radius: 10, leaveRadius: 12 });
    const viewer = world.viewer(0, 0);
    const dead = world.put({ x: 5 });
    world.look(viewer);
    world.world.despawn(dead);
    world.tick();
    const born = world.put({ x: 11 });
    expect(world.look(viewer)).toEqual([]);
    born.x = 10;
    expect(world.look(viewer)).toEqual([born.id]);
  });

  test("always shows a player its own entities and everyone the named types, wherever they are", () => {
    const world = ground({ radius: 10, always: ["flag"] });
    const viewer = world.viewer(0, 0, 1);
    const own = world.put({ x: 1e5, owner: 1 });
    const flag = world.put({ x: -1e5 }, "flag");
    world.put({ x: 500, owner: 1025 });
    world.put({});
    expect(world.look(viewer)).toEqual([own.id, flag.id]);
    expect(viewer.x).toBe(1e5);
  });

  test("never shows what a condition hides, near, always shown or seen before; but a player's own", () => {
    const world = new Ground(gridInterest({ radius: 10, always: ["flag"] }).and(notHidden));
    const viewer = world.viewer(0, 0, 7);
    const things = [world.put({ x: 1 }), world.put({ x: 1 }, "flag"), world.put({ x: 1, owner: 7 })];
    expect(world.look(viewer)).toEqual(things.map(({ id }) => id));
    for (const thing of things) thing.hidden = true;
    expect(world.look(viewer)).toEqual([things[2]!.id]);
  });

  test("asks no condition about what is out of reach, and all about what is in it", () => {
    const asked: number[][] = [[], []];
    const policy = gridInterest({ radius: 10 })
      .and((_, thing) => asked[0]!.push(thing.id) > 0 && thing.id !== 1)
      .and((_, thing) => asked[1]!.push(thing.id) > 0);
    const world = new Ground(policy);
    const viewer = world.viewer(0, 0);
    for (const x of [1, 2, 3, 11]) world.put({ x });
    expect(world.look(viewer)).toEqual([2, 3]);
    expect(asked).toEqual([
      [1, 2, 3],
      [2, 3],
    ]);
  });

  test("a viewer nowhere, or absurdly far out, sees its own and does not hang", () => {
    const world = ground({ radius: 10 });
    const viewer = world.viewer(0, 0, 1);
    world.put({});
    for (const place of [Number.NaN, Infinity, -1e300]) {
      viewer.x = place;
      expect(world.look(viewer)).toEqual([]);
      viewer.x = 0;
      viewer.y = place;
      expect(world.look(viewer)).toEqual([]);
      viewer.y = 0;
    }
    expect(world.look(viewer)).toEqual([1]);
  });

  test("says who is far, with a gap between far and near, and never of a player's own", () => {
    const world = ground({ radius: 100, far: 40 });
    const viewer = world.viewer(0, 0, 1);
    const thing = world.put({});
    world.put({ x: 0, owner: 2 });
    const isFar = (x: number): boolean => {
      thing.x = x;
      world.tick();
      return ((world.interest.visibleTo(viewer).details ?? [])[0]! & IS_FAR) !== 0;
    };
    expect([41, 40, 45, 45.9, 46.5, 45, 40.1, 39].map(isFar)).toEqual([
      true,
      false,
      false,
      false,
      true,
      true,
      true,
      false,
    ]);
  });

  test("agrees with looking at every entity, over moves, births, deaths and reuse", () => {
    const place = fc.integer({ min: -400, max: 400 }).map((n) => n / 4);
    const act = fc.record({
      kind: fc.constantFrom("put", "move", "move", "move", "kill", "tick", "tick"),
      which: fc.nat({ max: 30 }),
      x: place,
      y: place,
      owner: fc.integer({ min: 0, max: 2 }),
      flag: fc.boolean(),
      hidden: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.array(act, { minLength: 30, maxLength: 120 }),
        fc.double({ min: 1, max: 30, noNaN: true }),
        (acts, cell) => {
          const options = { radius: 30, leaveRadius: 40, always: ["flag"], far: 20, cell };
          const world = new Ground(gridInterest(options).and(notHidden));
          const viewers = [world.viewer(3, -2), world.viewer(-20, 30, 9)];
          const before = viewers.map(() => new Map<number, boolean>());
          const versions = new Map<number, string>();
          const last = viewers.map(() => ({ version: -1, list: "" }));
          for (const { kind, which, x, y, owner, flag, hidden } of acts) {
            const { things } = world;
            const thing = things[which % Math.max(1, things.length)];
            if (kind === "put") world.put({ x, y, owner, hidden }, flag ? "flag" : "player");
            else if (kind === "move" && thing?.alive) Object.assign(thing, { x, y, hidden });
            else if (kind === "kill" && thing?.alive) world.world.despawn(thing);
            else if (kind === "tick") {
              world.tick();
              viewers.forEach((viewer, i) => {
                const expected = bruteForce(world.things, viewer, before[i]!);
                expect(world.seen(viewer)).toEqual([...expected.keys()]);
                const { details, version, count } = world.interest.visibleTo(viewer);
                const far = [...(details ?? [])].slice(0, count).map((detail) => (detail & IS_FAR) !== 0);
                expect(far).toEqual([...expected.values()]);
                // One version, one list; and the same version while it stays the same.
                const list = JSON.stringify([...expected]);
                expect(versions.get(version!) ?? list).toBe(list);
                if (list === last[i]!.list) expect(version).toBe(last[i]!.version);
                versions.set(version!, list);
                last[i] = { version: version!, list };
                before[i] = expected;
              });
            }
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  test("follows a large world exactly as a third of it moves from cell to cell, also far from the origin", () => {
    const world = ground({ radius: 50, leaveRadius: 50 });
    for (let i = 0; i < 3000; i++)
      world.put({ x: 1e5 + ((i * 7919) % 2000), y: -1e5 + Math.round((i * 104_729) % 20_011) / 8 });
    const viewer = world.viewer(1e5 + 900, -1e5 + 900);
    for (let tick = 0; tick < 20; tick++) {
      for (const thing of world.things) if (thing.id % 3 === 0) thing.x += (thing.id % 5) * 6 - 12;
      const seen = world.look(viewer);
      const near = world.things.filter((t) => (t.x - viewer.x) ** 2 + (t.y - viewer.y) ** 2 <= 2500);
      expect(seen).toEqual(near.map(({ id }) => id));
      expect(near.length).toBeGreaterThan(0);
    }
  });

  test("notices a single entity that crosses a resting world", () => {
    const world = ground({ radius: 10, leaveRadius: 10 });
    const viewer = world.viewer(0, 0);
    for (let i = 0; i < 100; i++) world.put({ x: i * 40, y: 500 });
    const mover = world.put({});
    for (mover.x = -200; mover.x <= 200; mover.x += 3)
      expect(world.look(viewer)).toEqual(Math.abs(mover.x) <= 10 ? [mover.id] : []);
  });

  test("refuses distances and types that make no sense, saying what is allowed", () => {
    expect(() => gridInterest({ radius: 0 })).toThrow(/radius of gridInterest is 0; allowed is above 0/);
    expect(() => gridInterest({ radius: 10, leaveRadius: 9 })).toThrow(/leaveRadius .* from the radius, 10/);
    expect(() => gridInterest({ radius: 64, cell: 1 })).toThrow(/cell .* allowed is 2 to 64/);
    expect(() => gridInterest({ radius: 64, far: -1 })).toThrow(/far .* above 0/);
    expect(() => ground({ radius: 10, always: ["banner"] }).tick()).toThrow(/"banner".*player, flag/);
  });
});

/** Whom a viewer sees, and whether as far, by looking at everything. */
function bruteForce(
  things: readonly Thing[],
  { x, y, player }: { x: number; y: number; player: number },
  before: ReadonlyMap<number, boolean>,
): Map<number, boolean> {
  const seen = new Map<number, boolean>();
  for (const thing of things) {
    const distance = Math.sqrt((thing.x - x) ** 2 + (thing.y - y) ** 2);
    const isOwn = thing.owner === player;
    const isNear = distance <= 30 || (before.has(thing.id) && distance <= 40);
    if (!isOwn && (thing.hidden || !(isNear || thing.type === "flag"))) continue;
    seen.set(thing.id, !isOwn && distance > (before.get(thing.id) === false ? 20 * 1.15 : 20));
  }
  return seen;
}
