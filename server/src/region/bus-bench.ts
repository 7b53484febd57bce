import type { Answer, RegionBus } from "./region-bus.ts";

/** One world's bus under test. */
export interface BusBench {
  /** The bus as a process of this name sees it. */
  connect(owner: string): RegionBus;
  /** Lets time pass and answers come. */
  wait(ms: number): Promise<void>;
  /** How long a lease holds on this bench; short, so that waiting for its end is cheap. */
  readonly leaseMs: number;
  /** Stops the store and starts it again, with what it had. */
  restart(): Promise<void>;
}

export async function acquired(bench: BusBench, bus: RegionBus, region: number): Promise<number> {
  let answer = await ask(bench, bus, "acquire", region, 0);
  // A store that has just started gives nothing away yet.
  for (let i = 0; i < 20 && answer.kind === "waiting"; i++) {
    await bench.wait(answer.retryMs + 1);
    answer = await ask(bench, bus, "acquire", region, 0);
  }
  if (answer.kind !== "granted")
    throw new Error(`${bus.owner} did not get region ${region}: ${answer.kind}.`);
  return answer.epoch;
}

type Operations = { [K in keyof RegionBus as RegionBus[K] extends Operation ? K : never]: RegionBus[K] };
type Operation = (...all: never[]) => void;
type Call<K extends keyof Operations> =
  Parameters<Operations[K]> extends [...infer P, Answer<infer T>] ? { values: P; answer: T } : never;

/** The answer to one operation; a bus under test has to give one. */
export async function ask<K extends keyof Operations>(
  bench: BusBench,
  bus: RegionBus,
  operation: K,
  ...values: Call<K>["values"]
): Promise<Call<K>["answer"]> {
  const box: { value?: Call<K>["answer"]; answers: number } = { answers: 0 };
  const answer: Answer<Call<K>["answer"]> = (value) => {
    box.answers++;
    box.value = value;
  };
  Reflect.apply(bus[operation], bus, [...values, answer]);
  for (let i = 0; i < 400 && box.answers === 0; i++) await bench.wait(2);
  if (box.value === undefined) throw new Error(`"${operation}" had no answer.`);
  equal(box.answers, 1, `answers to "${operation}"`);
  return box.value;
}

export function check(holds: boolean, what: string): void {
  if (!holds) throw new Error(`It does not hold that ${what}.`);
}

export function equal<T>(found: T, wanted: T, what: string): void {
  if (found !== wanted) throw new Error(`${what}: found ${String(found)}, wanted ${String(wanted)}.`);
}

/** Compares values of plain objects, lists and bytes, whatever the order of properties. */
export function same(found: unknown, wanted: unknown, what: string): void {
  equal(canonical(found), canonical(wanted), what);
}

function canonical(value: unknown): string {
  if (value instanceof Uint8Array) return `<${[...value].join()}>`;
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== "object" || value === null) return String(value);
  const entries = Object.entries(value).sort(([x], [y]) => (x < y ? -1 : 1));
  return `{${entries.map(([key, item]) => `${key}:${canonical(item)}`).join()}}`;
}
