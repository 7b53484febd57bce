import { conditionPresets } from "@tidelock/shared";
import { playInputMatch } from "./input-match.ts";
import { playPlayoutMatch } from "./playout-match.ts";
import { profiles } from "./profiles.ts";

/** Prints how inputs and play-out fare on each path: `node tests/feel/main.ts [seconds] [seeds]`. */
const seconds = Number(process.argv[2] ?? 123);
const seeds = Array.from({ length: Number(process.argv[3] ?? 2) }, (_, index) => index + 1);

const presets = Object.fromEntries(
  Object.entries(conditionPresets).map(([name, condition]) => [`preset ${name}`, condition]),
);
const paths = Object.entries({ ...profiles, ...presets }).flatMap(([path, profile]) =>
  seeds.map((seed) => ({ path, profile, seed })),
);

console.log("inputs");
console.table(
  paths.map(({ path, profile, seed }) => {
    const figures = playInputMatch({ up: profile, down: profile, seconds, seed });
    return {
      path,
      seed,
      "late %": round(figures.lateShare * 100, 3),
      "late outside stalls %": round(figures.lateOutsideStalls * 100, 3),
      "freeze ms": Math.round(figures.longestFreezeMs),
      "slack mean": round(figures.meanSlackTicks, 2),
      "slack max": round(figures.maxSlackTicks, 2),
      "speed min": round(figures.minSpeed, 3),
      "speed max": round(figures.maxSpeed, 3),
      "dilated %": round(figures.dilatedShare * 100, 1),
      "reversals/min": round(figures.reversalsPerMinute, 1),
      steps: figures.hardSteps,
    };
  }),
);

console.log("play-out, 30 snapshots a second");
console.table(
  paths.map(({ path, profile, seed }) => {
    const figures = playPlayoutMatch({ down: profile, seconds, seed });
    return {
      path,
      seed,
      "delay ms": round(figures.meanDelayMs, 1),
      "extrapolated %": round(figures.extrapolatedShare * 100, 2),
      "frozen %": round(figures.frozenShare * 100, 2),
      "longest ms": Math.round(figures.longestExtrapolationMs),
      "speed min": round(figures.minSpeed, 3),
      "speed max": round(figures.maxSpeed, 3),
      jumps: figures.jumps,
      unevenness: round(figures.unevenness, 4),
    };
  }),
);

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
