import { describe, expect, test } from "vitest";
import { planted } from "./planted.ts";
import { fileShape } from "./rules/file-shape.ts";
import { importCycles } from "./rules/import-cycles.ts";
import { leftovers } from "./rules/leftovers.ts";
import { packageBoundaries } from "./rules/package-boundaries.ts";
import { sharedLayers } from "./rules/shared-layers.ts";
import { sharedPurity } from "./rules/shared-purity.ts";

describe("the rule of package boundaries", () => {
  test.each([
    ["shared/src/a.ts", `import { x } from "@tidelock/server";`, /may not depend/],
    ["server/src/a.ts", `import type { x } from "@tidelock/client";`, /may not depend/],
    ["client-sdk/src/a.ts", `export * from "@tidelock/server";`, /may not depend/],
    ["server/src/a.ts", `const x = await import("@tidelock/client");`, /may not depend/],
    ["server/src/a.ts", `let x: import("@tidelock/client").X;`, /may not depend/],
    ["server/src/a.ts", `import { x } from "@tidelock/shared/src/world/world.ts";`, /does not declare/],
    ["server/src/a.ts", `import { x } from "../../shared/src/index.ts";`, /leaves its package/],
    ["server/src/a.ts", `import { x } from "../../client-sdk/src/index.ts";`, /may not depend/],
    ["server/src/a.ts", `import { x } from "../../vitest.config.ts";`, /leaves its package/],
  ])("finds in %s: %s", (path, text, message) => {
    expect(packageBoundaries(planted({ [path]: text }))).toEqual([expect.stringMatching(message)]);
  });

  test("allows the one way and the declared sub-paths", () => {
    const files = {
      "server/src/a.ts": `import { x } from "@tidelock/shared"; import { b } from "./b.ts"; import ws from "ws";`,
      "server/src/a.test.ts": `import { x } from "@tidelock/shared/testing";`,
      "tests/a.test.ts": `import { arena } from "../examples/arena/shared/game.ts";`,
    };
    expect(packageBoundaries(planted(files))).toEqual([]);
  });
});

describe("the rule of shared layers", () => {
  test("finds a look up, also for a type", () => {
    const files = { "shared/src/math/a.ts": `import type { World } from "../world/world.ts";` };
    expect(sharedLayers(planted(files))).toEqual([
      expect.stringMatching(/math\/a.ts:1 looks up from math to world/),
    ]);
  });

  test("finds an import of the index from inside, and a folder that is no layer", () => {
    expect(
      sharedLayers(planted({ "shared/src/world/a.ts": `import { x } from "../index.ts";` })),
    ).toHaveLength(1);
    expect(sharedLayers(planted({ "shared/src/extra/a.ts": "" }))).toEqual([
      expect.stringMatching(/in no layer/),
    ]);
  });

  test("allows a look down", () => {
    expect(sharedLayers(planted({ "shared/src/world/a.ts": `import { x } from "../rng/rng.ts";` }))).toEqual(
      [],
    );
  });
});

describe("the rule of purity", () => {
  test.each([
    "const t = Date.now();",
    "const t = performance.now();",
    "setTimeout(() => {}, 1);",
    "const r = Math.random();",
    "const s = Math.sin(1);",
    "const p = Math.pow(2, 3);",
    "const h = Math.hypot(1, 2);",
    "const p = x ** 2;",
    "const { sin } = Math;",
    "const m = Math; m.sin(1);",
    "console.log(1);",
    `import { readFileSync } from "node:fs";`,
    `import { pack } from "msgpackr";`,
  ])("finds: %s", (text) => {
    expect(sharedPurity(planted({ "shared/src/world/a.ts": text }))).not.toEqual([]);
  });

  test("leaves exact mathematics, property names and test files alone", () => {
    const files = {
      "shared/src/world/a.ts":
        "const a = Math.sqrt(2) + Math.imul(3, 4) + 2 ** 30 + entity.performance; const o = { Date: 1 };",
      "shared/src/world/a.test.ts": "const a = Math.random() + Date.now();",
      "server/src/a.ts": "const a = performance.now();",
    };
    expect(sharedPurity(planted(files))).toEqual([]);
  });
});

describe("the rule of cycles", () => {
  test("finds a circle of three files", () => {
    const files = {
      "server/src/a.ts": `import "./b.ts";`,
      "server/src/b.ts": `export * from "./c/c.ts";`,
      "server/src/c/c.ts": `import { type A } from "../a.ts";`,
    };
    expect(importCycles(planted(files))).toEqual([
      "server/src/a.ts -> server/src/b.ts -> server/src/c/c.ts -> server/src/a.ts",
    ]);
  });

  test("allows two ways to the same file and a type that points back", () => {
    const files = {
      "server/src/a.ts": `import "./b.ts"; import "./c.ts";`,
      "server/src/b.ts": `import "./c.ts";`,
      "server/src/c.ts": `import type { A } from "./a.ts";`,
    };
    expect(importCycles(planted(files))).toEqual([]);
  });
});

describe("the rule of file shape", () => {
  test("finds a file above 400 lines", () => {
    expect(fileShape(planted({ "server/src/a.ts": "x;\n".repeat(401) }))).toHaveLength(1);
    expect(fileShape(planted({ "server/src/a.ts": "x;\n".repeat(400) }))).toEqual([]);
  });

  test.each(["utils.ts", "helpers.ts", "common.ts", "types.ts", "misc.test.ts", "utils/clamp.ts"])(
    "finds %s",
    (name) => {
      expect(fileShape(planted({ [`server/src/${name}`]: "" }))).toEqual([
        expect.stringMatching(/names no concept/),
      ]);
    },
  );
});

describe("the rule of leftovers", () => {
  test("finds notes in comments of every kind, not in strings", () => {
    const note = ["TO", "DO"].join("");
    expect(leftovers(planted({ "server/src/a.ts": `// ${note}: later\nconst a = 1;` }))).toHaveLength(1);
    expect(leftovers(planted({ "server/src/a.ts": `const a = 1; /* ${note} */` }))).toHaveLength(1);
    expect(
      leftovers(planted({ "server/src/a.ts": `const a = f(1 /* ${note} */);\n/** ${note} */` })),
    ).toHaveLength(2);
    expect(leftovers(planted({ "server/src/a.ts": `const a = "${note}";` }))).toEqual([]);
  });

  test.each(["it.only", "test.skip", "describe.only", "it.concurrent.only", "it.todo"])(
    "finds %s",
    (call) => {
      expect(leftovers(planted({ "server/src/a.test.ts": `${call}("x", () => {});` }))).toHaveLength(1);
    },
  );

  test("allows a condition", () => {
    expect(leftovers(planted({ "server/src/a.test.ts": `describe.skipIf(x)("y", () => {});` }))).toEqual([]);
  });
});
