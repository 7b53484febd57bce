import { rounded } from "../report/percentile.ts";
import { atMost } from "../report/target.ts";
import { createIdle } from "../worlds/idle.ts";
import { replicate } from "./replicate.ts";
import { replicationResult } from "./replication-report.ts";
import type { SceneOptions, SceneResult } from "./scene.ts";

/** 16 clients see 10,000 entities of which none does anything: time per tick once everybody knows them all. */
export function runIdle(options: SceneOptions): SceneResult {
  const figures = replicate({ create: createIdle, clients: 16, decodeEvery: 8 }, options);
  const encodeMicrosecondsPerTick = rounded(figures.encodeMsPerTick * 1000, 1);
  const result = replicationResult("idle", options, figures, [
    atMost("encode for all, microseconds per tick", encodeMicrosecondsPerTick, 48),
  ]);
  return { ...result, json: { ...result.json, encodeMicrosecondsPerTick } };
}
