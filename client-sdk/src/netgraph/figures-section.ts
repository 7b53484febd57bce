import { COLOURS } from "./net-graph-style.ts";
import { FIGURE_PITCH, figureRows, paintFigures, type Section } from "./section.ts";

/** Older than this, the newest snapshot tells of a path that is out. */
const OLD_MS = 250;
const CELLS = 9;

/** The figures of clocks and prediction. */
export const figures: Section = {
  height: () => figureRows(CELLS) * FIGURE_PITCH + 6,
  paint({ context, stats, model }, top) {
    const { correctionsPerSecond } = model;
    paintFigures(
      context,
      [
        {
          name: "margin",
          value: `${stats.inputMarginTicks.toFixed(1)} t`,
          colour: stats.inputMarginTicks < 0 ? COLOURS.bad : undefined,
        },
        { name: "interp", value: `${Math.round(stats.interpolationDelayMs)} ms` },
        {
          name: "corr",
          value: `${correctionsPerSecond.toFixed(1)}/s`,
          colour: correctionsPerSecond > 0 ? COLOURS.correction : undefined,
        },
        { name: "lead", value: `${stats.leadTicks.toFixed(1)} t` },
        {
          name: "age",
          value: `${Math.round(stats.snapshotAgeMs)} ms`,
          colour: stats.snapshotAgeMs > OLD_MS ? COLOURS.bad : undefined,
        },
        { name: "size", value: compact(stats.correctionSize) },
        { name: "via", value: stats.transport, wide: true },
        { name: "resim", value: `${Math.round(model.resimulatedPerSecond)}/s` },
      ],
      top + 11,
    );
  },
};

function compact(value: number): string {
  return value === 0 ? "0" : value < 0.01 ? "<0.01" : value < 10 ? value.toFixed(2) : value.toFixed(0);
}
