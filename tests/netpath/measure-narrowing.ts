import type { ChildProcess } from "node:child_process";
import type { Picture, Truth } from "../picture/picture.ts";
import type { BudgetRow } from "./busy-room.ts";
import { type AgeTransport, startProgram } from "./measure-age.ts";
import { openNetworkPath, type PathOptions, type QueueRow } from "./network-path.ts";
import type { ArrivalReport } from "./record-arrivals.ts";
import { sharedClockMs } from "./shared-clock.ts";

export interface NarrowingOptions extends PathOptions {
  /** Bytes per second of the wide and of the narrow path, headers of IP included; from the server to the client. */
  readonly wideBytesPerSecond: number;
  readonly narrowBytesPerSecond: number;
  /** Whether what the client sends has to go through the same. */
  readonly bothWays?: boolean;
  /** Seconds before, during and after. */
  readonly seconds: readonly [before: number, narrow: number, after: number];
}

/** What was seen of a path that became narrow and wide again under a room with more to tell than fits. */
export interface NarrowingRun {
  /** When the path became narrow and wide again; times of the shared clock, as all. */
  readonly narrowMs: number;
  readonly wideMs: number;
  /** What the server sent, headers included, and the queue it met. */
  readonly queue: readonly QueueRow[];
  /** Snapshots that arrived: when, how old, of how many bytes. */
  readonly arrivals: readonly (readonly [atMs: number, ageMs: number, bytes: number])[];
  readonly budget: readonly BudgetRow[];
  /** What the client showed, where all of it was, and when the server made a tick. */
  readonly pictures: readonly Picture[];
  readonly truth: Truth;
  readonly sentMs: (tick: number) => number;
  readonly fromMs: number;
  readonly toMs: number;
  /** Changes of transport: there should be none. */
  readonly changes: readonly string[];
  readonly drops: Readonly<Record<string, number>>;
}

/** What a client takes to connect and to settle, before it begins to measure. */
const SETTLE_SECONDS = 5;

/** Plays a crowded field over a real path that narrows and widens, server and client in processes of their own. */
export async function measureNarrowing(
  transport: AgeTransport,
  options: NarrowingOptions,
): Promise<NarrowingRun> {
  const path = await openNetworkPath(options);
  const children: ChildProcess[] = [];
  const setRate = (bytesPerSecond: number): void => {
    path.setRate("server", bytesPerSecond);
    if (options.bothWays === true) path.setRate("client", bytesPerSecond);
  };
  try {
    setRate(options.wideBytesPerSecond);
    const server = startProgram(path, "server", "age-server.ts", [transport, "crowded"], children);
    const { url } = await server.next<{ url: string }>();
    const [before, narrow, after] = options.seconds;
    const total = String(before + narrow + after);
    const client = startProgram(
      path,
      "client",
      "age-client.ts",
      [url, transport, total, "pictures"],
      children,
    );
    const reported = client.next<ArrivalReport>();
    await sleep((SETTLE_SECONDS + before) * 1000);
    setRate(options.narrowBytesPerSecond);
    const narrowMs = sharedClockMs();
    await sleep(narrow * 1000);
    setRate(options.wideBytesPerSecond);
    const wideMs = sharedClockMs();
    const report = await reported;
    const { server: queue } = await path.queueRows();
    server.child.stdin?.end();
    const { tickTimesMs, budgetRows, truth } = await server.next<{
      tickTimesMs: (number | null)[];
      budgetRows: BudgetRow[];
      truth: Truth;
    }>();
    return {
      narrowMs,
      wideMs,
      queue: queue.filter(([atMs]) => atMs >= report.fromMs && atMs < report.toMs),
      arrivals: report.arrivals.map(([tick, atMs, bytes]) => [
        atMs,
        atMs - (tickTimesMs[tick] ?? Number.NaN),
        bytes,
      ]),
      budget: budgetRows,
      pictures: report.pictures,
      truth,
      sentMs: (tick) => tickTimesMs[tick] ?? Number.NaN,
      fromMs: report.fromMs,
      toMs: report.toMs,
      changes: report.changes,
      drops: report.drops,
    };
  } finally {
    for (const child of children) child.kill("SIGKILL");
    await path.close();
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
