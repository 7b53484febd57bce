import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { Client as SdkClient, type Room } from "@colyseus/sdk";
import { expect } from "vitest";
import { freeUdpPort } from "../browser/harness/free-port.ts";
import type { VictimReport, VictimRequest } from "./victim-process.ts";

/** A server under attack, with one honest player in the room whom nothing may disturb. */
export interface Victim {
  readonly url: string;
  readonly udpPort: number;
  ask(request: VictimRequest): Promise<VictimReport>;
  /** Fails unless the process lives and the honest player still gets frames. */
  expectUnharmed(): Promise<void>;
  stop(): Promise<void>;
}

export async function startVictim(kind: "webrtc-direct" | "webrtc-geckos"): Promise<Victim> {
  const udpPort = await freeUdpPort();
  const entry = fileURLToPath(new URL("victim-process.ts", import.meta.url));
  const child = fork(entry, [kind, String(udpPort)], {
    execArgv: ["--conditions=@tidelock/source", "--expose-gc"],
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  let complaints = "";
  child.stderr?.on("data", (text: Buffer) => (complaints = (complaints + text.toString()).slice(-4000)));
  const { url } = await answer<{ url: string }>(child);
  const honest: Room = await new SdkClient(url).joinOrCreate("echo");
  let frames = 0;
  honest.onMessage<unknown>(127, () => (frames += 1));

  return {
    url,
    udpPort,
    ask: (request) => {
      const reply = answer<VictimReport>(child);
      child.send(request);
      return reply;
    },
    expectUnharmed: async () => {
      const before = frames;
      const alive = (): boolean => child.exitCode === null && child.signalCode === null;
      await expect.poll(() => !alive() || frames > before + 15, { timeout: 5000 }).toBe(true);
      expect(alive(), `the process ended (${child.exitCode ?? child.signalCode}): ${complaints}`).toBe(true);
    },
    stop: async () => {
      await honest.leave().catch(() => {});
      const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
      if (child.exitCode === null && child.signalCode === null) {
        child.kill("SIGKILL");
        await gone;
      }
    },
  };
}

function answer<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null): void => reject(new Error(`The process ended with ${code}.`));
    const onMessage = (message: object): void => {
      if (!("victim" in message)) return;
      child.off("exit", onExit);
      child.off("message", onMessage);
      resolve(message.victim as T);
    };
    child.once("exit", onExit);
    child.on("message", onMessage);
  });
}
