import { CAPTION, COLOURS, PAD, PANEL_WIDTH, rate, SMALL, TRAFFIC_COLOURS } from "./net-graph-style.ts";
import { FIGURE_PITCH, paintFigures, rule, type Section, write, writeRight } from "./section.ts";

/** Fields shown, and the height of each, in CSS pixels. */
const ROWS = 6;
const ROW_PITCH = 14;
const FIGURES_HEIGHT = 2 * FIGURE_PITCH + 10;
/** Where the bars begin. */
const BAR_LEFT = 142;
const RATE_WIDTH = 66;
/** From here on somebody may see that an entity is not told of. */
const STALE_MS = 500;

/** What snapshots tell, and the fields that take the most of them, each with a bar beside the largest. */
export const account: Section = {
  height: (stats) => (stats.account === undefined ? 0 : FIGURES_HEIGHT + ROWS * ROW_PITCH + 8),
  paint({ context, stats, model }, top) {
    const { entities = 0, behind = 0, stalestMs = 0 } = stats.view ?? {};
    rule(context, top);
    paintFigures(
      context,
      [
        { name: "told", value: `${model.account.toldPerPacket.toFixed(1)}/pkt` },
        { name: "predicted", value: `${(model.account.predictedShare * 100).toFixed(0)} %` },
        { name: "in view", value: String(entities) },
        { name: "behind", value: String(behind), colour: behind > 0 ? COLOURS.late : undefined },
        {
          name: "stalest",
          value: `${Math.round(stalestMs)} ms`,
          colour: stalestMs > STALE_MS ? COLOURS.bad : undefined,
        },
      ],
      top + 15,
    );
    const rows = model.account.top(ROWS);
    const most = rows[0]?.bytesPerSecond ?? 0;
    rows.forEach(({ type, field, bytesPerSecond }, index) => {
      const y = top + FIGURES_HEIGHT + 10 + index * ROW_PITCH;
      const end = write(context, CAPTION, COLOURS.dim, `${type} `, PAD, y);
      write(context, CAPTION, COLOURS.text, field, end, y);
      const space = PANEL_WIDTH - PAD - RATE_WIDTH - BAR_LEFT;
      context.fillStyle = COLOURS.lane;
      context.fillRect(BAR_LEFT, y - 8, space, 8);
      context.fillStyle = TRAFFIC_COLOURS[index % TRAFFIC_COLOURS.length];
      if (most > 0) context.fillRect(BAR_LEFT, y - 8, Math.max(1, (bytesPerSecond / most) * space), 8);
      writeRight(context, SMALL, COLOURS.text, rate(bytesPerSecond), PANEL_WIDTH - PAD, y, RATE_WIDTH - 6);
    });
  },
};
