import { condition } from "@tidelock/shared";
import { rounded } from "../report/percentile.ts";
import type { Row } from "../report/table.ts";
import { atMost } from "../report/target.ts";
import { measureAgreement } from "./feel/agreement.ts";
import { measureHits } from "./feel/hits.ts";
import { measureHiddenTab } from "./feel/hidden-tab.ts";
import { DISPLAYS_HZ, measureMotion, TICK_RATES } from "./feel/motion.ts";
import { measureRoughPath, ROUGH_PATH } from "./feel/rough-path.ts";
import { measureSpawns } from "./feel/spawns.ts";
import { measureSpikes } from "./feel/spikes.ts";
import type { SceneOptions, SceneResult } from "./scene.ts";

const TICKS_PER_SECOND = 60;
const SEEDS = 8;
/** The shorter scenarios take these shares of the time. */
const HALF = 1 / 2;
const SIXTH = 1 / 6;
const LEAST_SECONDS = 12;
/** Shots per second of the longest scenario, so that the usual run has 10,000. */
const SHOTS_PER_SECOND = 82;

/** The same path with losses of other kinds. */
const OTHER_LOSSES = {
  "5% lost one by one": condition({ latencyMs: 70, jitterMs: 50, lossPercent: 5 }),
  "5% lost in bursts of 2": { ...ROUGH_PATH, burstFrames: 2 },
  "5% lost in bursts of 4": { ...ROUGH_PATH, burstFrames: 4 },
} as const;

/** Two players on the real netcode and the real room, in virtual time, on paths that would be felt. */
export function runFeel({ ticks, seed, progress }: SceneOptions): SceneResult {
  const seconds = Math.max(LEAST_SECONDS, Math.round(ticks / TICKS_PER_SECOND));
  const seeds = Array.from({ length: SEEDS }, (_, index) => seed + index);
  const few = seeds.slice(0, SEEDS / 2);
  const share = (of: number): number => Math.max(LEAST_SECONDS, Math.round(seconds * of));
  progress(`a rough path, ${seconds} s for each of ${SEEDS} seeds`);
  const rough = measureRoughPath(ROUGH_PATH, seeds, seconds);
  const others = Object.entries(OTHER_LOSSES).map(([name, path]) => {
    progress(name);
    return { name, ...measureRoughPath(path, few, seconds) };
  });
  progress("spikes");
  const spikes = measureSpikes(few, seconds);
  progress("agreement and rest");
  const agreement = measureAgreement(few, share(HALF));
  progress("spawns");
  const spawns = measureSpawns(seeds.slice(0, 2), share(SIXTH));
  progress("a hidden tab");
  const hidden = measureHiddenTab(few);
  progress("motion from frame to frame");
  const motion = DISPLAYS_HZ.map((hz) => ({
    hz,
    byTickRate: TICK_RATES.map((tickRate) => ({ tickRate, ...measureMotion(hz, tickRate, [seed]) })),
  }));
  progress("hits");
  const hits = measureHits({ shots: Math.ceil(seconds * SHOTS_PER_SECOND), seed });
  const largestMotionError = (hz: number): number =>
    Math.max(
      ...motion
        .filter((each) => each.hz === hz)
        .flatMap(({ byTickRate }) => byTickRate.flatMap(({ ownMax, remoteMax }) => [ownMax, remoteMax])),
    );
  const restEqualMs = Math.max(agreement.ownRestMs, agreement.remoteRestMs);
  const figures = {
    lateInputShare: rounded(rough.lateInputShare, 6),
    worstSeedLateInputShare: rounded(rough.worstSeedLateInputShare, 6),
    longestFreezeMs: rounded(rough.longestFreezeMs, 1),
    longestOwnFreezeMs: rounded(rough.longestOwnFreezeMs, 1),
    longestRemoteFreezeMs: rounded(rough.longestRemoteFreezeMs, 1),
    remoteFreezesPerMinute: rounded(rough.remoteFreezesPerMinute, 3),
    leadTicks: rounded(rough.leadTicks, 2),
    neededLeadTicks: rounded(rough.neededLeadTicks, 2),
    leadExcessTicks: rounded(rough.leadExcessTicks, 2),
    interpolationDelayMs: rounded(rough.interpolationDelayMs, 1),
    correctionsWhenEqual: agreement.corrections,
    restEqualMs: rounded(restEqualMs, 1),
    ownRestEqualMs: rounded(agreement.ownRestMs, 1),
    remoteRestEqualMs: rounded(agreement.remoteRestMs, 1),
    hitAgreement: rounded(hits.hitAgreement, 5),
    edgeHitAgreement: rounded(hits.edgeAgreement, 4),
    movingHitAgreement: rounded(hits.movingAgreement, 4),
    uncompensatedHitAgreement: rounded(hits.uncompensatedAgreement, 4),
    shots: hits.shots,
    forgedAccepted: hits.forgedAccepted,
    forgedTried: hits.forgedTried,
    forgedCounted: hits.forgedCounted,
    spawns: spawns.spawns,
    spawnsMatchedShare: spawns.matchedShare,
    spawnsDoubled: spawns.doubled,
    spawnsLost: spawns.lost,
    spikes: spikes.spikes,
    spikeRecoveryMs: rounded(spikes.recoveryMs, 1),
    hiddenTabResumeMs: rounded(hidden.resumeMs, 1),
    hiddenTabResumeExcessMs: rounded(hidden.resumeExcessMs, 1),
    hiddenTabFastForwardFrames: hidden.fastForwardFrames,
    motionErrorUnits: Object.fromEntries(DISPLAYS_HZ.map((hz) => [hz, rounded(largestMotionError(hz), 5)])),
  };
  return {
    json: { scene: "feel", ...figures, seconds, seed },
    rows: rows({ rough, others, spikes, agreement, hits, spawns, hidden, motion }),
    setting:
      `two players in virtual time on the real netcode, ${seconds} s for each of ${SEEDS} seeds from ${seed}, after 3 s; the rough path takes 70 ms and up to 50 ms more each way ` +
      "and loses 5% in bursts of 3 frames (Gilbert-Elliott); a freeze is frames in a row in which what moves on the server does not move on the screen",
    targets: [
      atMost("late inputs, share", rough.lateInputShare, 0.001),
      atMost("longest freeze of all that moves, ms", rough.longestFreezeMs, 100),
      atMost("longest freeze of the other player alone, ms", rough.longestRemoteFreezeMs, 100),
      atMost("lead above what the path needs, ticks", rough.leadExcessTicks, 2),
      atMost("recovery from a spike of 150 to 500 ms, ms", spikes.recoveryMs, 1000),
      atMost("corrections while the server agrees", agreement.corrections, 0),
      atMost("bit-equal after rest, ms", restEqualMs, 250),
      atMost("hits decided otherwise than they were shown, share", 1 - hits.hitAgreement, 0.01),
      atMost("forged views accepted", hits.forgedAccepted, 0),
      atMost("predicted spawns not matched, share", 1 - spawns.matchedShare, 0),
      atMost("predicted spawns doubled", spawns.doubled, 0),
      atMost("predicted spawns lost", spawns.lost, 0),
      atMost("resume after a hidden minute, beyond a round trip and a tick, ms", hidden.resumeExcessMs, 0),
      ...DISPLAYS_HZ.map((hz) =>
        atMost(
          `largest motion error at ${hz} Hz, units (a shown step is 0.0156)`,
          largestMotionError(hz),
          1 / 64,
        ),
      ),
    ],
  };
}

interface Measured {
  readonly rough: ReturnType<typeof measureRoughPath>;
  readonly others: readonly ({ readonly name: string } & ReturnType<typeof measureRoughPath>)[];
  readonly spikes: ReturnType<typeof measureSpikes>;
  readonly agreement: ReturnType<typeof measureAgreement>;
  readonly hits: ReturnType<typeof measureHits>;
  readonly spawns: ReturnType<typeof measureSpawns>;
  readonly hidden: ReturnType<typeof measureHiddenTab>;
  readonly motion: readonly {
    readonly hz: number;
    readonly byTickRate: readonly ({ readonly tickRate: number } & ReturnType<typeof measureMotion>)[];
  }[];
}

function rows({ rough, others, spikes, agreement, hits, spawns, hidden, motion }: Measured): Row[] {
  const row = (what: string, figures: Record<string, string>): Row[] =>
    Object.entries(figures).map(([figure, value]) => ({ what, figure, value }));
  return [
    ...[{ name: "rough path", ...rough }, ...others].flatMap(({ name, ...each }) =>
      row(name, {
        "late inputs": percent(each.lateInputShare),
        "late inputs, worst seed": percent(each.worstSeedLateInputShare),
        "lead, and what is needed": `${each.leadTicks.toFixed(1)}, ${each.neededLeadTicks.toFixed(1)} ticks`,
        "longest freeze of own, of other": `${each.longestOwnFreezeMs.toFixed(0)}, ${each.longestRemoteFreezeMs.toFixed(0)} ms`,
        "freezes of the other above 100 ms": `${each.remoteFreezesPerMinute.toFixed(2)} per minute`,
        "interpolation delay": `${each.interpolationDelayMs.toFixed(0)} ms`,
      }),
    ),
    ...row("spikes of 150 to 500 ms, every 3 to 10 s", {
      "recovery, longest and median": `${spikes.recoveryMs.toFixed(0)}, ${spikes.medianRecoveryMs.toFixed(0)} ms`,
      lead: `${spikes.leadTicks.toFixed(1)} ticks`,
    }),
    ...row("150 ms round trip, 20 ms jitter, 2% lost", {
      "corrections, of snapshots": `${agreement.corrections} of ${agreement.snapshots}`,
      "bit-equal after rest, own, other, median of other": `${agreement.ownRestMs.toFixed(0)}, ${agreement.remoteRestMs.toFixed(0)}, ${agreement.medianRemoteRestMs.toFixed(0)} ms`,
    }),
    ...row("shots at moving targets, 150 ms round trip, 2% lost", {
      "decided as shown": `${percent(hits.hitAgreement)} of ${hits.shots}`,
      "the same, all at edges; by shooters who move; without lag compensation": `${percent(hits.edgeAgreement)}, ${percent(hits.movingAgreement)}, ${percent(hits.uncompensatedAgreement)}`,
      "forged views accepted, counted": `${hits.forgedAccepted}, ${hits.forgedCounted} of ${hits.forgedTried}`,
    }),
    ...row("8 shots in every tick, 150 ms round trip, 5% lost", {
      "matched, doubled, lost": `${percent(spawns.matchedShare)}, ${spawns.doubled}, ${spawns.lost} of ${spawns.spawns}`,
    }),
    ...row("hidden for 60 s, 50 to 200 ms round trip", {
      "resumed after": `${hidden.resumeMs.toFixed(0)} ms`,
      "frames in fast-forward": String(hidden.fastForwardFrames),
    }),
    ...motion.flatMap(({ hz, byTickRate }) =>
      row(`${hz} Hz display, 100 ms round trip, 20 ms jitter, 2% lost`, {
        [`largest motion error, own and other, at ${TICK_RATES.join(", ")} ticks/s`]: byTickRate
          .map(({ ownMax, remoteMax }) => `${ownMax.toFixed(4)} ${remoteMax.toFixed(4)}`)
          .join(", "),
      }),
    ),
  ];
}

function percent(share: number): string {
  return `${rounded(share * 100, 3)}%`;
}
