import { isTestFile } from "../source-file.ts";
import type { Workspace } from "../workspace.ts";

/** Clocks, timers, I/O and ambient state: passed in where they are needed. */
const BANNED = new Set([
  "Date",
  "performance",
  "setTimeout",
  "setInterval",
  "setImmediate",
  "clearTimeout",
  "clearInterval",
  "clearImmediate",
  "queueMicrotask",
  "requestAnimationFrame",
  "console",
  "process",
  "Buffer",
  "fetch",
  "WebSocket",
  "XMLHttpRequest",
  "crypto",
  "window",
  "document",
  "navigator",
  "localStorage",
  "globalThis",
  "Intl",
]);

/** What ECMAScript specifies exactly. The rest of Math may differ between engines in the last bit, or is random. */
const EXACT_MATH = new Set(
  (
    "abs ceil floor round trunc sign sqrt min max imul clz32 fround " +
    "PI E LN2 LN10 LOG2E LOG10E SQRT2 SQRT1_2"
  ).split(" "),
);

/** The one engine of others that is let in, by those who import its sub-path: a deterministic build. */
const ENGINE = /^@dimforge\/rapier[23]d-deterministic-compat$/;

/**
 * Code that runs on both sides gives the same bits everywhere: no clock, no engine-defined mathematics, no I/O and no
 * package of others. Suites in testing/ run inside a test runner and may import it.
 */
export function sharedPurity({ files }: Workspace): string[] {
  const violations: string[] = [];
  for (const { path, imports, names, operators } of files) {
    if (!path.startsWith("shared/src/") || isTestFile(path)) continue;
    for (const { text, line } of imports) {
      const isRunner = path.startsWith("shared/src/testing/") && (text === "vitest" || text === "fast-check");
      const isEngine = path.startsWith("shared/src/physics/rapier/") && ENGINE.test(text);
      if (!text.startsWith(".") && !isRunner && !isEngine) violations.push(`${path}:${line} imports ${text}`);
    }
    for (const { text, line } of names) {
      if (BANNED.has(text)) violations.push(`${path}:${line} uses ${text}`);
      const [object, member] = text.split(".");
      if (object === "Math" && member !== undefined && !EXACT_MATH.has(member)) {
        violations.push(`${path}:${line} uses ${text}`);
      }
    }
    const plain = names.filter(({ text }) => text === "Math").length;
    const dotted = names.filter(({ text }) => /^Math\.\w+$/.test(text)).length;
    if (plain > dotted) violations.push(`${path} uses Math other than as Math.name`);
    // Powers of two are exact everywhere; any other power is left to the engine.
    for (const { text, line } of operators)
      if (text !== "2**") violations.push(`${path}:${line} uses ${text}`);
  }
  return violations;
}
