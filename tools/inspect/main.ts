import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { loadGame } from "../recording/load-game.ts";
import { readRecording } from "../recording/recording.ts";
import { findGame } from "./find-game.ts";
import { inspectRecording } from "./inspect-recording.ts";
import { PartTotals } from "./part-totals.ts";
import { printFrame, printTotals } from "./print.ts";

const USAGE = `Prints recorded packets field by field, and where the bytes of all of them went.

  npm run inspect -- RECORDING [--game FILE] [--packet N | --totals] [--json]

  RECORDING    what npm run record wrote
  --game FILE  the module that exports the game; for the examples it is found
  --packet N   this frame only, counted from 1, with those before it read but not printed
  --totals     the totals only
  --json       a line of JSON per frame, then one with the totals
  --help       this text

Bits are counted from the beginning of the packet. Values are in the game's units; a change tells them as of the tick it names.`;

/** The command line is wrong: the usage helps. */
class UsageError extends Error {}

/** Reads and prints; what is wrong throws an Error with a sentence for the user. */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      game: { type: "string" },
      packet: { type: "string" },
      totals: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return console.log(USAGE);
  const [path] = positionals;
  if (path === undefined || positionals.length > 1) throw new UsageError("Name one recording.");
  const recording = readRecording(readFileSync(path));
  const { header, frames, fault } = recording;
  const only = values.packet === undefined ? undefined : Number(values.packet);
  if (only !== undefined && !(Number.isInteger(only) && only >= 1 && only <= frames.length))
    throw new UsageError(
      `--packet is a number from 1 to ${frames.length}, as many as ${path} has, not "${values.packet}".`,
    );
  const game = values.game === undefined ? await findGame(header.game) : await loadGame(resolve(values.game));
  const lines = values.json
    ? (value: object): void => console.log(JSON.stringify(value))
    : (_value: object, text: string[]): void => console.log(`${text.join("\n")}\n`);
  const about = `${path}: ${header.game}, player ${header.player}, ${header.tickRate} ticks per second, from tick ${header.tick}`;
  lines({ path, ...header, ...(fault !== undefined && { fault }) }, [about]);
  const totals = new PartTotals();
  try {
    for (const frame of inspectRecording(recording, game)) {
      totals.add(frame);
      if (only === undefined ? !values.totals : frame.number === only) lines(frame, printFrame(frame));
      if (frame.number === only) break;
    }
  } catch (error) {
    throw new Error(`${path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
  if (only === undefined)
    lines(
      { taken: totals.taken, refused: totals.refused, bits: totals.bits, totals: totals.rows },
      printTotals(totals),
    );
  if (fault !== undefined) {
    console.error(fault);
    process.exitCode = 1;
  }
}

try {
  await main();
} catch (error) {
  const wrong = error instanceof Error ? error.message : String(error);
  // What parseArgs throws is a TypeError.
  const isUsage = error instanceof UsageError || error instanceof TypeError;
  console.error(isUsage ? `${wrong}\n\n${USAGE}` : wrong);
  process.exitCode = 1;
}
