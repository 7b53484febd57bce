import { COLOURS } from "./net-graph-style.ts";
import type { NetStats } from "./net-stats.ts";
import { type Figure, FIGURE_PITCH, figureRows, paintFigures, rule, type Section } from "./section.ts";

/** What lag compensation did, and whether both sides compute the same: for games that have the one, and builds that check the other. */
export const fairness: Section = {
  height(stats) {
    const rows = figureRows(figuresOf(stats).length);
    return rows === 0 ? 0 : rows * FIGURE_PITCH + 10;
  },
  paint({ context, stats }, top) {
    rule(context, top);
    paintFigures(context, figuresOf(stats), top + 16);
  },
};

function figuresOf({ rewinds, desyncs }: NetStats): Figure[] {
  const figures: Figure[] = [];
  for (const [name, totals] of [
    ["hit", rewinds?.made],
    ["was hit", rewinds?.taken],
  ] as const) {
    if (totals === undefined || totals.hits === 0) continue;
    figures.push({ name, value: `${Math.round(totals.lastMs)} ms ago` });
    const colour = totals.capped > 0 ? COLOURS.late : undefined;
    figures.push({ name: "capped", value: `${totals.capped}/${totals.hits}`, colour });
  }
  if (desyncs !== undefined)
    figures.push({ name: "desync", value: String(desyncs), colour: desyncs > 0 ? COLOURS.bad : undefined });
  return figures;
}
