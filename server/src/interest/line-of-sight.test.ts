import { lineOfSight as isClear, StaticGrid } from "@tidelock/shared";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { everyone } from "./everyone.ts";
import { gridInterest } from "./grid-interest.ts";
import { lineOfSight, type LineOfSightOptions } from "./line-of-sight.ts";
import { Ground } from "./test-ground.ts";

/** A wall on the y axis, 1 thick, from y = -5 to 5. */
const grid = new StaticGrid([{ minX: -0.5, minY: -5, maxX: 0.5, maxY: 5 }]);

const ground = (options: Omit<LineOfSightOptions, "grid"> = {}): Ground =>
  new Ground(gridInterest({ radius: 50 }).and(lineOfSight({ grid, ...options })));

describe("line of sight", () => {
  test("hides what is behind a wall, and shows what is beside it, this side of it or one's own", () => {
    const world = ground();
    const viewer = world.viewer(0, 0, 1);
    world.put({ x: -10, owner: 1 });
    world.put({ x: 10 });
    const beside = world.put({ x: 10, y: 30 });
    const before = world.put({ x: -2 });
    const own = world.put({ x: 10, owner: 1 });
    expect(world.look(viewer)).toEqual([1, beside.id, before.id, own.id]);
  });

  test("hides only the types it is told to", () => {
    const world = ground({ types: ["flag"] });
    const viewer = world.viewer(-10, 0);
    const player = world.put({ x: 10 });
    world.put({ x: 10 }, "flag");
    expect(world.look(viewer)).toEqual([player.id]);
  });

  test("shows an entity as soon as one of its edges is out of cover", () => {
    const world = ground({ extent: 0.5, keepMs: 0 });
    const viewer = world.viewer(-10, 5.1);
    const thing = world.put({ x: 10 });
    const at = (y: number): number => {
      thing.y = y;
      return world.look(viewer).length;
    };
    // The line from the eye over the end of the wall passes x = 10 at 4.9, or thereabouts.
    expect([4, 4.3, 4.5, 4.9, 4.5, 4.2].map(at)).toEqual([0, 0, 1, 1, 1, 0]);
  });

  test("looks from the eye that the game gives", () => {
    const world = ground({ eye: ({ y }) => ({ x: 9, y }) });
    const viewer = world.viewer(-10, 0);
    const thing = world.put({ x: 10 });
    expect(world.look(viewer)).toEqual([thing.id]);
  });

  test("keeps what was lost from sight in view for a moment, then lets it go, though nothing moves any more", () => {
    const world = ground({ keepMs: 250, extent: 0 });
    const viewer = world.viewer(-10, 0);
    const thing = world.put({ x: -3 });
    for (let i = 0; i < 10; i++) world.tick();
    expect(world.seen(viewer)).toEqual([thing.id]);
    thing.x = 3;
    // 20 ticks a second: five of them, the one that lost it among them.
    expect(Array.from({ length: 7 }, () => world.look(viewer).length)).toEqual([1, 1, 1, 1, 1, 0, 0]);
    thing.x = -3;
    expect(world.look(viewer)).toEqual([thing.id]);
  });

  test("never shows for a moment what was not seen before", () => {
    const world = ground({ keepMs: 5000 });
    const viewer = world.viewer(-10, 0);
    world.put({ x: 10 });
    expect([world.look(viewer), world.look(viewer)]).toEqual([[], []]);
  });

  test("shows what is about to come out, or what the viewer is about to see, ahead of time", () => {
    for (const leadMs of [0, 300]) {
      const world = ground({ leadMs, keepMs: 0, extent: 0 });
      const [resting, running] = [world.viewer(-4, 0, 1), world.viewer(-4, 4.5, 2)];
      const runner = world.put({ x: 4, y: 8, vy: 5 });
      const post = world.put({ x: 4, y: 5.2 });
      world.put({ x: -4, y: 4.5, vy: 5, owner: 2 });
      world.tick();
      // From y = 0 the line over the end of the wall passes x = 4 at y = 11.4; from 4.5 at 5.7; from 6 all is open.
      expect(world.seen(resting)).toEqual([3]);
      runner.y = 10.5;
      world.tick();
      expect(world.seen(resting)).toEqual(leadMs === 0 ? [3] : [runner.id, 3]);
      expect(world.seen(running)).toEqual(leadMs === 0 ? [runner.id, 3] : [runner.id, post.id, 3]);
    }
  });

  test("does not look ahead through a wall that someone runs against", () => {
    const world = ground({ leadMs: 1000 });
    const viewer = world.viewer(0, 0, 1);
    world.put({ x: -1, vx: 50, owner: 1 });
    world.put({ x: 4, vx: -50 });
    expect(world.look(viewer)).toEqual([1]);
  });

  test("lets who is nowhere see nothing that walls could hide", () => {
    const world = new Ground(everyone().and(lineOfSight({ grid })));
    const viewer = world.viewer(Number.NaN, 0);
    world.put({ x: 4 });
    expect([world.look(viewer), world.look(viewer)]).toEqual([[], []]);
  });

  test("draws no line while nothing moves, and only those with an end that moved", () => {
    let looks = 0;
    const policy = gridInterest({ radius: 50 })
      .and(lineOfSight({ grid }))
      .and({
        begin() {},
        narrow: (_viewer, _rows, count) => (looks++, count),
        isSettled: () => true,
      });
    const world = new Ground(policy);
    const viewer = world.viewer(-10, 0);
    const thing = world.put({ x: -3 });
    for (let i = 0; i < 5; i++) expect(world.look(viewer)).toEqual([thing.id]);
    expect(looks).toBe(1);
    thing.x = -4;
    world.look(viewer);
    expect(looks).toBe(2);
  });

  test("agrees with drawing every line every tick, over moves, births and deaths", () => {
    const place = fc.integer({ min: -80, max: 80 }).map((n) => n / 4);
    const act = fc.record({
      kind: fc.constantFrom("put", "move", "move", "eye", "kill", "tick", "tick"),
      which: fc.nat({ max: 30 }),
      x: place,
      y: place,
    });
    const walls = new StaticGrid([
      { minX: -10.1, minY: -3.1, maxX: -9.1, maxY: 12.1 },
      { minX: 2.1, minY: -8.1, maxX: 8.1, maxY: -7.1 },
      { minX: 3.1, minY: 3.1, maxX: 3.1, maxY: 3.1, round: 2 },
    ]);
    fc.assert(
      fc.property(
        fc.array(act, { minLength: 30, maxLength: 120 }),
        fc.nat({ max: 10 }),
        (acts, keepTicks) => {
          const filter = lineOfSight({ grid: walls, extent: 0, leadMs: 0, keepMs: keepTicks * 50 + 1 });
          const world = new Ground(everyone().and(filter));
          const viewer = world.viewer(0, 0);
          const lastSeen = new Map<number, number>();
          for (const { kind, which, x, y } of acts) {
            const { things } = world;
            const thing = things[which % Math.max(1, things.length)];
            if (kind === "put") world.put({ x, y });
            else if (kind === "move" && thing?.alive) Object.assign(thing, { x, y });
            else if (kind === "kill" && thing?.alive) world.world.despawn(thing);
            else if (kind === "eye") Object.assign(viewer, { x, y });
            else if (kind === "tick") {
              world.tick();
              const { tick } = world.world;
              for (const each of world.things)
                if (isClear(walls, viewer.x, viewer.y, each.x, each.y)) lastSeen.set(each.id, tick);
              const expected = world.things.filter(
                // The moment begins with the tick that finds nothing.
                ({ id }) => tick - (lastSeen.get(id) ?? -Infinity) <= keepTicks + 1,
              );
              expect(world.seen(viewer)).toEqual(expected.map(({ id }) => id));
            }
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  test("refuses options that make no sense, saying what is allowed", () => {
    expect(() => lineOfSight({ grid, extent: -1 })).toThrow(/extent of lineOfSight is -1; allowed is from 0/);
    expect(() => lineOfSight({ grid, leadMs: 2000 })).toThrow(/leadMs .* allowed is 0 to 1000/);
    expect(() => lineOfSight({ grid, keepMs: Number.NaN })).toThrow(/keepMs .* 0 to 5000/);
    expect(() => ground({ types: ["banner"] }).tick()).toThrow(/hides "banner".*player, flag/);
  });
});
