import { describe, expect, it } from "vitest";
import { IDEAL_PATH } from "../peers/path.ts";
import { runIoWorld } from "./io-world.ts";
import type { SceneOptions } from "./scene.ts";
import { runStep } from "./step.ts";

const options: Omit<SceneOptions, "ticks"> = {
  seed: 5,
  path: IDEAL_PATH,
  peers: "all",
  progress: () => undefined,
};

describe("the io-world scene", () => {
  it("measures every peer on the same ticks, with nobody shown anything wrong", async () => {
    const { json, rows, anyPath = [] } = await runIoWorld({ ...options, ticks: 5 });
    expect(rows.map(({ peer }) => peer)).toEqual(["tidelock"]);
    const peers = ["colyseus", "colyseusQuantised", "nengi", "geckosMsgpackr", "geckosTypedSchema"];
    expect(anyPath.map(({ peer }) => peer)).toEqual(peers);
    for (const { mismatches } of [...rows, ...anyPath]) expect(mismatches).toBe(0);
    expect(json).toMatchObject({ scene: "io-world", ticks: 5, clients: 100, mismatches: 0 });
    expect(Object.keys(Object(json.peers))).toEqual(peers);
  });

  it("can leave out the peers that no target compares with", async () => {
    const { anyPath = [] } = await runIoWorld({ ...options, ticks: 1, peers: "compared" });
    expect(anyPath.map(({ peer }) => peer)).toEqual(["colyseus", "colyseusQuantised"]);
  });
});

describe("the step scene", () => {
  it("plays the same fight for the same seed", () => {
    const [one, same] = [1, 2].map(() => runStep({ ...options, ticks: 5 }));
    expect(same.json.hash).toBe(one.json.hash);
    expect(one.json.kills).toBeGreaterThanOrEqual(0);
  });
});
