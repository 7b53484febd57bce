import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { runMatrix } from "./matrix/run-matrix.ts";
import { commit, machine } from "./report/environment.ts";
import { publish, type PublishedScene, sceneSection } from "./report/results.ts";
import { table } from "./report/table.ts";
import { scenes } from "./scenes/registry.ts";
import type { Scene } from "./scenes/scene.ts";

/** At 20 ticks per second, a round trip that still leaves baselines within the history of 64 ticks. */
const MAX_RTT_MS = 3000;
/** A little more than four hours at 60 Hz: a typing error, not a measurement. */
const MAX_TICKS = 1_000_000;
const RESULTS = fileURLToPath(new URL("results.md", import.meta.url));

const usage = `npm run --silent bench -- SCENE [--json] [--ticks N] [--seed N] [--rtt MS] [--loss P]
npm run --silent bench -- all [SCENE...] [--write] [--json] [--ticks N] [--seed N]

${scenes.map(({ name, summary }) => `  ${name.padEnd(10)}  ${summary}`).join("\n")}
  all         the named scenes, or every one, with 0, 1 and 5% lost at 0 and 100 ms

  --json     print one JSON object as the last line instead of tables
  --ticks N  ticks to measure after the warm-up
  --rtt MS   round trip between server and clients (default 0; age: 100)
  --loss P   percent of packets lost each way (default 0; age: 5)
  --write    also put the figures into bench/results.md
  --seed N   seed of the world (default 2323)`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: "boolean", default: false },
    ticks: { type: "string" },
    seed: { type: "string", default: "2323" },
    rtt: { type: "string" },
    loss: { type: "string" },
    write: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

if (values.help) {
  process.stdout.write(`${usage}\n`);
  process.exit(0);
}
const environment = { machine: machine(), commit: commit() };
const ticks = values.ticks === undefined ? undefined : number("ticks", values.ticks, 1, MAX_TICKS);
const seed = number("seed", values.seed, 0, 0xffff_ffff);
const [first, ...more] = positionals;
if (first === undefined) fail("Name a scene.");
if (first === "all") await runAll(more.length > 0 ? more.map(sceneNamed) : scenes);
else if (more.length > 0) fail(`One scene at a time, or "all ${positionals.join(" ")}".`);
else await runOne(sceneNamed(first));

async function runOne(scene: Scene): Promise<void> {
  const { hasPath, defaultPath } = scene;
  if (values.write) fail(`Whole scenes are published: "all ${scene.name} --write".`);
  if (!hasPath && (values.rtt !== undefined || values.loss !== undefined)) {
    fail(`Nothing travels in ${scene.name}: leave out --rtt and --loss.`);
  }
  const path = {
    rttMs: number("rtt", values.rtt ?? String(defaultPath?.rttMs ?? 0), 0, MAX_RTT_MS),
    loss: number("loss", values.loss ?? String((defaultPath?.loss ?? 0) * 100), 0, 99) / 100,
  };
  const run = await scene.load();
  const progress = progressOf(scene);
  const result = await run({ ticks: ticks ?? scene.defaultTicks, seed, path, peers: "all", progress });
  const tables = [[...result.rows, ...(result.anyPath ?? [])], result.targets].filter(
    (rows) => rows.length > 0,
  );
  print({ ...result.json, ...environment }, [
    ...tables.map(table),
    `${environment.machine}, commit ${environment.commit}`,
  ]);
}

/** A scene that fails is left out, and keeps the figures it has in the results; the others go on. */
async function runAll(chosen: readonly Scene[]): Promise<void> {
  if (values.rtt !== undefined || values.loss !== undefined)
    fail("All paths are run: leave out --rtt and --loss.");
  const date = new Date().toISOString().slice(0, 10);
  const order = scenes.map(({ name }) => name);
  const published: PublishedScene[] = [];
  for (const scene of chosen) {
    const progress = progressOf(scene);
    try {
      const runs = await runMatrix(scene, { ticks, seed, progress });
      const section = { name: scene.name, date, ...environment, runs };
      published.push(section);
      if (values.write) publish(RESULTS, section, order);
    } catch (error) {
      progress(`not measured: ${error instanceof Error ? error.message : String(error)}`);
      process.exitCode = 1;
    }
  }
  const runs = published.flatMap((scene) => scene.runs.map(({ result }) => result.json));
  print({ runs, ...environment }, published.map(sceneSection));
}

function print(json: Record<string, unknown>, parts: readonly string[]): void {
  process.stdout.write(values.json ? `${JSON.stringify(json)}\n` : `${parts.join("\n\n")}\n`);
}

function progressOf({ name }: Scene) {
  return (message: string): void => void process.stderr.write(`${name}: ${message}\n`);
}

function sceneNamed(name: string): Scene {
  return scenes.find((scene) => scene.name === name) ?? fail(`No scene "${name}".`);
}

/** A whole number in the given range, or an end of the program that says what was wrong. */
function number(option: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (text !== "" && Number.isInteger(value) && value >= min && value <= max) return value;
  return fail(`--${option} must be a whole number from ${min} to ${max}, found "${text}".`);
}

function fail(message: string): never {
  process.stderr.write(`${message}\n\n${usage}\n`);
  process.exit(2);
}
