import { CAPTION, COLOURS, LARGE, PAD, PANEL_WIDTH } from "./net-graph-style.ts";
import { type Section, write, writeRight } from "./section.ts";

/** From here on a loss is worth a colour, and then a warning. */
const SOME_LOSS = 0.01;
const MUCH_LOSS = 0.05;

/** Round trip, jitter and loss, and what carries the packets: or what is being imitated. */
export const header: Section = {
  height: () => 36,
  paint({ context, stats }, top) {
    const fast = stats.transport.startsWith("webrtc") || stats.transport === "loopback";
    context.fillStyle = fast ? COLOURS.good : COLOURS.late;
    context.beginPath();
    if (fast) context.arc(PAD + 4, top + 18, 4, 0, 2 * Math.PI);
    else context.rect(PAD, top + 14, 8, 8);
    context.fill();
    const y = top + 23;
    let x = write(context, LARGE, COLOURS.text, `${Math.round(stats.rttMs)}`, PAD + 14, y);
    x = write(context, CAPTION, COLOURS.dim, ` ms  ±${Math.round(stats.jitterMs)}`, x, y);
    const { lossShare } = stats;
    const lossColour =
      lossShare < SOME_LOSS ? COLOURS.text : lossShare < MUCH_LOSS ? COLOURS.late : COLOURS.bad;
    x = write(context, LARGE, lossColour, `${(lossShare * 100).toFixed(1)}`, x + 12, y);
    x = write(context, CAPTION, COLOURS.dim, `% loss`, x + 1, y);
    if (stats.longestLossBurst > 1)
      x = write(context, CAPTION, COLOURS.dim, ` ×${stats.longestLossBurst}`, x, y);
    if (stats.conditioner === undefined)
      return writeRight(context, CAPTION, COLOURS.dim, stats.transport, PANEL_WIDTH - PAD, y, 110);
    // A simulated network is never to be mistaken for the real one.
    context.font = CAPTION;
    const width = Math.min(PANEL_WIDTH - PAD - x - 8, context.measureText(stats.conditioner).width + 12);
    context.fillStyle = COLOURS.late;
    context.beginPath();
    context.roundRect(PANEL_WIDTH - PAD - width, top + 11, width, 16, 8);
    context.fill();
    writeRight(context, CAPTION, "#1b1500", stats.conditioner, PANEL_WIDTH - PAD - 6, y - 0.5, width - 12);
  },
};
