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
