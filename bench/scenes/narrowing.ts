import type { AgeTransport } from "../../tests/netpath/measure-age.ts";
import { measureNarrowing } from "../../tests/netpath/measure-narrowing.ts";
import { type NarrowingFigures, narrowingFigures } from "../../tests/netpath/narrowing-figures.ts";
import { whyNoNetworkPath } from "../../tests/netpath/network-path.ts";
import { GROUPS, type PictureFigures } from "../../tests/picture/picture.ts";
import { rounded } from "../report/percentile.ts";
import type { Row } from "../report/table.ts";
import { atMost } from "../report/target.ts";
import type { SceneOptions, SceneResult } from "./scene.ts";

const TRANSPORTS = ["webrtc-direct", "webrtc-geckos"] as const satisfies readonly AgeTransport[];
const TICKS_PER_SECOND = 60;
/** Bytes a second of the path: 1 Mbit/s, and 64 kbit/s. */
const WIDE = 125_000;
const NARROW = 8000;
/** Packets are lost in bursts of so many on average. */
const BURST_PACKETS = 4;
/** The time measured, and the least of each: recovery alone may take five seconds. */
const PARTS = [4 / 15, 6 / 15, 5 / 15] as const;
const LEAST_SECONDS = [3, 4, 8] as const;
const PHASES = ["before", "narrow", "after"] as const;

const MOST_QUEUE_MS = 250;
const MOST_RECOVERY_MS = 5000;
/** How far off the near and fast may be shown, for how they move, and how old, of what the far and slow are. */
const MOST_OF_FAR = 0.5;

/** One client of a crowded room, over each transport, on a path that narrows to a sixteenth and widens again. */
export async function runNarrowing({ ticks, seed, path, progress }: SceneOptions): Promise<SceneResult> {
  const reason = whyNoNetworkPath();
  if (reason !== undefined) throw new Error(`Scene narrowing needs a network path of its own: ${reason}.`);
  const total = ticks / TICKS_PER_SECOND;
  const seconds = LEAST_SECONDS.map((least, i) => Math.max(least, Math.round(total * PARTS[i])));
  const [before, narrow, after] = seconds;
  const transports: Record<string, NarrowingFigures> = {};
  for (const transport of TRANSPORTS) {
    progress(`${transport}, ${seconds.join(" + ")} s`);
    const run = await measureNarrowing(transport, {
      delayMs: path.rttMs / 2,
      lossPercent: path.loss * 100,
      burstPackets: BURST_PACKETS,
      seed,
      wideBytesPerSecond: WIDE,
      narrowBytesPerSecond: NARROW,
      seconds: [before, narrow, after],
    });
    if (run.changes.length > 0) progress(`${transport} did not last: ${run.changes.join(", ")}`);
    transports[transport] = narrowingFigures(run);
  }
  return {
    json: { scene: "narrowing", transports, seconds, seed, rttMs: path.rttMs, loss: path.loss },
    rows: Object.entries(transports).flatMap(([transport, figures]) => rowsOf(transport, figures)),
    setting:
      `one client that sees 400 players wander, ${before} s at 1 Mbit/s, ${narrow} s at 64 kbit/s and ${after} s at 1 Mbit/s again, seed ${seed}; ` +
      "losses in bursts of 4; for the nearest or furthest and fastest or slowest quarter: distance between where they are shown and were, and age of their newest state",
    targets: Object.entries(transports).flatMap(([transport, figures]) => targetsOf(transport, figures)),
  };
}

function rowsOf(transport: string, figures: NarrowingFigures): Row[] {
  return PHASES.map((phase, i) => ({
    transport,
    path: phase,
    "longest queue, ms": phase === "narrow" ? figures.maxQueueMs : "",
    "queue p95, ms": phase === "narrow" ? figures.narrowQueueP95Ms : "",
    "recovery, s": phase === "after" ? rounded(figures.recoveryMs / 1000, 1) : "",
    "snapshot age p95, ms": figures.ageP95Ms[i],
    "snapshot bytes/s": figures.stateBytesPerSecond[i],
    "snapshots/s": figures.snapshotsPerSecond[i],
    ...Object.fromEntries(GROUPS.map((group) => [group, pictureCell(figures.picture[i][group])])),
  }));
}

function pictureCell({ meanError, meanAgeMs }: PictureFigures): string {
  return `${meanError.toFixed(2)} m, ${Math.round(meanAgeMs)} ms`;
}

function targetsOf(transport: string, { maxQueueMs, recoveryMs, picture }: NarrowingFigures): Row[] {
  const best = picture[1]["near, fast"];
  const worst = picture[1]["far, slow"];
  const secondsOff = ({ meanError, meanSpeed }: PictureFigures): number => meanError / meanSpeed;
  return [
    atMost(`longest queue over ${transport}, ms`, maxQueueMs, MOST_QUEUE_MS),
    atMost(`recovery over ${transport}, ms`, recoveryMs, MOST_RECOVERY_MS),
    atMost(
      `error over speed of near and fast, of that of far and slow, while narrow, ${transport}`,
      secondsOff(best) / secondsOff(worst),
      MOST_OF_FAR,
    ),
    atMost(
      `age of near and fast, of that of far and slow, while narrow, ${transport}`,
      best.meanAgeMs / worst.meanAgeMs,
      MOST_OF_FAR,
    ),
  ];
}
