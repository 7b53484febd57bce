import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { readReplayStart, Replay } from "@tidelock/server";
import type { Difference } from "@tidelock/shared";
import { AmbientCalls } from "../determinism/ambient-calls.ts";
import { callText } from "../determinism/call-text.ts";
import { findGame } from "../inspect/find-game.ts";
import { loadGame } from "../recording/load-game.ts";
import { worldText } from "./world-text.ts";

const USAGE = `Plays a recorded session again and compares every tick with what it came to then.

  npm run replay -- SESSION [--game FILE] [--to-tick N]

  SESSION      what a room with \`record\` set wrote
  --game FILE  the module that exports the game; for the examples it is found
  --to-tick N  stops after this tick and prints the world
  --help       this text

The exit code is 0 when every tick played came to the same.`;

/** Of the differences at one tick as many are printed; the others are counted. */
const MOST_PRINTED = 20;
/** Milliseconds after which, and how often, a long run says where it is. */
const PROGRESS_MS = 5000;

/** The command line is wrong: the usage helps. */
class UsageError extends Error {}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      game: { type: "string" },
      "to-tick": { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return console.log(USAGE);
  const [path] = positionals;
  if (path === undefined || positionals.length > 1) throw new UsageError("Name one recorded session.");
  const lastTick = values["to-tick"] === undefined ? Infinity : Number(values["to-tick"]);
  if (!(lastTick >= 1)) throw new UsageError(`--to-tick is a tick from 1 on, not "${values["to-tick"]}".`);
  const bytes = readFileSync(path);
  const { header } = readReplayStart(bytes);
  const game = values.game === undefined ? await findGame(header.game) : await loadGame(resolve(values.game));
  const replay = new Replay(bytes, game);
  console.log(`${path}: ${header.game}, ${header.tickRate} ticks per second`);
  const calls = play(replay, lastTick);
  for (const call of calls) console.log(`FAULT  ${callText(call)}`);
  console.log(outcome(replay).join("\n"));
  if (lastTick !== Infinity) console.log(worldText(replay.world).join("\n"));
  if (replay.differsSince >= 0 || calls.length > 0) process.exitCode = 1;
}

/** Plays up to a tick, or until a difference is known by name. Returns what the steps called that they should not. */
function play(replay: Replay, lastTick: number): AmbientCalls["calls"] {
  const now = performance.now.bind(performance);
  const ambient = new AmbientCalls();
  let saidMs = now();
  try {
    while (replay.world.tick < lastTick && replay.difference === undefined) {
      if (!replay.step((step) => ambient.during(replay.world.tick + 1, step))) break;
      if (now() - saidMs < PROGRESS_MS) continue;
      saidMs = now();
      console.error(`  tick ${replay.world.tick}`);
    }
  } catch (error) {
    console.log(`FAULT  tick ${replay.world.tick}: the step threw`, error);
    process.exitCode = 1;
  } finally {
    ambient.restore();
  }
  return ambient.calls;
}

function outcome({ world, difference, differsSince }: Replay): string[] {
  if (differsSince < 0) return [`ok     ${world.tick} ticks came to the same`];
  const since = `FAULT  tick ${differsSince} is the first that came to something else`;
  if (difference === undefined)
    return [`${since}; the recording ends, or was left, before the next tick that it holds whole`];
  const { tick, differences } = difference;
  const lines = differences
    .slice(0, MOST_PRINTED)
    .map((each) => `       tick ${tick}: ${differenceText(each)}`);
  const more = differences.length - lines.length;
  return [since, ...lines, ...(more > 0 ? [`       and ${more} more`] : [])];
}

function differenceText(difference: Difference): string {
  const [recorded, now] = difference.values;
  const what =
    difference.kind === "module"
      ? `the hash of module "${difference.name}"`
      : `${difference.type}.${difference.field} of entity ${difference.id}`;
  return `${what} was ${recorded} and is ${now}`;
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
