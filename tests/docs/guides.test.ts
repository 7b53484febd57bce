import { describe, expect, it } from "vitest";
import { codeBlocks, filesUnder, readRepositoryFile } from "./document.ts";

/** Code of the guides is taken from files that are type-checked and tested. */
const sources = ["tests/docs", "bench/worlds/regatta"]
  .flatMap((folder) => filesUnder(folder, ".ts"))
  .map((path) => condensed(readRepositoryFile(path)));

describe.each(filesUnder("docs/guides", ".md"))("%s", (path) => {
  const markdown = readRepositoryFile(path);

  it("shows code that stands in a tested file, word for word", () => {
    const strange = codeBlocks(markdown)
      .filter(({ info }) => info === "ts")
      .filter(({ text }) => !sources.some((source) => source.includes(condensed(text))));
    expect(strange).toEqual([]);
  });

  it("ends in a recommendation", () => {
    expect(markdown.trimEnd().split("\n## ").at(-1)).toMatch(/^Recommendation\n/);
  });
});

describe.each(filesUnder("docs/decisions", ".md"))("%s", (path) => {
  it("says what was decided, why, and what it costs, on one page", () => {
    const markdown = readRepositoryFile(path);
    for (const heading of ["## Decision", "## Why", "## What it costs"]) expect(markdown).toContain(heading);
    expect(markdown.split("\n").length).toBeLessThan(80);
  });
});

function condensed(code: string): string {
  return code
    .split("\n")
    .map((line) => line.trim())
    .join("\n");
}
