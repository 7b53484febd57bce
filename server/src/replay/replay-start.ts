import { TidelockError } from "@tidelock/shared";
import { ByteReader } from "./byte-reader.ts";
import { ByteWriter } from "./byte-writer.ts";
import { REPLAY_FORMAT, REPLAY_MAGIC, type ReplayHeader } from "./replay-format.ts";

/** The bytes that a recording begins with. */
export function replayStart(header: ReplayHeader): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify({ format: REPLAY_FORMAT, ...header }));
  const writer = new ByteWriter();
  writer.append(REPLAY_MAGIC);
  writer.u32(json.length);
  writer.append(json);
  return writer.take();
}

/** Reads them; `length`: how many they were. @throws TidelockError `config/recorded-session` */
export function readReplayStart(bytes: Uint8Array): { header: ReplayHeader; length: number } {
  const reader = new ByteReader(bytes);
  const magic = reader.take(REPLAY_MAGIC.length);
  if (reader.failed || REPLAY_MAGIC.some((byte, i) => magic[i] !== byte))
    throw wrong('this is no recorded session: it does not begin with "TIDEPLAY"');
  const json = reader.take(reader.u32());
  if (reader.failed) throw wrong("the recorded session ends within its header");
  return { header: checked(parsed(new TextDecoder().decode(json))), length: reader.position };
}

/** What is wrong with a recorded session, as an error that says it. */
export function wrong(what: string): TidelockError {
  return new TidelockError("config/recorded-session", what);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function checked(value: unknown): ReplayHeader {
  const field = (name: string): unknown =>
    typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
  const [format, game] = [field("format"), field("game")];
  if (format !== REPLAY_FORMAT)
    throw wrong(`the recorded session has format ${String(format)}; this version reads ${REPLAY_FORMAT}`);
  const number = (name: keyof ReplayHeader): number => {
    const found = field(name);
    if (typeof found !== "number") throw wrong(`the header of the recorded session has no ${name}`);
    return found;
  };
  if (typeof game !== "string") throw wrong("the header of the recorded session names no game");
  return {
    game,
    schemaHash: number("schemaHash"),
    tickRate: number("tickRate"),
    seed: number("seed"),
    secretSeed: number("secretSeed"),
  };
}
