export const COLOURS = {
  ground: "rgba(11, 15, 23, 0.86)",
  edge: "rgba(255, 255, 255, 0.10)",
  lane: "rgba(255, 255, 255, 0.045)",
  line: "rgba(255, 255, 255, 0.22)",
  text: "#e6edf6",
  dim: "#8c9bb0",
  good: "#3ddc84",
  late: "#ffd23f",
  bad: "#ff4d5e",
  room: "#4aa8ff",
  beyond: "#ff9f43",
  correction: "#ff7ae0",
} as const;
/** Of the parts of a whole, in their order. */
export const TRAFFIC_COLOURS = ["#4aa8ff", "#3ddc84", "#c792ff", "#ffd23f", "#ff9f43", "#5ce1e6"];

/** Width of the panel, and of what is inside its edges, in CSS pixels. */
export const PANEL_WIDTH = 320;
export const PAD = 10;
export const INNER = PANEL_WIDTH - 2 * PAD;
export const SMALL = "11px ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace";
export const LARGE = `600 14px system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif`;
export const CAPTION = `10.5px system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif`;

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

export function rate(bytesPerSecond: number): string {
  return bytesPerSecond < 1000
    ? `${Math.round(bytesPerSecond)} B/s`
    : `${(bytesPerSecond / 1000).toFixed(1)} kB/s`;
}
