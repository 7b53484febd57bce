import { TidelockError } from "../errors/tidelock-error.ts";
import { conditionPresets } from "./condition-presets.ts";
import { type Condition, condition } from "./condition.ts";

/** The short names of a condition's numbers, as written in a URL or an environment variable. */
const KEYS: Readonly<Record<string, keyof Condition>> = {
  latency: "latencyMs",
  jitter: "jitterMs",
  loss: "lossPercent",
  burst: "burstLossPercent",
  burstFrames: "burstFrames",
  reorder: "reorderPercent",
  duplicate: "duplicatePercent",
  rate: "bytesPerSecond",
  stall: "stallMs",
  stallEvery: "stallEveryMs",
};

/**
 * Reads `latency=75,jitter=10,loss=2`, a preset's name, or a preset with changes
 * (`mobile,loss=5`): milliseconds, percent, and bytes per second for `rate`. The empty text is `off`.
 * Throws `config/condition` for anything else.
 */
export function parseCondition(text: string): Condition {
  const parts: Partial<Condition> = {};
  for (const item of text.split(",")) {
    const word = item.trim();
    if (word === "") continue;
    const equals = word.indexOf("=");
    if (equals < 0) Object.assign(parts, preset(word));
    else Object.assign(parts, assignment(word.slice(0, equals).trim(), word.slice(equals + 1).trim()));
  }
  return condition(parts);
}

/** What a path does in each direction. */
export interface PathCondition {
  /** The text that it was read from. */
  readonly name: string;
  /** From the clients to the server. */
  readonly up: Condition;
  /** From the server to the clients. */
  readonly down: Condition;
}

/**
 * Reads what `parseCondition` reads, for both directions, or two of them with a slash between where they differ: `mobile/lan` is what
 * clients send over a telephone network, and what the server sends through a cable. Throws `config/condition` for anything else.
 */
export function parsePathCondition(text: string): PathCondition {
  const [up, down = up, ...more] = text.split("/");
  if (more.length > 0)
    throw new TidelockError(
      "config/condition",
      `Network condition "${text}" has ${more.length + 2} directions; write one for both, or two as in mobile/lan: up, then down.`,
    );
  return { name: text.trim(), up: parseCondition(up), down: parseCondition(down) };
}

function preset(name: string): Condition {
  for (const [known, value] of Object.entries(conditionPresets)) if (known === name) return value;
  throw new TidelockError(
    "config/condition",
    `Network condition "${name}" is not known. Use ${Object.keys(conditionPresets).join(", ")}, or numbers such as latency=75,jitter=10,loss=2.`,
  );
}

function assignment(key: string, text: string): Partial<Condition> {
  const name = Object.hasOwn(KEYS, key) ? KEYS[key] : undefined;
  if (name === undefined) {
    throw new TidelockError(
      "config/condition",
      `Network condition has no "${key}". It has ${Object.keys(KEYS).join(", ")}.`,
    );
  }
  const value = text === "" ? Number.NaN : Number(text);
  if (!Number.isFinite(value)) {
    throw new TidelockError(
      "config/condition",
      `Network condition: ${key} is "${text}", which is not a number.`,
    );
  }
  return { [name]: value };
}
