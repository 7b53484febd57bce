import type { NetGraphModel } from "./net-graph-model.ts";
import { CAPTION, COLOURS, INNER, PAD, PANEL_WIDTH, SMALL } from "./net-graph-style.ts";
import type { NetStats } from "./net-stats.ts";

/** What a section is drawn from, and where to; the context is scaled to CSS pixels. */
export interface Scene {
  readonly context: CanvasRenderingContext2D;
  readonly stats: NetStats;
  readonly model: NetGraphModel;
}

/** One part of the panel, over its whole width. */
export interface Section {
  /** In CSS pixels; 0 while there is nothing to say. */
  height(stats: NetStats): number;
  /** Draws it from `top` down. */
  paint(scene: Scene, top: number): void;
}

/** A figure with its name; without a colour it is as it should be. */
export interface Figure {
  readonly name: string;
  readonly value: string;
  readonly colour?: string | undefined;
  /** Takes the place of two. */
  readonly wide?: boolean;
}

const COLUMNS = 3;
export const FIGURE_PITCH = 15;

/** Writes figures in rows of three; the first base line is at `top`. */
export function paintFigures(
  context: CanvasRenderingContext2D,
  figures: readonly Figure[],
  top: number,
): void {
  const width = INNER / COLUMNS;
  let cell = 0;
  for (const { name, value, colour = COLOURS.text, wide = false } of figures) {
    const column = cell % COLUMNS;
    const x = PAD + column * width;
    const y = top + Math.floor(cell / COLUMNS) * FIGURE_PITCH;
    const end = write(context, CAPTION, COLOURS.dim, name, x, y);
    cell += wide ? 2 : 1;
    const right = x + width * (wide ? 2 : 1) - (column + (wide ? 1 : 0) < COLUMNS - 1 ? 12 : 0);
    writeRight(context, SMALL, colour, value, right, y, right - end - 4);
  }
}

/** Rows that so many figures take, wide ones counted twice. */
export function figureRows(cells: number): number {
  return Math.ceil(cells / COLUMNS);
}

/** Writes and returns where the text ends. */
export function write(
  context: CanvasRenderingContext2D,
  font: string,
  colour: string,
  text: string,
  x: number,
  y: number,
): number {
  context.font = font;
  context.fillStyle = colour;
  context.textAlign = "left";
  context.fillText(text, x, y);
  return x + context.measureText(text).width;
}

export function writeRight(
  context: CanvasRenderingContext2D,
  font: string,
  colour: string,
  text: string,
  x: number,
  y: number,
  maxWidth: number,
): void {
  context.font = font;
  context.fillStyle = colour;
  context.textAlign = "right";
  context.fillText(text, x, y, maxWidth);
}

/** The ground of a strip. */
export function lane(context: CanvasRenderingContext2D, top: number, height: number): void {
  context.fillStyle = COLOURS.lane;
  context.fillRect(PAD, top, INNER, height);
}

/** A thin line over the whole width. */
export function rule(context: CanvasRenderingContext2D, y: number): void {
  context.fillStyle = COLOURS.line;
  context.fillRect(PAD, y, INNER, 1);
}

/** Bars that fit into a strip. */
export function barsIn(length: number, pitch: number): number {
  return Math.min(length, Math.floor(INNER / pitch));
}

/** Left edge of the bar `back` places before the newest, which is at the right. */
export function barLeft(back: number, pitch: number): number {
  return PANEL_WIDTH - PAD - (back + 1) * pitch;
}
