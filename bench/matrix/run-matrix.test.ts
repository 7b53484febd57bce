import { describe, expect, it } from "vitest";
import { IDEAL_PATH } from "../peers/path.ts";
import { scenes } from "../scenes/registry.ts";
import { combinationsOf } from "./combinations.ts";
import { runApart } from "./run-apart.ts";

const [scene] = scenes;

describe("the paths a scene is published for", () => {
  it("are all combinations of loss and round trip", () => {
    const paths = combinationsOf(scene).map((path) => path && [path.loss, path.rttMs]);
    expect(paths).toHaveLength(6);
    expect(paths).toEqual(
      expect.arrayContaining([
        [0, 0],
        [0.01, 0],
        [0.05, 0],
        [0, 100],
        [0.01, 100],
        [0.05, 100],
      ]),
    );
    expect(paths[0]).toEqual([0, 0]);
  });

  it("are its own one where it has one, and none where nothing travels", () => {
    const defaultPath = { rttMs: 100, loss: 0.05 };
    expect(combinationsOf({ ...scene, defaultPath })).toEqual([defaultPath]);
    const publishedPaths = [{ rttMs: 50, loss: 0 }, defaultPath];
    expect(combinationsOf({ ...scene, defaultPath, publishedPaths })).toEqual(publishedPaths);
    expect(combinationsOf({ ...scene, hasPath: false })).toEqual([undefined]);
  });
});

describe("a run in a process of its own", () => {
  const run = { ticks: 2, seed: 5, path: IDEAL_PATH, peers: "compared" } as const;

  it("brings back what the scene found", async () => {
    const { json, rows } = await runApart({ ...run, scene: "arena" });
    expect(json).toMatchObject({ scene: "arena", ticks: 2, mismatches: 0 });
    expect(rows[0]).toMatchObject({ peer: "tidelock" });
  });

  it("fails when the scene fails", async () => {
    await expect(runApart({ ...run, scene: "no such scene" })).rejects.toThrow("no such scene");
  });
});
