import type { Difference, Tick } from "@tidelock/shared";

/**
 * Client and server do not have the same.
 *
 * - `snapshot`: this client has another state of an entity than it was sent. That is a fault of the codec, or the declared motion of
 *   the entity's type is not the same on both sides.
 * - `prediction`: all inputs were there in time, and still what this client predicted of its own entities is not what the server
 *   computed. Something had a part in it that this client does not know (a neighbour that it does not predict, the secret stream), or the
 *   step depends on more than the world and the inputs.
 */
export interface Desync {
  readonly kind: "snapshot" | "prediction";
  readonly tick: Tick;
  /** Of each the value here first, then that of the server. */
  readonly differences: readonly Difference[];
}

/** One line for each of the differences of a desync. */
export function describeDesync({ kind, tick, differences }: Desync): string[] {
  const here = kind === "snapshot" ? "is" : "was predicted as";
  return differences.map((difference) => {
    const [mine, servers] = difference.values;
    return `desync (${kind}) at tick ${tick}: ${subject(difference)} ${here} ${mine} here and is ${servers} on the server`;
  });
}

function subject(difference: Difference): string {
  return difference.kind === "module"
    ? `the hash of module "${difference.name}"`
    : `${difference.type}.${difference.field} of entity ${difference.id}`;
}

/** The same field is warned of only so often: what is wrong is mostly wrong in every tick. */
const QUIET_MS = 10_000;

/** Prints desyncs on the console, each field of each kind once in ten seconds. */
export class DesyncWarnings {
  readonly #saidAtMs = new Map<string, number>();
  readonly #now: () => number;
  readonly #print: (line: string) => void;

  constructor(now: () => number, print: (line: string) => void = (line) => console.warn(line)) {
    this.#now = now;
    this.#print = print;
  }

  /** Prints what has not been printed lately. */
  readonly warn = (desync: Desync): void => {
    const nowMs = this.#now();
    const lines = describeDesync(desync);
    desync.differences.forEach((difference, i) => {
      const about = `${desync.kind} ${difference.kind === "module" ? difference.name : `${difference.type}.${difference.field}`}`;
      if (nowMs - (this.#saidAtMs.get(about) ?? -Infinity) < QUIET_MS) return;
      this.#saidAtMs.set(about, nowMs);
      this.#print(lines[i]);
    });
  };
}
