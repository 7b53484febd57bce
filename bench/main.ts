import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { commit, machine } from "./report/environment.ts";
import { publish } from "./report/results.ts";
import { table } from "./report/table.ts";
import { scenes } from "./scenes/registry.ts";

const RESULTS = fileURLToPath(new URL("results.md", import.meta.url));

const usage = `npm run --silent bench -- SCENE [--json] [--ticks N] [--seed N] [--write]

${scenes.map(({ name, summary }) => `  ${name.padEnd(10)}  ${summary}`).join("\n")}

  --json     print one JSON object as the last line instead of a table
  --ticks N  ticks to measure after the warm-up
  --write    also put the figures into bench/results.md
  --seed N   seed of the world (default 2323)`;

/** A whole number of at least 1, or an end of the program that says what was wrong. */
function positive(option: string, text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 1) return value;
  return fail(`--${option} must be a whole number of at least 1, found "${text}"`);
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

const result = await scene.run({
  ticks: values.ticks === undefined ? scene.defaultTicks : positive("ticks", values.ticks),
  seed: positive("seed", values.seed),
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
    : `${[result.rows, result.targets]
        .filter((rows) => rows.length > 0)
        .map(table)
        .join("\n\n")}\n
${environment.machine}, commit ${environment.commit}\n`,
);
