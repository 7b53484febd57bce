import { isTestFile } from "../source-file.ts";
import { resolveRelative, type Workspace } from "../workspace.ts";

/** Each layer may use itself and those before it. */
const LAYERS = [
  "errors",
  "math",
  "rng",
  "bits",
  "tick",
  "schema",
  "input",
  "world",
  "simulation",
  "physics",
  "snapshot",
  "rewind",
  "protocol",
  "transport",
  "sync-test",
  "testing",
];
const ROOT = "shared/src/";

function layerOf(path: string): string {
  return path.slice(ROOT.length).split("/")[0];
}

/** Layers inside shared only look down. Test files may look anywhere, index.ts is above all. */
export function sharedLayers({ files }: Workspace): string[] {
  const violations: string[] = [];
  for (const { path, imports } of files) {
    if (!path.startsWith(ROOT) || isTestFile(path) || path === `${ROOT}index.ts`) continue;
    const own = LAYERS.indexOf(layerOf(path));
    if (own < 0) {
      violations.push(`${path} is in no layer; the layers are ${LAYERS.join(", ")}`);
      continue;
    }
    for (const { text, line } of imports) {
      if (!text.startsWith(".")) continue;
      const target = resolveRelative(path, text);
      const layer = layerOf(target);
      const isDown = target.startsWith(ROOT) && LAYERS.includes(layer) && LAYERS.indexOf(layer) <= own;
      if (!isDown) violations.push(`${path}:${line} looks up from ${LAYERS[own]} to ${layer}`);
    }
  }
  return violations;
}
