import type { Traffic } from "./net-graph-model.ts";
import {
  CAPTION,
  COLOURS,
  INNER,
  PAD,
  PANEL_WIDTH,
  rate,
  SMALL,
  TRAFFIC_COLOURS,
} from "./net-graph-style.ts";
import { type Section, write, writeRight } from "./section.ts";

const PITCH = 28;
const NAME_WIDTH = 24;
const RATE_WIDTH = 74;
const LEGEND_DOT = 6;

/** What comes in and what goes out, each as a bar of its parts. */
export const traffic: Section = {
  height: () => 2 * PITCH + 2,
  paint({ context, model }, top) {
    paintBar(context, "in", model.trafficIn, top + 10);
    paintBar(context, "out", model.trafficOut, top + 10 + PITCH);
  },
};

function paintBar(
  context: CanvasRenderingContext2D,
  name: string,
  parts: readonly Traffic[],
  top: number,
): void {
  const total = parts.reduce((sum, { bytesPerSecond }) => sum + bytesPerSecond, 0);
  write(context, CAPTION, COLOURS.dim, name, PAD, top);
  writeRight(context, SMALL, COLOURS.text, rate(total), PANEL_WIDTH - PAD, top, 90);
  const left = PAD + NAME_WIDTH;
  const width = INNER - NAME_WIDTH - RATE_WIDTH;
  context.fillStyle = COLOURS.lane;
  context.fillRect(left, top - 8, width, 8);
  let x = left;
  let legend = left;
  parts.forEach(({ type, bytesPerSecond }, index) => {
    context.fillStyle = TRAFFIC_COLOURS[index % TRAFFIC_COLOURS.length];
    if (bytesPerSecond > 0) {
      const share = (bytesPerSecond / total) * width;
      context.fillRect(x, top - 8, Math.max(1, share - 1), 8);
      x += share;
    }
    context.font = CAPTION;
    if (legend + context.measureText(type).width + 12 > PANEL_WIDTH - PAD) return;
    context.fillRect(legend, top + 6, LEGEND_DOT, LEGEND_DOT);
    legend = write(context, CAPTION, COLOURS.dim, type, legend + 9, top + 12) + 10;
  });
}
