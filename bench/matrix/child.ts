import { scenes } from "../scenes/registry.ts";
import type { ApartRun } from "./run-apart.ts";

/** The other end of `runApart`: takes one run, answers with its result and ends. */
process.once("message", async ({ scene: name, ...options }: ApartRun) => {
  const scene = scenes.find((one) => one.name === name);
  if (scene === undefined) throw new Error(`no scene "${name}"`);
  const run = await scene.load();
  const { rttMs, loss } = options.path;
  const path = scene.hasPath ? ` ${loss * 100}% ${rttMs} ms` : "";
  const progress = (message: string): void => void process.stderr.write(`${name}${path}: ${message}\n`);
  const result = await run({ ...options, progress });
  process.send?.(result, () => process.disconnect());
});
