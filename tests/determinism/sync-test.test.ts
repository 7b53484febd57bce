import { existsSync, readdirSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { isCi } from "../runner/is-ci.ts";
import { root, runTool } from "../runner/run-command.ts";

/** Where nobody waits for it, the whole; else enough to find what goes wrong every minute. */
const TICKS = isCi ? 100_000 : 5000;
const LIMIT_MINUTES = 10;
/** Where a step costs a millisecond: rigid bodies are made anew for each. */
const SHALLOW = /puck/;

const games = readdirSync(resolve(root, "examples"))
  .map((example) => `examples/${example}/shared/game.ts`)
  .filter((path) => existsSync(resolve(root, path)));

function syncTest(...args: readonly string[]): Promise<{ code: number; output: string }> {
  const program = ["--conditions=@tidelock/source", "tools/sync-test/main.ts"];
  return runTool("node", [...program, ...args], { limitMinutes: LIMIT_MINUTES });
}

describe("npm run sync-test", () => {
  it.each(games)(
    `finds nothing wrong with ${TICKS} ticks of %s`,
    { timeout: LIMIT_MINUTES * 60_000 },
    async (path) => {
      const rollback = SHALLOW.test(path) ? "2" : "8";
      const { code, output } = await syncTest(path, "--ticks", String(TICKS), "--rollback", rollback);
      expect(output).toMatch(new RegExp(`^ok {5}${TICKS} ticks, hash [0-9a-f]{8}$`, "m"));
      expect(code).toBe(0);
    },
  );

  it("names the place of a Math.random in a step, and the entity and field that it got into", async () => {
    const { code, output } = await syncTest("tests/docs/desync-game/game.ts");
    expect(output).toMatch(
      /FAULT {2}tick 1: the step called Math\.random at tests\/docs\/desync-game\/game\.ts:29,/,
    );
    expect(output).toMatch(/FAULT {2}tick \d+: runner\.slipsUntil of entity \d is \d+ at first and \d+ /);
    expect(code).toBe(1);
  });

  it("passes the same game once it is mended", async () => {
    const { code, output } = await syncTest("tests/docs/desync-game/mended.ts", "--ticks", "2000");
    expect(output).toMatch(/^ok {5}2000 ticks/m);
    expect(code).toBe(0);
  });

  it("does not pass a game in which nothing happened", async () => {
    const { code, output } = await syncTest(
      "tests/docs/desync-game/mended.ts",
      "--scenario",
      "tests/determinism/empty-scenario.ts",
      "--ticks",
      "50",
    );
    expect(output).toContain("nothing was tested");
    expect(code).toBe(1);
  });

  it("says what is wrong with a command line", async () => {
    const noGame = await syncTest("tests/runner/is-ci.ts");
    expect(noGame.output).toContain("exports 0 games");
    expect(noGame.code).toBe(1);
    const bad = await syncTest("tests/docs/desync-game/mended.ts", "--ticks", "many");
    expect(bad.output).toContain("ticks is NaN; give a whole number");
    expect(bad.code).toBe(1);
    expect((await syncTest()).output).toContain("Name one module with a game.");
  });
});
