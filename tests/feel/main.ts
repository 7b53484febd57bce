import { playInputMatch } from "./input-match.ts";
import { profiles } from "./profiles.ts";

/** Prints how inputs fare on each path, over several seeds: `node tests/feel/main.ts [seconds]`. */
const seconds = Number(process.argv[2] ?? 63);
const rows = Object.entries(profiles).flatMap(([name, profile]) =>
  [1, 2, 3].map((seed) => {
    const figures = playInputMatch({ up: profile, down: profile, seconds, seed });
    return {
      path: name,
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
console.table(rows);

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
