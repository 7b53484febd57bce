import { expect, it } from "vitest";
import { withSection, type PublishedRun } from "./results.ts";

function run(command: string, bytes: number): PublishedRun {
  const where = { date: "2026-01-02", machine: "a machine", commit: "abc1234" };
  return { command, ...where, rows: [{ peer: "ours", bytes }], targets: [] };
}

it("adds a section per command and replaces only the one that ran again", () => {
  const two = withSection(withSection("# Results\n", run("a", 1)), run("a --loss 5", 2));
  const again = withSection(two, run("a", 3));
  expect(again.match(/^## .*$/gm)).toEqual(["## a", "## a --loss 5"]);
  expect(again).toContain("| ours | 3     |");
  expect(again).toContain("| ours | 2     |");
  expect(again).not.toContain("| ours | 1     |");
});

it("is the same document when the same run is written twice", () => {
  const once = withSection("# Results\n", run("a", 1));
  expect(withSection(once, run("a", 1))).toBe(once);
});
