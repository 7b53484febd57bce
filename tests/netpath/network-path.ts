import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { accessSync, constants } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const SCRIPT = fileURLToPath(new URL("netpath.py", import.meta.url));
const TUN = "/dev/net/tun";

/** The addresses of the two ends of a path. */
export const SERVER_ADDRESS = "10.88.0.1";
export const CLIENT_ADDRESS = "10.88.0.2";

/** What a path does to packets, in each direction. */
export interface PathOptions {
  readonly delayMs: number;
  /** Uniform, on top of the delay; order is kept. */
  readonly jitterMs?: number;
  /** Packets lost, independently of each other or in bursts. */
  readonly lossPercent: number;
  /** Mean length of a burst of losses. Default 1: each for itself. */
  readonly burstPackets?: number;
  readonly seed?: number;
}

/** A packet that went into a narrow place, or (0 bytes) a change of its rate. */
export type QueueRow = readonly [atMs: number, bytes: number, queueMs: number];

/** A real path between two network namespaces of this machine. */
export interface NetworkPath {
  /** Starts a program in the namespace of one end; its clocks and files are those of this process. */
  spawn(end: "server" | "client", command: string, args: readonly string[]): ChildProcess;
  /** The command line that runs a program in the namespace of one end. */
  prefix(end: "server" | "client"): readonly string[];
  /** Lets only so many bytes a second through of what one end sends, headers of IP included; the rest queues. 0: all. */
  setRate(from: "server" | "client", bytesPerSecond: number): void;
  /** What went into narrow places since the last call. */
  queueRows(): Promise<Readonly<Record<"server" | "client", readonly QueueRow[]>>>;
  close(): Promise<void>;
}

/** Why no path can be made on this machine; undefined when one can. */
export function whyNoNetworkPath(): string | undefined {
  if (process.platform !== "linux") return "network namespaces are a feature of Linux";
  if (process.getuid?.() !== 0) return "making network namespaces needs root";
  try {
    accessSync(TUN, constants.R_OK | constants.W_OK);
  } catch {
    return `${TUN} is missing`;
  }
  const tools: readonly (readonly [string, string])[] = [
    ["python3", "--version"],
    ["ip", "-V"],
    ["unshare", "--version"],
    ["nsenter", "--version"],
  ];
  for (const [tool, flag] of tools) {
    try {
      execFileSync(tool, [flag], { stdio: "ignore" });
    } catch {
      return `${tool} is not installed`;
    }
  }
  try {
    execFileSync("unshare", ["--net", "true"], { stdio: "ignore" });
  } catch {
    return "this container does not allow network namespaces";
  }
  return undefined;
}

/** Opens a path; `close` it, or end this process, and everything of it is gone. */
export async function openNetworkPath(options: PathOptions): Promise<NetworkPath> {
  const { delayMs, jitterMs = 0, lossPercent, burstPackets = 1, seed = 1 } = options;
  const args = { delay: delayMs, jitter: jitterMs, loss: lossPercent, burst: burstPackets, seed };
  const carrier = spawn(
    "python3",
    [SCRIPT, ...Object.entries(args).flatMap(([name, value]) => [`--${name}`, String(value)])],
    { stdio: ["pipe", "pipe", "inherit"] },
  );
  const ended = once(carrier, "exit");
  const lines = createInterface(carrier.stdout);
  const nextLine = (): Promise<string> => once(lines, "line").then(([text]) => String(text));
  const command = (words: object): void => void carrier.stdin.write(`${JSON.stringify(words)}\n`);
  const line = await Promise.race([
    nextLine(),
    ended.then(([code]) => {
      throw new Error(`The network path could not be made (exit ${code}).`);
    }),
  ]);
  const holders = JSON.parse(line) as Record<"server" | "client", number>;
  const prefix = (end: "server" | "client"): readonly string[] => [
    "nsenter",
    `--net=/proc/${holders[end]}/ns/net`,
    // The path is measured, not the other work of this machine.
    "nice",
    "-n",
    "-10",
  ];
  return {
    prefix,
    spawn: (end, command, rest) => {
      const [first, ...before] = prefix(end);
      return spawn(first, [...before, command, ...rest], { stdio: ["pipe", "pipe", "inherit"] });
    },
    setRate: (from, bytesPerSecond) => command({ rate: { [from]: bytesPerSecond } }),
    queueRows: async () => {
      const reported = nextLine();
      command({ report: 1 });
      return JSON.parse(await reported) as Record<"server" | "client", QueueRow[]>;
    },
    close: async () => {
      carrier.stdin.end();
      await ended;
    },
  };
}
