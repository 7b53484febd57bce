import { describe, expect, it } from "vitest";
import { everyone } from "./everyone.ts";
import { gridInterest } from "./grid-interest.ts";
import type { InterestPolicy } from "./interest-policy.ts";
import type { VisibleList } from "./visible-list.ts";
import { Ground } from "./test-ground.ts";

/** What each entity of the world matters to a player, in the order in which they were made. */
function relevanceOn(ground: Ground, player: number): number[] {
  const viewer = ground.viewers.find((one) => one.player === player)!;
  ground.tick();
  const { count, relevance } = ground.interest.visibleTo(viewer);
  return [...relevance!.subarray(0, count)];
}

/** A ground with a player's own ship at the origin, and others at distances along an axis. */
function ground(policy: InterestPolicy, distances: readonly number[]): Ground {
  const made = new Ground(policy);
  made.viewer(Number.NaN, Number.NaN, 1);
  made.put({ owner: 1 });
  for (const x of distances) made.put({ x });
  return made;
}

describe("relevance by distance", () => {
  it("is the usual at a quarter of the radius, four times that close by and a sixteenth at the edge", () => {
    const [own, ...others] = relevanceOn(ground(gridInterest({ radius: 80 }), [1, 10, 20, 40, 80]), 1);
    expect(own).toBe(4);
    expect(others).toEqual([4, 4, 1, 0.25, 0.0625]);
  });

  it("goes by how far the view reaches where there is no radius", () => {
    const near = relevanceOn(ground(everyone(), [2, 4, 8, 16]), 1);
    const wide = relevanceOn(ground(everyone(), [200, 400, 800, 1600]), 1);
    expect(wide).toEqual(near);
    expect(near.toSorted((a, b) => b - a)).toEqual(near);
    expect(near.at(-1)).toBeLessThan(1);
    expect(near[1]).toBeGreaterThan(1);
  });

  it("is high for a type that is always shown, wherever it is", () => {
    const made = ground(gridInterest({ radius: 40, always: ["flag"] }), [40]);
    made.put({ x: 9000 }, "flag");
    expect(relevanceOn(made, 1)).toEqual([4, 0.0625, 4]);
  });

  it("is each viewer's own, though they share one list", () => {
    const made = ground(everyone(), [100]);
    made.viewer(Number.NaN, Number.NaN, 2);
    made.put({ owner: 2, x: 90 });
    const [, toFirst] = relevanceOn(made, 1);
    const [, toSecond] = relevanceOn(made, 2);
    expect(toSecond).toBeGreaterThan(toFirst);
  });

  it("is the same for all to who is nowhere, and where all are in one place", () => {
    const nowhere = new Ground(everyone());
    nowhere.viewer(Number.NaN, Number.NaN);
    for (const x of [1, 100]) nowhere.put({ x });
    expect(relevanceOn(nowhere, 1)).toEqual([1, 1]);
    expect(relevanceOn(ground(everyone(), [0]), 1)).toEqual([4, 1]);
  });

  it("is never asked for unless it is read, and may be the policy's own", () => {
    const policy = everyone();
    let asked = 0;
    const own: InterestPolicy = {
      begin: (source) => policy.begin(source),
      query: (viewer) => policy.query(viewer),
      relevance: (_viewer, { count }: VisibleList, out) => {
        asked++;
        for (let i = 0; i < count; i++) out[i] = i + 1;
      },
    };
    const made = ground(own, [5, 6]);
    made.tick();
    made.interest.visibleTo(made.viewers[0]);
    expect(asked).toBe(0);
    expect(relevanceOn(made, 1)).toEqual([1, 2, 3]);
    expect(asked).toBe(1);
  });
});
