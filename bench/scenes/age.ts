import { AGE_TRANSPORTS, type AgeRun, measureAge } from "../../tests/netpath/measure-age.ts";
import { whyNoNetworkPath } from "../../tests/netpath/network-path.ts";
import { percentile, rounded } from "../report/percentile.ts";
import type { Row } from "../report/table.ts";
import { atMost } from "../report/target.ts";
import type { SceneOptions, SceneResult } from "./scene.ts";

const TICKS_PER_SECOND = 60;
/** The oldest that all but one in a hundred snapshots may be on arrival, at 100 ms there and back and 5% lost. */
const P99_MS = 150;

/** One client plays a field of twenty movers over each transport, in its own process behind its own network interface. */
export async function runAge({ ticks, seed, path, progress }: SceneOptions): Promise<SceneResult> {
  const reason = whyNoNetworkPath();
  if (reason !== undefined) throw new Error(`Scene age needs a network path of its own: ${reason}.`);
  const seconds = Math.max(1, Math.round(ticks / TICKS_PER_SECOND));
  const transports: Record<string, Row> = {};
  for (const transport of AGE_TRANSPORTS) {
    progress(`${transport}, ${seconds} s`);
    const run = await measureAge(transport, {
      delayMs: path.rttMs / 2,
      lossPercent: path.loss * 100,
      seed,
      seconds,
    });
    if (run.changes.length > 0) progress(`${transport} did not last: ${run.changes.join(", ")}`);
    transports[transport] = figures(run);
  }
  const p99 = (transport: (typeof AGE_TRANSPORTS)[number]): number => Number(transports[transport]["p99Ms"]);
  return {
    json: { scene: "age", transports, seconds, seed, rttMs: path.rttMs, loss: path.loss },
    rows: Object.entries(transports).map(([transport, row]) => ({ transport, ...row })),
    setting: `one client, ${seconds} s over each transport, seed ${seed}`,
    targets: [
      atMost("p99 age over webrtc-direct, ms", p99("webrtc-direct"), P99_MS),
      atMost("p99 age over webrtc-geckos, ms", p99("webrtc-geckos"), P99_MS),
      {
        target: "p99 age over websocket, ms (WebRTC would be for nothing below)",
        limit: `> ${P99_MS}`,
        measured: p99("websocket"),
        met: p99("websocket") > P99_MS ? "yes" : "NO",
      },
    ],
  };
}

function figures(run: AgeRun): Row {
  const ms = (samples: readonly number[], fraction: number): number =>
    rounded(percentile(samples, fraction), 1);
  return {
    p50Ms: ms(run.agesMs, 0.5),
    p90Ms: ms(run.agesMs, 0.9),
    p99Ms: ms(run.agesMs, 0.99),
    maxMs: ms(run.agesMs, 1),
    // Without what was under way while one of the processes had no processor: the path alone.
    undisturbedP99Ms: ms(run.undisturbedAgesMs, 0.99),
    newestP99Ms: ms(run.newestAgesMs, 0.99),
    frames: run.agesMs.length,
    due: run.due,
    corrections: run.corrections,
  };
}
