import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { root, runTool } from "../runner/run-command.ts";

const LIMIT_MS = 120_000;
const program = ["--conditions=@tidelock/source"];
let folder: string;
let server: ChildProcess;
let port = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "tidelock-desync-"));
  port = await freePort();
  server = spawn(process.execPath, [...program, `${root}/tests/docs/desync-game/server.ts`], {
    cwd: root,
    env: {
      ...process.env,
      NODE_ENV: "",
      PORT: String(port),
      TIDELOCK_TRANSPORT: "websocket",
      ICE_SESSION: join(folder, "ice.session"),
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  await new Promise((resolve) => server.stdout?.once("data", resolve));
}, LIMIT_MS);

afterAll(() => {
  server.kill();
  rmSync(folder, { recursive: true, force: true });
});

it(
  "a desync shows while the game is played, and its recorded session names the cause",
  { timeout: LIMIT_MS },
  async () => {
    const url = `http://localhost:${port}`;
    const played = await run("tests/docs/desync-game/runner.ts", url, "12");
    expect(played).toMatch(
      /^desync \(prediction\) at tick \d+: runner\.\w+ of entity \d+ was predicted as \S+ here and is \S+ on the server$/m,
    );
    const replayed = await run(
      "tools/replay/main.ts",
      join(folder, "ice.session"),
      "--game",
      "tests/docs/desync-game/game.ts",
    );
    expect(replayed).toMatch(/the step called Math\.random at tests\/docs\/desync-game\/game\.ts:29/);
    expect(replayed).toMatch(/FAULT {2}tick \d+ is the first that came to something else/);
    expect(replayed).toMatch(/runner\.slipsUntil of entity \d+ was \d+ and is \d+/);
  },
);

async function run(path: string, ...args: readonly string[]): Promise<string> {
  const { output } = await runTool("node", [...program, `${root}/${path}`, ...args], { limitMinutes: 1 });
  return output;
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
