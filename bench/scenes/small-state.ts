import type { Row } from "../report/table.ts";
import { createRegatta } from "../worlds/regatta/regatta.ts";
import { stages } from "../worlds/regatta/schemas.ts";
import { replicate } from "./replicate.ts";
import type { SceneOptions, SceneResult } from "./scene.ts";

/** One client sees sixty boats, declared in one way after the other: what each step of the guide saves. */
export function runSmallState(options: SceneOptions): SceneResult {
  const rows: Row[] = [];
  const json: Record<string, unknown> = {};
  for (const stage of stages) {
    options.progress(stage.name);
    const figures = replicate({ create: (seed) => createRegatta(stage, seed), clients: 1 }, options);
    const { bytesPerObjectUpdate, bytesPerClientTick, mismatches } = figures;
    rows.push({ peer: stage.name, bytesPerObjectUpdate, bytesPerClientTick, mismatches });
    json[stage.name] = { bytesPerObjectUpdate, bytesPerClientTick, mismatches, fields: figures.fields };
  }
  return {
    json: { scene: "small-state", ...options.path, stages: json },
    rows,
    targets: [],
    anyPath: [],
    setting: `60 boats, shown to one client, ${options.ticks} ticks, seed ${options.seed}`,
  };
}
