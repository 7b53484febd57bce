import { runs } from "./runs.ts";

/** What the test calls in the page. */
declare global {
  var runDeterminism: (name: string) => number[];
}

globalThis.runDeterminism = (name) => {
  const found = runs.find((run) => run.name === name);
  if (found === undefined) throw new Error(`no determinism run is named "${name}"`);
  return found.module.run();
};
