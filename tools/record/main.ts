import { closeSync, openSync, writeSync } from "node:fs";
import { resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { loadGame } from "../recording/load-game.ts";
import { record } from "./record.ts";

const USAGE = `Records what one client of a running room receives.

  npm run record -- --game FILE --out FILE [--url ADDRESS] [--room NAME] [--seconds N]

  --game FILE    the module that exports the game
  --out FILE     where the recording goes
  --url ADDRESS  the server; http://localhost:2567 when left out
  --room NAME    the room's name as the server defined it; the game's name when left out
  --seconds N    how long, from 1 to 3600; 60 when left out
  --help         this text

It joins as a player who does nothing, so let others play: a recording without action teaches little.`;

/** Joins, records and leaves; what is wrong throws an Error with a sentence for the user. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      game: { type: "string" },
      out: { type: "string" },
      url: { type: "string", default: "http://localhost:2567" },
      room: { type: "string" },
      seconds: { type: "string", default: "60" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return console.log(USAGE);
  if (values.game === undefined) throw new Error("Name the game's module with --game.");
  if (values.out === undefined) throw new Error("Name the file for the recording with --out.");
  const seconds = Number(values.seconds);
  if (!(seconds >= 1 && seconds <= 3600))
    throw new Error(`--seconds is a number from 1 to 3600, not "${values.seconds}".`);
  const game = await loadGame(resolve(values.game));
  const file = openSync(values.out, "w");
  let bytes = 0;
  const session = await record({
    url: values.url,
    game,
    ...(values.room !== undefined && { room: values.room }),
    write: (piece) => {
      bytes += writeSync(file, piece);
    },
  });
  // Each frame acknowledges what came: without them the server would send ever less.
  const frames = setInterval(() => session.frame(performance.now()), 1000 / game.tickRate);
  const left = new Promise<void>((resolve) => {
    session.onStateChange = (state) => {
      if (state === "left") resolve();
    };
  });
  await Promise.race([pause(seconds * 1000), left]);
  clearInterval(frames);
  await session.leave();
  closeSync(file);
  console.log(`${values.out}: ${bytes} bytes`);
}

try {
  await main();
} catch (error) {
  console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  process.exitCode = 1;
}
process.exit();
