import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { gridInterest } from "./grid-interest.ts";
import { InterestViewer } from "./interest-viewer.ts";
import { Ground, notHidden } from "./test-ground.ts";
import { IS_TEAM_MATE, IS_FAR } from "./visible-list.ts";

/** Two of team 1 far apart, one of team 2 beside the second, and a thing beside each. */
function match(teams?: "members" | "share"): Ground {
  const world = new Ground(gridInterest({ radius: 10, far: 5, ...(teams === undefined ? {} : { teams }) }));
  for (const [player, team, x] of [
    [1, 1, 0],
    [2, 1, 100],
    [3, 2, 105],
  ] as const) {
    world.viewer(0, 0, player, team);
    world.put({ x, owner: player });
  }
  world.put({ x: 2 });
  world.put({ x: 98 });
  return world;
}

const seenByAll = (world: Ground): number[][] => {
  world.tick();
  return world.viewers.map((viewer) => world.seen(viewer));
};

describe("teams", () => {
  test("make no difference unless asked for", () => {
    expect(seenByAll(match())).toEqual([
      [1, 4],
      [2, 3, 5],
      [2, 3, 5],
    ]);
  });

  test("show a player what its team mates own, wherever it is", () => {
    expect(seenByAll(match("members"))).toEqual([
      [1, 2, 4],
      [1, 2, 3, 5],
      [2, 3, 5],
    ]);
  });

  test("share all that any of their members sees, which conditions may still hide from all of them", () => {
    const world = match("share");
    const all = [1, 2, 3, 4, 5];
    expect(seenByAll(world)).toEqual([all, all, [2, 3, 5]]);
    const hiding = new Ground(gridInterest({ radius: 10, teams: "share" }).and(notHidden));
    hiding.viewer(0, 0, 1, 1);
    hiding.viewer(0, 0, 2, 1);
    hiding.put({ x: 0, owner: 1, hidden: true });
    hiding.put({ x: 100, owner: 2 });
    hiding.put({ x: 101, hidden: true });
    hiding.put({ x: 102, owner: 3, hidden: true });
    expect(seenByAll(hiding)).toEqual([
      [1, 2],
      [1, 2],
    ]);
  });

  test("count by whose entity it is and how far it is from oneself", () => {
    const world = match("share");
    world.tick();
    const details = world.viewers.map((viewer) => {
      const { details: all = [], count } = world.interest.visibleTo(viewer);
      return [...all].slice(0, count);
    });
    expect(details[0]).toEqual([IS_TEAM_MATE, IS_TEAM_MATE | IS_FAR, IS_FAR, 0, IS_FAR]);
    expect(details[1]).toEqual([IS_TEAM_MATE | IS_FAR, IS_TEAM_MATE, 0, IS_FAR, 0]);
    expect(details[2]).toEqual([0, IS_TEAM_MATE, IS_FAR]);
  });

  test("change with the next tick, also when only a team did", () => {
    const world = match("share");
    world.tick();
    const before = world.viewers.map((viewer) => world.interest.visibleTo(viewer).version);
    world.tick();
    expect(world.viewers.map((viewer) => world.interest.visibleTo(viewer).version)).toEqual(before);
    world.viewers[0]!.team = 0;
    expect(seenByAll(world)).toEqual([
      [1, 4],
      [2, 3, 5],
      [2, 3, 5],
    ]);
    world.viewers[2]!.team = 1;
    world.viewers[0]!.team = 2;
    world.viewers[1]!.forget();
    expect(seenByAll(world)).toEqual([
      [1, 4],
      [2, 3, 5],
      [2, 3, 5],
    ]);
  });

  test("forget what a member saw who is gone", () => {
    const world = match("share");
    world.tick();
    expect(world.seen(world.viewers[0]!)).toEqual([1, 2, 3, 4, 5]);
    world.viewers.splice(1, 1);
    expect(world.look(world.viewers[0]!)).toEqual([1, 4]);
  });

  test("share exactly what their members would see alone", () => {
    const place = fc.integer({ min: 0, max: 100 });
    const start = fc.record({ x: place, y: place, owner: fc.integer({ min: 0, max: 5 }) });
    const move = fc.record({ which: fc.nat({ max: 30 }), x: place, y: place, team: fc.nat({ max: 2 }) });
    fc.assert(
      fc.property(
        fc.array(start, { minLength: 5, maxLength: 30 }),
        fc.array(move, { maxLength: 30 }),
        (starts, moves) => {
          const shared = new Ground(gridInterest({ radius: 15, teams: "share" }));
          const apart = new Ground(gridInterest({ radius: 15 }));
          for (const world of [shared, apart]) {
            for (let player = 1; player <= 5; player++) world.viewer(player * 10, 50, player, player % 3);
            for (const values of starts) world.put(values);
          }
          for (const { which, x, y, team } of moves) {
            for (const world of [shared, apart]) {
              Object.assign(world.things[which % world.things.length]!, { x, y });
              world.viewers[which % 5]!.team = team;
              world.tick();
            }
            const alone = apart.viewers.map((viewer) => apart.seen(viewer));
            shared.viewers.forEach((viewer, i) => {
              const mates = shared.viewers
                .map((other, j) => ({ other, j }))
                .filter(({ other }) => {
                  return other === viewer || (viewer.team !== 0 && other.team === viewer.team);
                });
              const expected = new Set(mates.flatMap(({ j }) => alone[j]!));
              expect(shared.seen(viewer)).toEqual([...expected].sort((a, b) => a - b));
              expect(alone[i]!.every((id) => expected.has(id))).toBe(true);
            });
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  test("are numbers from 0 to 255", () => {
    const viewer = new InterestViewer(7);
    expect(() => (viewer.team = 256)).toThrow(/team of player 7 is 256; allowed are 1 to 255/);
    expect(() => (viewer.team = 0.5)).toThrow(/0\.5/);
  });
});
