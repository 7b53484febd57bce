import { COLOURS } from "./net-graph-style.ts";
import type { NetStats } from "./net-stats.ts";
import { type Figure, FIGURE_PITCH, paintFigures, rule, type Section } from "./section.ts";

/** What lag compensation did, and whether both sides compute the same: for games that have the one, and builds that check the other. */
export const fairness: Section = {
  height: (stats) => (figuresOf(stats).length === 0 ? 0 : FIGURE_PITCH + 10),
  paint({ context, stats }, top) {
    rule(context, top);
    paintFigures(context, figuresOf(stats), top + 16);
  },
};

function figuresOf({ rewind, desyncs }: NetStats): Figure[] {
  const figures: Figure[] = [];
  if (rewind !== undefined) {
    figures.push({ name: "rewind", value: `${Math.round(rewind.lastMs)} ms` });
    const colour = rewind.capped > 0 ? COLOURS.late : undefined;
    figures.push({ name: "capped", value: `${rewind.capped}/${rewind.hits}`, colour });
  }
  if (desyncs !== undefined)
    figures.push({
      name: "desync",
      value: String(desyncs),
      colour: desyncs > 0 ? COLOURS.bad : undefined,
    });
  return figures;
}
