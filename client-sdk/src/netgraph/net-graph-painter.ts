import type { NetGraphModel, Traffic } from "./net-graph-model.ts";
import type { NetStats } from "./net-stats.ts";
import { ACCOUNT_HEIGHT, paintAccount } from "./account-painter.ts";
import {
  CAPTION,
  COLOURS,
  INNER,
  LARGE,
  PAD,
  PANEL_WIDTH,
  rate,
  SMALL,
  TRAFFIC_COLOURS,
  write,
  writeRight,
} from "./net-graph-style.ts";

const FOLDED_HEIGHT = 108;
const UNFOLDED_HEIGHT = 276;

/** Height of the panel in CSS pixels. */
export function netGraphHeight(unfolded: boolean, counts: boolean): number {
  return !unfolded ? FOLDED_HEIGHT : counts ? UNFOLDED_HEIGHT + ACCOUNT_HEIGHT : UNFOLDED_HEIGHT;
}

/** Pixels per snapshot and per frame: bars stay distinct at one device pixel per CSS pixel. */
const SNAPSHOT_PITCH = 3;
const FRAME_PITCH = 2;
/** Full height of a lane: a delay, ticks of play-out room, ticks of margin. */
const FULL_DELAY_MS = 150;
const FULL_ROOM_TICKS = 8;
const FULL_MARGIN_TICKS = 8;

/** Draws the panel into a context that is scaled to CSS pixels. */
export function paintNetGraph(
  context: CanvasRenderingContext2D,
  stats: NetStats,
  model: NetGraphModel,
  unfolded: boolean,
): void {
  const height = netGraphHeight(unfolded, stats.account !== undefined);
  context.clearRect(0, 0, PANEL_WIDTH, height);
  context.textBaseline = "alphabetic";
  context.fillStyle = COLOURS.ground;
  context.strokeStyle = COLOURS.edge;
  context.beginPath();
  context.roundRect(0.5, 0.5, PANEL_WIDTH - 1, height - 1, 8);
  context.fill();
  context.stroke();
  paintHeader(context, stats);
  paintPlayout(context, model, 36, 26);
  paintSnapshots(context, stats, 64, 34);
  if (!unfolded) return;
  paintInputs(context, model, 116, 30);
  paintFigures(context, stats, model, 166);
  paintTraffic(context, "in", model.trafficIn, 222);
  paintTraffic(context, "out", model.trafficOut, 250);
  if (stats.account !== undefined) paintAccount(context, stats, model.account, UNFOLDED_HEIGHT);
}

function paintHeader(context: CanvasRenderingContext2D, stats: NetStats): void {
  const fast = stats.transport.startsWith("webrtc") || stats.transport === "loopback";
  context.fillStyle = fast ? COLOURS.good : COLOURS.late;
  context.beginPath();
  context.arc(PAD + 4, 18, 4, 0, 2 * Math.PI);
  context.fill();
  let x = write(context, LARGE, COLOURS.text, `${Math.round(stats.rttMs)}`, PAD + 14, 23);
  x = write(context, CAPTION, COLOURS.dim, ` ms  ±${Math.round(stats.jitterMs)}`, x, 23);
  const lossColour =
    stats.lossShare < 0.01 ? COLOURS.text : stats.lossShare < 0.05 ? COLOURS.late : COLOURS.bad;
  x = write(context, LARGE, lossColour, `${(stats.lossShare * 100).toFixed(1)}`, x + 12, 23);
  x = write(context, CAPTION, COLOURS.dim, `% loss`, x + 1, 23);
  if (stats.longestLossBurst > 1)
    x = write(context, CAPTION, COLOURS.dim, ` ×${stats.longestLossBurst}`, x, 23);
  if (stats.conditioner === undefined) {
    writeRight(context, CAPTION, COLOURS.dim, stats.transport, PANEL_WIDTH - PAD, 23, 110);
    return;
  }
  // A simulated network is never to be mistaken for the real one.
  context.font = CAPTION;
  const width = Math.min(104, context.measureText(stats.conditioner).width + 12);
  context.fillStyle = COLOURS.late;
  context.beginPath();
  context.roundRect(PANEL_WIDTH - PAD - width, 11, width, 16, 8);
  context.fill();
  writeRight(context, CAPTION, "#1b1500", stats.conditioner, PANEL_WIDTH - PAD - 6, 22.5, width - 12);
}

/** One bar per frame: blue up for snapshots in hand, orange down for every moment beyond the newest. */
function paintPlayout(
  context: CanvasRenderingContext2D,
  model: NetGraphModel,
  top: number,
  height: number,
): void {
  const zero = top + Math.round(height * 0.65);
  lane(context, top, height);
  for (let frame = 0; frame < Math.min(model.playoutRoom.length, INNER / FRAME_PITCH); frame++) {
    const room = model.playoutRoom.at(frame);
    const reach = room >= 0 ? zero - top : top + height - zero;
    const size = Math.max(1, Math.min(1, Math.abs(room) / FULL_ROOM_TICKS) * reach);
    context.fillStyle = room >= 0 ? COLOURS.room : COLOURS.beyond;
    context.fillRect(right(frame, FRAME_PITCH), room >= 0 ? zero - size : zero, FRAME_PITCH, size);
  }
  rule(context, zero);
}

/** One bar per snapshot, as tall as it was late: green in time, yellow too late to be shown in time, red lost. */
function paintSnapshots(
  context: CanvasRenderingContext2D,
  stats: NetStats,
  top: number,
  height: number,
): void {
  lane(context, top, height);
  const log = stats.snapshots;
  for (let back = 0; back < Math.min(log.length, INNER / SNAPSHOT_PITCH); back++) {
    const fate = log.fate(back);
    const share = fate === "lost" ? 1 : Math.min(1, 0.14 + (0.86 * log.delayMs(back)) / FULL_DELAY_MS);
    const size = Math.max(2, share * height);
    context.fillStyle = fate === "lost" ? COLOURS.bad : fate === "late" ? COLOURS.late : COLOURS.good;
    context.fillRect(right(back, SNAPSHOT_PITCH), top + height - size, SNAPSHOT_PITCH - 1, size);
  }
}

/** The margin of inputs, green above the line of lateness and red below it, with a mark for each correction. */
function paintInputs(
  context: CanvasRenderingContext2D,
  model: NetGraphModel,
  top: number,
  height: number,
): void {
  write(context, CAPTION, COLOURS.dim, "input margin", PAD, top - 5);
  writeRight(context, CAPTION, COLOURS.correction, "corrections", PANEL_WIDTH - PAD, top - 5, 120);
  const zero = top + Math.round(height * 0.7);
  lane(context, top, height);
  for (let frame = 0; frame < Math.min(model.inputMargin.length, INNER / FRAME_PITCH); frame++) {
    const margin = model.inputMargin.at(frame);
    const reach = margin >= 0 ? zero - top : top + height - zero;
    const size = Math.max(1, Math.min(1, Math.abs(margin) / FULL_MARGIN_TICKS) * reach);
    context.fillStyle = margin >= 0 ? COLOURS.good : COLOURS.bad;
    const x = right(frame, FRAME_PITCH);
    context.fillRect(x, margin >= 0 ? zero - size : zero, FRAME_PITCH, size);
    if (model.correction.at(frame) === 0) continue;
    context.fillStyle = COLOURS.correction;
    context.fillRect(x, top, FRAME_PITCH, height);
  }
  rule(context, zero);
}

function paintFigures(
  context: CanvasRenderingContext2D,
  stats: NetStats,
  model: NetGraphModel,
  top: number,
): void {
  const late = stats.inputMarginTicks < 0;
  const cells: readonly (readonly [string, string, string?] | undefined)[] = [
    ["margin", `${stats.inputMarginTicks.toFixed(1)} t`, late ? COLOURS.bad : undefined],
    ["interp", `${Math.round(stats.interpolationDelayMs)} ms`],
    [
      "corr",
      `${model.correctionsPerSecond.toFixed(1)}/s`,
      model.correctionsPerSecond > 0 ? COLOURS.correction : undefined,
    ],
    ["lead", `${stats.leadTicks.toFixed(1)} t`],
    ["age", `${Math.round(stats.snapshotAgeMs)} ms`, stats.snapshotAgeMs > 250 ? COLOURS.bad : undefined],
    ["size", compact(stats.correctionSize)],
    ["via", stats.transport],
    // The name of the transport reaches into the middle column.
    undefined,
    ["resim", `${Math.round(model.resimulatedPerSecond)}/s`],
  ];
  const width = INNER / 3;
  cells.forEach((cell, index) => {
    if (!cell) return;
    const [name, value, colour] = cell;
    const column = index % 3;
    const x = PAD + column * width;
    const y = top + Math.floor(index / 3) * 15;
    write(context, CAPTION, COLOURS.dim, name, x, y);
    if (name === "via") write(context, SMALL, COLOURS.text, value, x + 28, y);
    else
      writeRight(
        context,
        SMALL,
        colour ?? COLOURS.text,
        value,
        x + width - (column < 2 ? 14 : 0),
        y,
        width - 46,
      );
  });
}

/** A stacked bar of the traffic by type, and beneath it what the colours mean. */
function paintTraffic(
  context: CanvasRenderingContext2D,
  name: string,
  traffic: Traffic[],
  top: number,
): void {
  const total = traffic.reduce((sum, entry) => sum + entry.bytesPerSecond, 0);
  write(context, CAPTION, COLOURS.dim, name, PAD, top);
  writeRight(context, SMALL, COLOURS.text, rate(total), PANEL_WIDTH - PAD, top, 90);
  const left = PAD + 24;
  const width = INNER - 24 - 74;
  context.fillStyle = COLOURS.lane;
  context.fillRect(left, top - 8, width, 8);
  let x = left;
  let legend = left;
  traffic.forEach((entry, index) => {
    context.fillStyle = TRAFFIC_COLOURS[index % TRAFFIC_COLOURS.length];
    if (entry.bytesPerSecond > 0) {
      const share = (entry.bytesPerSecond / total) * width;
      context.fillRect(x, top - 8, Math.max(1, share - 1), 8);
      x += share;
    }
    context.font = CAPTION;
    if (legend + context.measureText(entry.type).width + 12 > PANEL_WIDTH - PAD) return;
    context.fillRect(legend, top + 6, 6, 6);
    legend = write(context, CAPTION, COLOURS.dim, entry.type, legend + 9, top + 12) + 10;
  });
}

function lane(context: CanvasRenderingContext2D, top: number, height: number): void {
  context.fillStyle = COLOURS.lane;
  context.fillRect(PAD, top, INNER, height);
}

function rule(context: CanvasRenderingContext2D, y: number): void {
  context.fillStyle = COLOURS.line;
  context.fillRect(PAD, y, INNER, 1);
}

/** Left edge of the bar `back` places before the newest, which is at the right. */
function right(back: number, pitch: number): number {
  return PANEL_WIDTH - PAD - (back + 1) * pitch;
}

function compact(value: number): string {
  return value === 0 ? "0" : value < 0.01 ? "<0.01" : value < 10 ? value.toFixed(2) : value.toFixed(0);
}
