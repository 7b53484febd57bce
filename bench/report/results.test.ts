import { expect, it } from "vitest";
import { type PublishedScene, withScene } from "./results.ts";
import { atMost } from "./target.ts";

const ORDER = ["first", "second"];

function scene(name: string, bytes: number): PublishedScene {
  const run = (loss: number, limit: number) => ({
    path: { rttMs: 100, loss },
    result: {
      json: {},
      rows: [{ peer: "ours", bytes: bytes + loss }],
      anyPath: [{ peer: "theirs", bytes: 99 }],
      setting: "three movers",
      targets: [atMost("bytes", bytes + loss, limit)],
    },
  });
  const where = { date: "2026-01-02", machine: "a machine", commit: "abc1234" };
  return { name, ...where, runs: [run(0, 1), run(0.05, 2)] };
}

it("shows a scene as one table with a row per path, and peers that know no path once", () => {
  const document = withScene("", scene("first", 1), ORDER);
  expect(document.match(/^\| .*(ours|theirs).*$/gm)).toEqual([
    "| 0%   | 100 ms | ours   | 1     |",
    "| 5%   | 100 ms | ours   | 1.05  |",
    "| any  | any    | theirs | 99    |",
  ]);
  expect(document).toContain("three movers. 2026-01-02, a machine, commit abc1234.");
});

it("shows targets with the limit of each path, missed ones too", () => {
  const document = withScene("", scene("first", 1.5), ORDER);
  expect(document).toContain("| bytes  | <= 1  | 1.5 NO     | -          |");
  expect(document).toContain("| bytes  | <= 2  | -          | 1.55 yes   |");
});

it("replaces the scene that ran again, keeps the others, and leaves out what is no scene", () => {
  const old = "# Old\n\n## gone\n\ntext\n";
  const both = withScene(withScene(old, scene("second", 2), ORDER), scene("first", 1), ORDER);
  expect(both.match(/^#.*$/gm)).toEqual(["# Results", "## first", "## second"]);
  const again = withScene(both, scene("first", 3), ORDER);
  expect(again.match(/^## .*$/gm)).toEqual(["## first", "## second"]);
  expect(again).toContain("| ours   | 3     |");
  expect(again).toContain("| ours   | 2     |");
  expect(again).not.toContain("| ours   | 1     |");
});

it("is the same document when the same scene is written twice", () => {
  const once = withScene("", scene("first", 1), ORDER);
  expect(withScene(once, scene("first", 1), ORDER)).toBe(once);
});
