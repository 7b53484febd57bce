import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { commit, machine } from "./report/environment.ts";
import { publish } from "./report/results.ts";
import { table } from "./report/table.ts";
import { scenes } from "./scenes/registry.ts";

/** At 20 ticks per second, a round trip that still leaves baselines within the history of 64 ticks. */
const MAX_RTT_MS = 3000;
/** A little more than four hours at 60 Hz: a typing error, not a measurement. */
const MAX_TICKS = 1_000_000;
const RESULTS = fileURLToPath(new URL("results.md", import.meta.url));

const usage = `npm run --silent bench -- SCENE [--json] [--ticks N] [--seed N] [--rtt MS] [--loss P] [--write]

${scenes.map(({ name, summary }) => `  ${name.padEnd(10)}  ${summary}`).join("\n")}

  --json     print one JSON object as the last line instead of a table
  --ticks N  ticks to measure after the warm-up
  --rtt MS   round trip between server and clients (default 0; age: 100)
  --loss P   percent of packets lost each way (default 0; age: 5)
  --write    also put the figures into bench/results.md
  --seed N   seed of the world (default 2323)`;

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
const scene = scenes.find(({ name }) => name === positionals[0]);
if (scene === undefined || positionals.length > 1) {
  fail(positionals.length === 0 ? "Name a scene." : `No scene "${positionals.join(" ")}".`);
}

if (!scene.hasPath && (values.rtt !== undefined || values.loss !== undefined)) {
  fail(`Nothing travels in ${scene.name}: leave out --rtt and --loss.`);
}

const run = await scene.load();
const result = await run({
  ticks: values.ticks === undefined ? scene.defaultTicks : number("ticks", values.ticks, 1, MAX_TICKS),
  seed: number("seed", values.seed, 0, 0xffff_ffff),
  path: {
    rttMs: number("rtt", values.rtt ?? String(scene.defaultPath?.rttMs ?? 0), 0, MAX_RTT_MS),
    loss: number("loss", values.loss ?? String((scene.defaultPath?.loss ?? 0) * 100), 0, 99) / 100,
  },
  peers: "all",
  progress: (message) => process.stderr.write(`${scene.name}: ${message}\n`),
});
const environment = { machine: machine(), commit: commit() };
if (values.write) {
  const date = new Date().toISOString().slice(0, 10);
  const command = process.argv.slice(2).filter((argument) => argument !== "--json" && argument !== "--write");
  publish(RESULTS, { command: command.join(" "), date, ...environment, ...result });
}
process.stdout.write(
  values.json
    ? `${JSON.stringify({ ...result.json, ...environment })}\n`
    : `${[[...result.rows, ...(result.anyPath ?? [])], result.targets]
        .filter((rows) => rows.length > 0)
        .map(table)
        .join("\n\n")}\n
${environment.machine}, commit ${environment.commit}\n`,
);
