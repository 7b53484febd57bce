import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { RoomReport } from "./room-victim-process.ts";

/** A real game server under attack. */
export interface RoomVictim {
  readonly url: string;
  /** False once the process has ended, for whatever reason. */
  readonly alive: () => boolean;
  readonly report: () => Promise<RoomReport>;
  readonly stop: () => Promise<void>;
}

export async function startRoomVictim(): Promise<RoomVictim> {
  const child = fork(fileURLToPath(new URL("room-victim-process.ts", import.meta.url)), [], {
    execArgv: ["--conditions=@tidelock/source", "--expose-gc"],
    // Colyseus prints each thing that it could not decode.
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  const { url } = await answer<{ url: string }>(child);
  const alive = (): boolean => child.exitCode === null && child.signalCode === null;
  return {
    url,
    alive,
    report: () => {
      const reply = answer<RoomReport>(child);
      child.send("report");
      return reply;
    },
    stop: async () => {
      if (!alive()) return;
      const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
      child.kill("SIGKILL");
      await gone;
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
