import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { replicate } from "../../scenes/replicate.ts";
import { createRegatta } from "./regatta.ts";
import { stages } from "./schemas.ts";

const GUIDE = new URL("../../../docs/guides/making-state-small.md", import.meta.url);
const PATHS = [
  { rttMs: 0, loss: 0 },
  { rttMs: 100, loss: 0.05 },
];

describe("the guide to a small state", () => {
  it.each(stages)("shows what the bench measures: $name", (stage) => {
    const measured = PATHS.map((path) => {
      const options = { ticks: 900, seed: 2323, path, progress: () => undefined, peers: "compared" } as const;
      const figures = replicate({ create: (seed) => createRegatta(stage, seed), clients: 1 }, options);
      expect(figures.mismatches).toBe(0);
      return figures.bytesPerObjectUpdate.toFixed(3);
    });
    expect(readFileSync(GUIDE, "utf8")).toContain(`| ${stage.name} | ${measured.join(" | ")} |`);
  });
});
