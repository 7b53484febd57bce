import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AmbientCalls } from "./ambient-calls.ts";

describe("AmbientCalls", () => {
  const originals = [Math.random, Math.sin, Date, Date.now, performance.now];
  let ambient: AmbientCalls;
  beforeEach(() => {
    ambient = new AmbientCalls();
  });
  afterEach(() => ambient.restore());

  it("notes what a step calls, with tick, file and line, once per place", () => {
    for (const tick of [7, 8]) ambient.during(tick, () => void Math.random());
    expect(ambient.calls).toEqual([
      {
        name: "Math.random",
        tick: 7,
        at: expect.stringMatching(/^tools\/determinism\/ambient-calls\.test\.ts:\d+$/),
        answer: "other each time",
      },
    ]);
  });

  it("hears clocks and mathematics that engines choose, but not what is exact", () => {
    ambient.during(1, () => {
      void [
        Date.now(),
        new Date(),
        performance.now(),
        Math.sin(1),
        Math.hypot(3, 4),
        Math.sqrt(2),
        new Date(5),
      ];
    });
    const heard = ambient.calls.map(({ name }) => name);
    expect(heard).toEqual(["Date.now", "new Date", "performance.now", "Math.sin", "Math.hypot"]);
    expect(ambient.calls.at(-1)?.answer).toBe("other per engine");
  });

  it("makes a clock give two answers within one moment, so that its use shows", () => {
    const seen = new Set<number>();
    ambient.during(1, () => {
      for (let i = 0; i < 5; i++) seen.add(Date.now()).add(new Date().getTime());
    });
    expect(seen.size).toBe(10);
  });

  it("hears nothing outside of a step", () => {
    void [Math.random(), Date.now()];
    expect(ambient.calls).toEqual([]);
  });

  it("hears nothing more after a step that threw", () => {
    expect(() =>
      ambient.during(1, () => {
        throw new Error("step");
      }),
    ).toThrow("step");
    void Math.random();
    expect(ambient.calls).toEqual([]);
  });

  it("puts everything back", () => {
    ambient.restore();
    expect([Math.random, Math.sin, Date, Date.now, performance.now]).toEqual(originals);
  });
});
