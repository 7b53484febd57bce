import { pathToFileURL } from "node:url";
import { Game } from "@tidelock/shared";

/** Loads the game that a module exports, by whatever name. Throws an Error when it exports none, or several. */
export async function loadGame(path: string): Promise<Game> {
  const exported: unknown = await import(pathToFileURL(path).href);
  const games = new Set(Object.values(exported as object).filter((value) => value instanceof Game));
  const [game] = games;
  if (games.size !== 1)
    throw new Error(
      `${path} exports ${games.size} games; name a module that exports one, made by defineGame`,
    );
  return game;
}
