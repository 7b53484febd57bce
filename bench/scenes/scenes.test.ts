import { describe, expect, it } from "vitest";
import { IDEAL_PATH } from "../peers/path.ts";
import { runIoWorld } from "./io-world.ts";
import { runStep } from "./step.ts";

const options = { seed: 5, path: IDEAL_PATH, progress: () => undefined };

describe("the io-world scene", () => {
  it("measures every peer on the same ticks, with nobody shown anything wrong", () => {
    const { json, rows } = runIoWorld({ ...options, ticks: 5 });
    expect(rows.map(({ peer }) => peer)).toEqual(["tidelock", "colyseus", "colyseusQuantised"]);
    expect(rows.map(({ mismatches }) => mismatches)).toEqual([0, 0, 0]);
    expect(json).toMatchObject({ scene: "io-world", ticks: 5, clients: 100, mismatches: 0 });
    expect(Object.keys(Object(json.peers))).toEqual(["colyseus", "colyseusQuantised"]);
  });
});

describe("the step scene", () => {
  it("plays the same fight for the same seed", () => {
    const [one, same] = [1, 2].map(() => runStep({ ...options, ticks: 5 }));
    expect(same.json.hash).toBe(one.json.hash);
    expect(one.json.kills).toBeGreaterThanOrEqual(0);
  });
});
