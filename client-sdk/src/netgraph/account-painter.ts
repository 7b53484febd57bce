import type { AccountMeter } from "./account-meter.ts";
import {
  CAPTION,
  COLOURS,
  INNER,
  PAD,
  PANEL_WIDTH,
  rate,
  SMALL,
  TRAFFIC_COLOURS,
  write,
  writeRight,
} from "./net-graph-style.ts";
import type { NetStats } from "./net-stats.ts";

/** Fields shown, and the height of each, in CSS pixels. */
const ROWS = 6;
const ROW_PITCH = 14;
const FIGURES_HEIGHT = 40;
export const ACCOUNT_HEIGHT = FIGURES_HEIGHT + ROWS * ROW_PITCH + 8;
/** Where the bars begin. */
const BAR_LEFT = 142;
const RATE_WIDTH = 66;
/** From here on somebody may see that an entity is not told of. */
const STALE_MS = 500;

/** What snapshots tell, and the fields that take the most of them, each with a bar beside the largest. */
export function paintAccount(
  context: CanvasRenderingContext2D,
  stats: NetStats,
  meter: AccountMeter,
  top: number,
): void {
  const { entities = 0, behind = 0, stalestMs = 0 } = stats.view ?? {};
  context.fillStyle = COLOURS.line;
  context.fillRect(PAD, top, INNER, 1);
  const cells: readonly (readonly [string, string, string?])[] = [
    ["told", `${meter.toldPerPacket.toFixed(1)}/pkt`],
    ["predicted", `${(meter.predictedShare * 100).toFixed(0)} %`],
    ["in view", String(entities)],
    ["behind", String(behind), behind > 0 ? COLOURS.late : undefined],
    ["stalest", `${Math.round(stalestMs)} ms`, stalestMs > STALE_MS ? COLOURS.bad : undefined],
  ];
  // The first row has three cells and the second two, below the outer ones.
  const width = INNER / 3;
  const columns = [0, 1, 2, 0, 1];
  cells.forEach(([name, value, colour], index) => {
    const x = PAD + columns[index] * width;
    const y = top + 15 + (index < 3 ? 0 : 15);
    write(context, CAPTION, COLOURS.dim, name, x, y);
    const right = x + width - (columns[index] < 2 ? 10 : 0);
    writeRight(context, SMALL, colour ?? COLOURS.text, value, right, y, width - 30);
  });
  const rows = meter.top(ROWS);
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
}
