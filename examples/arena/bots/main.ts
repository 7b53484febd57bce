import { setTimeout as pause } from "node:timers/promises";
import { Bot } from "./bot.ts";
import { botName } from "./names.ts";
import { type BotOptions, readBotOptions, USAGE } from "./options.ts";

/** Between two joins, so that many bots do not arrive as one wave of handshakes. */
const JOIN_PAUSE_MS = 60;
/** News of many bots is told once: this long after the first of it. */
const GATHER_MS = 400;

/** `npm run bots`: bots are players like any other; each predicts, and knows only what it is sent. */
async function main({ count, url }: BotOptions): Promise<void> {
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      console.log("The bots leave.");
      stop.abort();
    });
  }
  const bots: Bot[] = [];
  const report = reporter(bots, count, url);
  const runs: Promise<void>[] = [];
  for (let index = 0; index < count && !stop.signal.aborted; index++) {
    const bot = new Bot(url, botName(index), stop.signal, report);
    bots.push(bot);
    const run = bot.run();
    runs.push(run);
    // The first refusal ends the others as well: they would hear the same.
    run.catch(() => stop.abort());
    await pause(JOIN_PAUSE_MS);
  }
  const failed = (await Promise.allSettled(runs)).find((run) => run.status === "rejected");
  if (failed) throw failed.reason;
}

/** Says how the bots are, whenever all of them have come to the same. */
function reporter(bots: readonly Bot[], count: number, url: string): () => void {
  let said = "";
  let timer: NodeJS.Timeout | undefined;
  const tell = () => {
    timer = undefined;
    if (bots.length < count) return;
    const playing = bots.filter(({ state }) => state === "playing").length;
    const text =
      playing === count
        ? `${count === 1 ? "One bot plays" : `${count} bots play`} at ${url}. Ctrl+C takes them out.`
        : bots.every(({ state }) => state === "away")
          ? `No server answers at ${url}. The bots wait for it; Ctrl+C ends them.`
          : said;
    if (text !== said) console.log(text);
    said = text;
  };
  return () => (timer ??= setTimeout(tell, GATHER_MS).unref());
}

try {
  const options = readBotOptions(process.argv.slice(2), process.env);
  if (options) await main(options);
  else console.log(USAGE);
} catch (error) {
  console.error(`${error instanceof Error ? error.message : String(error)}\n`);
  console.error("npm run bots -- --help tells what is possible.");
  process.exitCode = 1;
}
// A peer connection that is still closing must not hold the terminal.
process.exit();
