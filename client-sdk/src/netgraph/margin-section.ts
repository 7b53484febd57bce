import { CAPTION, COLOURS, FRAME_PITCH, PAD, PANEL_WIDTH } from "./net-graph-style.ts";
import { barLeft, barsIn, lane, rule, type Section, write, writeRight } from "./section.ts";

const STRIP_TOP = 14;
const STRIP_HEIGHT = 30;
const FULL_MARGIN_TICKS = 8;

/** How early inputs reach the server, above the line, or how late, below it; with a mark over the whole strip for each correction. */
export const margin: Section = {
  height: () => STRIP_TOP + STRIP_HEIGHT + 8,
  paint({ context, model }, top) {
    write(context, CAPTION, COLOURS.dim, "input margin", PAD, top + STRIP_TOP - 5);
    writeRight(
      context,
      CAPTION,
      COLOURS.correction,
      "corrections",
      PANEL_WIDTH - PAD,
      top + STRIP_TOP - 5,
      120,
    );
    const from = top + STRIP_TOP;
    const zero = from + Math.round(STRIP_HEIGHT * 0.7);
    lane(context, from, STRIP_HEIGHT);
    for (let frame = 0; frame < barsIn(model.inputMargin.length, FRAME_PITCH); frame++) {
      const ticks = model.inputMargin.at(frame);
      const reach = ticks >= 0 ? zero - from : from + STRIP_HEIGHT - zero;
      const size = Math.max(1, Math.min(1, Math.abs(ticks) / FULL_MARGIN_TICKS) * reach);
      context.fillStyle = ticks >= 0 ? COLOURS.good : COLOURS.bad;
      const x = barLeft(frame, FRAME_PITCH);
      context.fillRect(x, ticks >= 0 ? zero - size : zero, FRAME_PITCH, size);
      if (model.correction.at(frame) === 0) continue;
      context.fillStyle = COLOURS.correction;
      context.fillRect(x, from, FRAME_PITCH, STRIP_HEIGHT);
    }
    rule(context, zero);
  },
};
