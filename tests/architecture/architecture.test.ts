import { describe, expect, test } from "vitest";
import { fileShape } from "./rules/file-shape.ts";
import { importCycles } from "./rules/import-cycles.ts";
import { leftovers } from "./rules/leftovers.ts";
import { packageBoundaries } from "./rules/package-boundaries.ts";
import { sharedLayers } from "./rules/shared-layers.ts";
import { sharedPurity } from "./rules/shared-purity.ts";
import { readWorkspace } from "./workspace.ts";

const workspace = readWorkspace();

describe("the workspace", () => {
  test("is read as a whole", () => {
    expect(workspace.packages.length).toBeGreaterThanOrEqual(6);
    expect(workspace.files.some(({ path }) => path === "shared/src/index.ts")).toBe(true);
    expect(workspace.files.every(({ path }) => !path.includes("node_modules"))).toBe(true);
  });

  test("depends one way, through declared entries only", () => {
    expect(packageBoundaries(workspace)).toEqual([]);
  });

  test("looks only down inside shared", () => {
    expect(sharedLayers(workspace)).toEqual([]);
  });

  test("keeps shared pure", () => {
    expect(sharedPurity(workspace)).toEqual([]);
  });

  test("has no import cycles", () => {
    expect(importCycles(workspace)).toEqual([]);
  });

  test("has short files with telling names", () => {
    expect(fileShape(workspace)).toEqual([]);
  });

  test("has nothing left for later and no test switched off", () => {
    expect(leftovers(workspace)).toEqual([]);
  });
});
