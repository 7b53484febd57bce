import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { SceneOptions, SceneResult } from "../scenes/scene.ts";

/** What a run is told: everything of the options that can travel, and the scene's name. */
export interface ApartRun extends Omit<SceneOptions, "progress"> {
  scene: string;
}

const CHILD = fileURLToPath(new URL("child.ts", import.meta.url));

/**
 * Runs a scene in a process of its own, as the command line would, so that no run finds the compiler and the heap as another left
 * them. Rejects when the scene fails; it has said why on standard error by then.
 */
export function runApart(run: ApartRun): Promise<SceneResult> {
  return new Promise((resolve, reject) => {
    let result: SceneResult | undefined;
    const child = fork(CHILD, [], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
    child.on("message", (message: SceneResult) => {
      result = message;
    });
    child.on("error", reject);
    child.on("exit", (code) => {
      if (code === 0 && result !== undefined) resolve(result);
      else reject(new Error(`scene ${run.scene} ended with code ${code ?? "of a signal"}`));
    });
    child.send(run);
  });
}
