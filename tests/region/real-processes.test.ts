import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import { checkTrace, readTrace } from "./checker/check-trace.ts";
import { isKind } from "./checker/violation.ts";
import { MODEL_WORLD } from "./model-world.ts";
import { RedisProcess } from "./redis-process.ts";
import type { CheckedLine } from "./trace-line.ts";

const PROGRAM = fileURLToPath(new URL("model-program.ts", import.meta.url));
const wait = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));
const nowMs = () => performance.timeOrigin + performance.now();

/** How soon things happen, which a machine busy with other tests decides; and the tombstones of the last seconds. */
const isPace = (invariant: string, text: string) =>
  ["I6", "I12"].includes(invariant) || text.includes("is followed by");

let redis: RedisProcess;
let folder: string;
let processes: ChildProcess[];

beforeEach(async () => {
  redis = await RedisProcess.start();
  folder = mkdtempSync(join(tmpdir(), "tidelock-regions-"));
  processes = [];
});

afterEach(async () => {
  for (const child of processes) child.kill("SIGKILL");
  await redis.remove();
  rmSync(folder, { recursive: true, force: true });
});

function start(name: string, startMs: number): ChildProcess {
  const program = [
    "--conditions=@tidelock/source",
    PROGRAM,
    redis.url,
    `${startMs}`,
    name,
    join(folder, name),
  ];
  const child = spawn(process.execPath, program, { stdio: ["pipe", "ignore", "inherit"] });
  processes.push(child);
  return child;
}

function traceOf(name: string): CheckedLine[] {
  const path = join(folder, name);
  return existsSync(path) ? readTrace(readFileSync(path, "utf8")) : [];
}

/** Waits until something can be read from the traces; a busy machine may take its time. */
async function until(holds: (lines: CheckedLine[]) => boolean): Promise<void> {
  for (let i = 0; i < 200; i++) {
    if (holds(["a", "b", "c"].flatMap(traceOf))) return;
    await wait(100);
  }
  throw new Error("The processes did not get so far.");
}

const restored = (region: number, process?: string) => (lines: CheckedLine[]) =>
  lines.some((line) => line.kind === "restored" && line.region === region && line.process !== process);

it("processes are killed and paused, and no entity or item is lost, doubled or simulated twice", async () => {
  const startMs = nowMs();
  const names = ["a", "b", "c"];
  const harness: CheckedLine[] = [];
  const children = new Map(names.map((name) => [name, start(name, startMs)]));
  const say = (word: string) => {
    for (const child of children.values()) if (child.signalCode === null) child.stdin?.write(`${word}\n`);
  };
  const strike = (what: "kill" | "pause") =>
    harness.push({ kind: "fault", ms: nowMs(), what, untilMs: nowMs() + 30_000 });
  const ownerOf = (region: number): string => {
    const owns = names.flatMap(traceOf).filter(isKind("owns"));
    return (
      owns
        .filter((line) => line.region === region)
        .sort((a, b) => a.ms - b.ms)
        .at(-1)?.process ?? ""
    );
  };

  await until((lines) => restored(0)(lines) && restored(1)(lines));
  for (let i = 0; i < 8; i++) {
    say("spawn");
    await wait(100);
  }
  await wait(2000);

  const first = ownerOf(0);
  strike("kill");
  children.get(first)?.kill("SIGKILL");
  await until(restored(0, first));
  await wait(1500);

  const second = ownerOf(1);
  strike("pause");
  children.get(second)?.kill("SIGSTOP");
  await wait(4000);
  children.get(second)?.kill("SIGCONT");
  await wait(2000);

  for (let i = 0; i < 3; i++) {
    say("calm");
    await wait(1000);
  }
  say("census");
  await wait(1500);

  const trace = [...harness, ...names.flatMap(traceOf)];
  const violations = checkTrace(trace, { ...MODEL_WORLD, toleratedJump: 1, isQuiet: true });
  expect(violations.filter(({ invariant, text }) => !isPace(invariant, text))).toEqual([]);
  expect(trace.filter(isKind("promoted")).length).toBeGreaterThan(10);
}, 90_000);
