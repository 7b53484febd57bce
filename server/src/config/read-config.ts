import { TidelockError } from "@tidelock/shared";
import { serverSettings, type ServerConfig } from "./server-settings.ts";
import { allowedBy, parseSetting, type ConfigOf, type Setting } from "./setting.ts";

/** Environment variables, such as `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A wrong value may be a pasted secret or a file: enough of it to recognise is shown. */
const SHOWN_CHARACTERS = 40;

/**
 * Reads a table of settings. Unset and empty variables take their default.
 * @throws TidelockError `config/out-of-range` naming every wrong variable, its value and what is allowed.
 */
export function readSettings<const Table extends readonly Setting[]>(
  table: Table,
  env: Environment,
): ConfigOf<Table> {
  const values: Record<string, number | string> = {};
  const problems: string[] = [];
  for (const setting of table) {
    const text = env[setting.env]?.trim() ?? "";
    if (text === "") {
      values[setting.name] =
        typeof setting.default === "object" ? values[setting.default.sameAs] : setting.default;
      continue;
    }
    const parsed = parseSetting(setting, text);
    if (parsed.ok) values[setting.name] = parsed.value;
    else problems.push(`${setting.env} is "${shorten(text)}"; allowed is ${allowedBy(setting)}.`);
  }
  if (problems.length > 0) throw new TidelockError("config/out-of-range", problems.join("\n"));
  if (!describes(table, values)) throw new TidelockError("config/table", "Two settings share a name.");
  return values;
}

/** The settings of a server. See `readSettings`. */
export function readServerConfig(env: Environment): ServerConfig {
  return readSettings(serverSettings, env);
}

/** Each value went through its own row of the table; the compiler needs to be told. */
function describes<Table extends readonly Setting[]>(
  table: Table,
  values: Record<string, number | string>,
): values is ConfigOf<Table> & Record<string, number | string> {
  return Object.keys(values).length === table.length;
}

function shorten(text: string): string {
  return text.length <= SHOWN_CHARACTERS ? text : `${text.slice(0, SHOWN_CHARACTERS)}...`;
}
