import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { loadGame } from "../recording/load-game.ts";
import { readRecording } from "../recording/recording.ts";
import { countRecording } from "./count-recording.ts";
import { DeltaCounts } from "./delta-counts.ts";
import { codeTables, type TrainedType, trainType } from "./train-tables.ts";

const USAGE = `Makes a game's code tables from recorded runs of it.

  npm run train -- RECORDING... --game FILE --out FILE

  RECORDING    what npm run record wrote; several make better tables
  --game FILE  the module that exports the game
  --out FILE   where the tables go, as JSON
  --help       this text

Then give them to the game: defineGame({ ..., tables }). Server and clients must have the same.`;

/** Reads, counts, computes and writes; what is wrong throws an Error with a sentence for the user. */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      game: { type: "string" },
      out: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return console.log(USAGE);
  if (values.game === undefined) throw new Error("Name the game's module with --game.");
  if (values.out === undefined) throw new Error("Name the file for the tables with --out.");
  if (positionals.length === 0) throw new Error("Name a recording at least.");
  const game = await loadGame(resolve(values.game));
  const counts = new DeltaCounts(game.types);
  for (const path of positionals) {
    try {
      const recording = readRecording(readFileSync(path));
      if (recording.fault !== undefined)
        console.log(`${path}: ${recording.fault} What stands before is counted.`);
      const { sound, refused } = countRecording(recording, game, counts);
      console.log(`${path}: ${sound} snapshots${refused > 0 ? `, ${refused} refused` : ""}`);
    } catch (error) {
      throw new Error(`${path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
  }
  const trained = counts.types.map(trainType);
  for (const type of trained) console.log(summary(type));
  const tables = codeTables(trained);
  if (Object.keys(tables.types).length === 0)
    throw new Error("Nothing was seen often enough to learn from: record longer, while others play.");
  writeFileSync(values.out, `${JSON.stringify(tables)}\n`);
}

function summary({ name, tables, deltas, recordedBits, trainedBits }: TrainedType): string {
  if (tables.masks === undefined) return `${name}: ${deltas} changes are too few, the built-in codes stay`;
  const saved = Math.round((1 - trainedBits / recordedBits) * 100);
  return `${name}: ${deltas} changes, ${(recordedBits / deltas).toFixed(2)} -> ${(trainedBits / deltas).toFixed(2)} bits each (${saved}% less)`;
}

try {
  await main();
} catch (error) {
  console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  process.exitCode = 1;
}
