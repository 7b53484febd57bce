import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Scenario } from "@tidelock/shared/sync-test";

const PARTS = ["open", "join", "input"] as const;

/**
 * The scenario that a module exports under that name; without a path, that of `scenario.ts` beside the game, if there is one. Throws
 * an Error when the module exports none.
 */
export async function loadScenario(gamePath: string, path?: string): Promise<Scenario | undefined> {
  const beside = join(dirname(gamePath), "scenario.ts");
  if (path === undefined && !existsSync(beside)) return undefined;
  const from = path ?? beside;
  const exported: unknown = await import(pathToFileURL(from).href);
  const found: unknown = Reflect.get(exported as object, "scenario");
  if (!isScenario(found))
    throw new Error(
      `${from} exports no scenario; export one by that name, made by defineScenario, with any of the functions ${PARTS.join(", ")}`,
    );
  return found;
}

function isScenario(value: unknown): value is Scenario {
  if (typeof value !== "object" || value === null) return false;
  const given = PARTS.map((part): unknown => Reflect.get(value, part)).filter((part) => part !== undefined);
  return given.length > 0 && given.every((part) => typeof part === "function");
}
