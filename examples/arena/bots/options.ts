import { parseArgs } from "node:util";
import { MAX_PLAYERS } from "../shared/rules.ts";

const DEFAULT_COUNT = 12;

export const USAGE = `Bots for the arena: each is a player with a connection of its own.

  npm run bots -- [count] [--url <address>]

  count            how many, from 1 to ${MAX_PLAYERS}; ${DEFAULT_COUNT} when left out
  --url <address>  the arena's server; otherwise ARENA_URL, otherwise http://localhost:<PORT or 2567>
  --help           this text

They play until Ctrl+C. When the server goes away they wait for it and join again.`;

export interface BotOptions {
  readonly count: number;
  readonly url: string;
}

/** What the command line asks for; undefined for help. @throws Error with a sentence for the user */
export function readBotOptions(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): BotOptions | undefined {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { help: { type: "boolean", short: "h" }, url: { type: "string" } },
    allowPositionals: true,
  });
  if (values.help) return undefined;
  if (positionals.length > 1) throw new Error(`One count is enough, found: ${positionals.join(" ")}`);
  const count = Number(positionals[0] ?? DEFAULT_COUNT);
  if (!Number.isInteger(count) || count < 1 || count > MAX_PLAYERS)
    throw new Error(`The count is a whole number from 1 to ${MAX_PLAYERS}, not "${positionals[0]}"`);
  const url = values.url ?? env["ARENA_URL"] ?? `http://localhost:${env["PORT"] ?? 2567}`;
  if (!URL.canParse(url) || !/^https?:/.test(url))
    throw new Error(`The address of the server begins with http:// or https://, unlike "${url}"`);
  return { count, url: url.replace(/\/+$/, "") };
}
