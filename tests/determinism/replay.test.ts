import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileSink } from "@tidelock/server";
import { condition } from "@tidelock/shared";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ice } from "../docs/desync-game/game.ts";
import { ice as mended } from "../docs/desync-game/mended.ts";
import { root, runTool } from "../runner/run-command.ts";
import { Stepper } from "../stepper/stepper.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "tidelock-replay-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Two players skate for six seconds; the session is recorded to a file. */
async function record(game: typeof ice, name: string): Promise<string> {
  const path = join(folder, name);
  const sink = fileSink(path);
  const stepper = new Stepper({ game, seed: 3, record: sink });
  stepper.onFrame = ({ input, number }, nowMs) => {
    input.moveX = Math.floor(nowMs / 900 + number) % 2 === 0 ? 1 : -1;
    input.sprint = Math.floor(nowMs / 500 + number) % 3 > 0;
  };
  for (let i = 0; i < 2; i++)
    stepper.join(condition({ latencyMs: 30 }), (owner) =>
      stepper.simulation.world.spawn("runner", { owner, x: owner * 5 }),
    );
  stepper.run(6000);
  stepper.simulation.end();
  await sink.written;
  return path;
}

function replay(...args: readonly string[]): Promise<{ code: number; output: string }> {
  const program = ["--conditions=@tidelock/source", `${root}/tools/replay/main.ts`];
  return runTool("node", [...program, ...args], { limitMinutes: 2 });
}

describe("npm run replay", () => {
  it("comes to the same hashes in another process", async () => {
    const path = await record(mended, "mended");
    const { code, output } = await replay(path, "--game", "tests/docs/desync-game/mended.ts");
    expect(output).toContain("ok     360 ticks came to the same");
    expect(code).toBe(0);
  });

  it("names the call, the entity and the field of a Math.random, with what was recorded and what is now", async () => {
    const path = await record(ice, "ice");
    const { code, output } = await replay(path, "--game", "tests/docs/desync-game/game.ts");
    expect(output).toMatch(/tick \d+: the step called Math\.random at tests\/docs\/desync-game\/game\.ts:29/);
    expect(output).toMatch(/FAULT {2}tick \d+ is the first that came to something else/);
    expect(output).toMatch(/tick \d+: runner\.\w+ of entity \d was \S+ and is \S+$/m);
    expect(code).toBe(1);
  });

  it("prints the world at a tick", async () => {
    const path = await record(mended, "shown");
    const { output } = await replay(path, "--game", "tests/docs/desync-game/mended.ts", "--to-tick", "100");
    expect(output).toContain("ok     100 ticks came to the same");
    expect(output).toMatch(/^tick 100, hash [0-9a-f]{8}$/m);
    expect(output).toMatch(/^ {2}runner 1 of player 1: x=-?\d+\.\d+ y=0\.\d+ vx=\S+ vy=\S+ slipsUntil=\d+$/m);
  });

  it("says what is wrong with a file", async () => {
    const { code, output } = await replay("package.json");
    expect(output).toContain("this is no recorded session");
    expect(code).toBe(1);
  });
});
