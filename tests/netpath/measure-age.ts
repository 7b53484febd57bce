import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { ArrivalReport } from "./record-arrivals.ts";
import { recordInChromium } from "./record-in-chromium.ts";
import { STALL_MS } from "./shared-clock.ts";
import { type NetworkPath, openNetworkPath, type PathOptions } from "./network-path.ts";

export const AGE_TRANSPORTS = ["webrtc-direct", "webrtc-geckos", "websocket"] as const;
export type AgeTransport = (typeof AGE_TRANSPORTS)[number];

/** What one client on one path received in one run. */
export interface AgeRun {
  /** Time from the tick that made a snapshot to its arrival, for each snapshot packet that arrived. */
  readonly agesMs: readonly number[];
  /** The same without those that were under way while a process stood still for want of a processor. */
  readonly undisturbedAgesMs: readonly number[];
  /** Age of the newest state that the client had, looked at 60 times a second. */
  readonly newestAgesMs: readonly number[];
  /** Snapshots that were due in the time measured. */
  readonly due: number;
  /** Changes of transport in the time measured: there should be none. */
  readonly changes: readonly string[];
  readonly connectMs: number;
  readonly corrections: number;
  readonly rttMs: number;
  readonly drops: Readonly<Record<string, number>>;
}

/** The room sends every second tick. */
const SEND_EVERY_TICKS = 2;
const LOOK_MS = 1000 / 60;

/**
 * Plays the field for so long over a real path with one transport, server and client in processes of their own.
 * The client is a Node process unless Chromium is asked for.
 */
export async function measureAge(
  transport: AgeTransport,
  options: PathOptions & { readonly seconds: number; readonly client?: "node" | "chromium" },
): Promise<AgeRun> {
  const path = await openNetworkPath(options);
  const children: ChildProcess[] = [];
  try {
    const server = startProgram(path, "server", "age-server.ts", [transport], children);
    const { url } = await server.next<{ url: string }>();
    const { seconds } = options;
    const report =
      options.client === "chromium"
        ? await recordInChromium(path, url, transport, seconds)
        : await startProgram(
            path,
            "client",
            "age-client.ts",
            [url, transport, String(seconds)],
            children,
          ).next<ArrivalReport>();
    server.child.stdin?.end();
    const { tickTimesMs } = await server.next<{ tickTimesMs: (number | null)[] }>();
    return evaluate(report, tickTimesMs);
  } finally {
    for (const child of children) child.kill("SIGKILL");
    await path.close();
  }
}

/** Starts a TypeScript program at one end of the path. */
export function startProgram(
  path: NetworkPath,
  end: "server" | "client",
  program: string,
  args: readonly string[],
  children: ChildProcess[],
) {
  const file = fileURLToPath(new URL(program, import.meta.url));
  const child = path.spawn(end, process.execPath, ["--conditions=@tidelock/source", file, ...args]);
  children.push(child);
  const lines = createInterface(child.stdout!)[Symbol.asyncIterator]();
  const exit = once(child, "exit");
  return {
    child,
    /** The next line of output, which is JSON. */
    next: async <T>(): Promise<T> => {
      const line = await lines.next();
      if (!line.done) return JSON.parse(line.value) as T;
      const [code] = await exit;
      throw new Error(`${program} ended (exit ${code}) without its report.`);
    },
  };
}

function evaluate(report: ArrivalReport, tickTimesMs: readonly (number | null)[]): AgeRun {
  const { fromMs, toMs, arrivals } = report;
  const sentMs = (tick: number): number => tickTimesMs[tick] ?? Number.NaN;
  const newestAgesMs: number[] = [];
  let next = 0;
  let newest = -1;
  for (let now = fromMs; now < toMs; now += LOOK_MS) {
    while (next < arrivals.length && arrivals[next][1] <= now) newest = Math.max(newest, arrivals[next++][0]);
    if (newest >= 0) newestAgesMs.push(now - sentMs(newest));
  }
  const due = tickTimesMs.filter(
    (at, tick) => at !== null && at >= fromMs && at < toMs && tick % SEND_EVERY_TICKS === 0,
  );
  const stalls = [...report.stalls, ...serverStalls(tickTimesMs)];
  const undisturbed = arrivals.filter(
    ([tick, atMs]) => !stalls.some(([begun, over]) => begun < atMs && over > sentMs(tick)),
  );
  const ageMs = ([tick, atMs]: readonly [number, number, number]): number => atMs - sentMs(tick);
  return {
    agesMs: arrivals.map(ageMs),
    undisturbedAgesMs: undisturbed.map(ageMs),
    newestAgesMs,
    due: due.length,
    changes: report.changes,
    connectMs: report.connectMs,
    corrections: report.corrections,
    rttMs: report.rttMs,
    drops: report.drops,
  };
}

function serverStalls(tickTimesMs: readonly (number | null)[]): [fromMs: number, toMs: number][] {
  const stalls: [number, number][] = [];
  for (let tick = 1; tick < tickTimesMs.length; tick += 1) {
    const [before, at] = [tickTimesMs[tick - 1], tickTimesMs[tick]];
    if (typeof before === "number" && typeof at === "number" && at - before > STALL_MS)
      stalls.push([before, at]);
  }
  return stalls;
}
