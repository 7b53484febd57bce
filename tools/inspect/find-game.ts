import { readdirSync, existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Game } from "@tidelock/shared";
import { loadGame } from "../recording/load-game.ts";

const EXAMPLES = new URL("../../examples/", import.meta.url);

/** The game of that name among the examples. Throws an Error when there is none. */
export async function findGame(name: string): Promise<Game> {
  for (const example of readdirSync(EXAMPLES)) {
    const path = fileURLToPath(new URL(`${example}/shared/game.ts`, EXAMPLES));
    if (!existsSync(path)) continue;
    const game = await loadGame(path);
    if (game.name === name) return game;
  }
  throw new Error(`No example is the game "${name}"; name its module with --game.`);
}
