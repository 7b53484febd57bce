import { describe, expect, test } from "vitest";
import * as fc from "fast-check";
import { everyone } from "./everyone.ts";
import { gridInterest } from "./grid-interest.ts";
import type { InterestPolicy, InterestSource } from "./interest-policy.ts";
import { InterestViewer } from "./interest-viewer.ts";
import { VisibleList } from "./visible-list.ts";

interface Thing {
  id: number;
  x: number;
  y: number;
  owner?: number;
  type?: number;
  hidden?: boolean;
}

function source(things: readonly Thing[]): InterestSource<Thing> {
  return {
    count: things.length,
    id: Float64Array.from(things, (t) => t.id),
    x: Float64Array.from(things, (t) => t.x),
    y: Float64Array.from(things, (t) => t.y),
    owner: Int32Array.from(things, (t) => t.owner ?? 0),
    type: Uint8Array.from(things, (t) => t.type ?? 0),
    typeNames,
    entity: (row) => things[row]!,
  };
}
const typeNames = ["player", "flag"];
const notHidden = (_viewer: InterestViewer, thing: Thing) => thing.hidden !== true;

function seen(policy: InterestPolicy<Thing>, viewer: InterestViewer, things: readonly Thing[]): number[] {
  const out = new VisibleList();
  policy.begin(source(things));
  policy.query(viewer, out);
  return [...out.rows.subarray(0, out.count)].map((row) => things[row]!.id);
}

function viewerAt(x: number, y: number, player = 1): InterestViewer {
  const viewer = new InterestViewer(player);
  viewer.x = x;
  viewer.y = y;
  return viewer;
}

describe("grid interest", () => {
  test("shows what is within the radius, edge included, in ascending id", () => {
    const things = [
      { id: 9, x: 10, y: 0 },
      { id: 3, x: 0, y: -10 },
      { id: 5, x: 7.1, y: 7.1 },
      { id: 4, x: -7, y: 7 },
    ];
    expect(seen(gridInterest({ radius: 10 }), viewerAt(0, 0), things)).toEqual([3, 4, 9]);
  });

  test("keeps what came into view until it is beyond the leave radius", () => {
    const policy = gridInterest<Thing>({ radius: 10, leaveRadius: 12 });
    const viewer = viewerAt(0, 0);
    const at = (x: number) => seen(policy, viewer, [{ id: 1, x, y: 0 }]);
    expect([11, 10, 11, 12, 12.1, 11, 9].map((x) => at(x).length)).toEqual([0, 1, 1, 1, 0, 0, 1]);
    viewer.forget();
    expect(at(11)).toEqual([]);
  });

  test("remembers each viewer by itself", () => {
    const policy = gridInterest<Thing>({ radius: 10, leaveRadius: 12 });
    const [first, second] = [viewerAt(0, 0, 1), viewerAt(0, 0, 2)];
    seen(policy, first, [{ id: 1, x: 5, y: 0 }]);
    expect(seen(policy, first, [{ id: 1, x: 11, y: 0 }])).toEqual([1]);
    expect(seen(policy, second, [{ id: 1, x: 11, y: 0 }])).toEqual([]);
  });

  test("a new entity with another id does not inherit the place of a dead one", () => {
    const policy = gridInterest<Thing>({ radius: 10, leaveRadius: 12 });
    const viewer = viewerAt(0, 0);
    seen(policy, viewer, [{ id: 1, x: 5, y: 0 }]);
    expect(seen(policy, viewer, [{ id: 2, x: 11, y: 0 }])).toEqual([]);
  });

  test("always shows a player its own entities and everyone the named types, wherever they are", () => {
    const things = [
      { id: 1, x: 1e6, y: 0, owner: 1 },
      { id: 2, x: 1e6, y: 0, owner: 1025 },
      { id: 3, x: -1e6, y: 5, type: 1 },
      { id: 4, x: 500, y: 0 },
    ];
    expect(seen(gridInterest({ radius: 10, always: ["flag"] }), viewerAt(0, 0, 1), things)).toEqual([1, 3]);
  });

  test("never shows what the game hides, near, always shown or seen before; but a player's own", () => {
    const policy = gridInterest<Thing>({ radius: 10, always: ["flag"], visible: notHidden });
    const viewer = viewerAt(0, 0, 7);
    const things: Thing[] = [
      { id: 1, x: 1, y: 0 },
      { id: 2, x: 1, y: 0, type: 1 },
      { id: 3, x: 1, y: 0, owner: 7 },
    ];
    expect(seen(policy, viewer, things)).toEqual([1, 2, 3]);
    expect(
      seen(
        policy,
        viewer,
        things.map((thing) => Object.assign({}, thing, { hidden: true })),
      ),
    ).toEqual([3]);
  });

  test("a viewer nowhere, or absurdly far out, sees its own and does not hang", () => {
    const things = [
      { id: 1, x: 0, y: 0 },
      { id: 2, x: 0, y: 0, owner: 1 },
    ];
    const policy = gridInterest<Thing>({ radius: 10 });
    for (const place of [Number.NaN, Infinity, -1e300]) {
      expect(seen(policy, viewerAt(place, 0), things)).toEqual([2]);
      expect(seen(policy, viewerAt(0, place), things)).toEqual([2]);
    }
  });

  test("agrees with looking at every entity, over moves, births, deaths and any order of rows", () => {
    const place = fc.integer({ min: -400, max: 400 }).map((n) => n / 4);
    const thing = fc.record({
      id: fc.integer({ min: 1, max: 60 }),
      x: place,
      y: place,
      owner: fc.integer({ min: 0, max: 2 }),
      type: fc.integer({ min: 0, max: 1 }),
      hidden: fc.boolean(),
    });
    const tick = fc.uniqueArray(thing, { selector: (t) => t.id, maxLength: 40 });
    const options = { radius: 30, leaveRadius: 40, always: ["flag"], visible: notHidden };
    fc.assert(
      fc.property(
        fc.array(tick, { maxLength: 8 }),
        fc.double({ min: 1, max: 30, noNaN: true }),
        (ticks, cell) => {
          const policy = gridInterest<Thing>({ ...options, cell });
          const viewer = viewerAt(3, -2, 1);
          let before = new Set<number>();
          for (const things of ticks) {
            const expected = things
              .filter((t) => {
                const distance = Math.sqrt((t.x - 3) ** 2 + (t.y + 2) ** 2);
                const near = distance <= 30 || (before.has(t.id) && distance <= 40);
                return t.owner === 1 || (!t.hidden && (near || t.type === 1));
              })
              .map((t) => t.id)
              .sort((a, b) => a - b);
            expect(seen(policy, viewer, things)).toEqual(expected);
            before = new Set(expected);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  test("follows a large world exactly as a third of it moves from cell to cell, also far from the origin", () => {
    const policy = gridInterest<Thing>({ radius: 50, leaveRadius: 50 });
    const things: Thing[] = [];
    for (let i = 0; i < 3000; i++) {
      things.push({ id: i + 1, x: 1e5 + ((i * 7919) % 2000), y: -1e5 + ((i * 104_729) % 20_011) / 10 });
    }
    const viewer = viewerAt(1e5 + 900, -1e5 + 900);
    for (let tick = 0; tick < 20; tick++) {
      for (const t of things) if (t.id % 3 === 0) t.x += (t.id % 5) * 6 - 12;
      const expected = things
        .filter((t) => (t.x - viewer.x) ** 2 + (t.y - viewer.y) ** 2 <= 2500)
        .map((t) => t.id);
      expect(seen(policy, viewer, things)).toEqual(expected);
      expect(expected.length).toBeGreaterThan(0);
    }
  });

  test("notices a single entity that crosses a resting world", () => {
    const policy = gridInterest<Thing>({ radius: 10, leaveRadius: 10 });
    const things: Thing[] = Array.from({ length: 100 }, (_, i) => ({ id: i + 1, x: i * 40, y: 500 }));
    const mover = things[50]!;
    mover.y = 0;
    for (mover.x = -200; mover.x <= 200; mover.x += 3) {
      const expected = Math.abs(mover.x) <= 10 ? [mover.id] : [];
      expect(seen(policy, viewerAt(0, 0), things)).toEqual(expected);
    }
  });

  test("refuses distances and types that make no sense, saying what is allowed", () => {
    expect(() => gridInterest({ radius: 0 })).toThrow(/radius of gridInterest is 0; allowed is above 0/);
    expect(() => gridInterest({ radius: 10, leaveRadius: 9 })).toThrow(/leaveRadius .* from the radius, 10/);
    expect(() => gridInterest({ radius: 64, cell: 1 })).toThrow(/cell .* allowed is 2 to 64/);
    const policy = gridInterest<Thing>({ radius: 10, always: ["banner"] });
    expect(() => policy.begin(source([]))).toThrow(/"banner".*player, flag/);
  });
});

describe("everyone", () => {
  const things: Thing[] = [
    { id: 4, x: 0, y: 0, hidden: true, owner: 2 },
    { id: 1, x: 1e9, y: 0 },
    { id: 2, x: 0, y: 0, hidden: true },
  ];
  test("shows everything, in ascending id", () => {
    expect(seen(everyone(), viewerAt(0, 0), things)).toEqual([1, 2, 4]);
  });
  test("but what the game hides from that viewer", () => {
    expect(seen(everyone({ visible: notHidden }), viewerAt(0, 0, 2), things)).toEqual([1, 4]);
    expect(seen(everyone({ visible: notHidden }), viewerAt(0, 0, 3), things)).toEqual([1]);
  });
});
