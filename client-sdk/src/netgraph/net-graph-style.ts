/**
 * After Okabe and Ito: apart from each other for every kind of colour vision, and light enough for the dark ground. Where two of them mean
 * opposites, place or shape says it as well: what is lost fills its lane, what is late lies below a line.
 */
export const COLOURS = {
  ground: "rgba(11, 15, 23, 0.88)",
  edge: "rgba(255, 255, 255, 0.10)",
  lane: "rgba(255, 255, 255, 0.045)",
  line: "rgba(255, 255, 255, 0.22)",
  text: "#e6edf6",
  dim: "#93a2b7",
  good: "#2fc59b",
  late: "#f0e442",
  bad: "#ff6a3d",
  room: "#56b4e9",
  beyond: "#f5a623",
  correction: "#ffc4e8",
} as const;
/** Of the parts of a whole, in their order. */
export const TRAFFIC_COLOURS = ["#56b4e9", "#2fc59b", "#ffc4e8", "#f0e442", "#f5a623", "#8fa8ff"];

/** Width of the panel, and of what is inside its edges, in CSS pixels. */
export const PANEL_WIDTH = 320;
export const PAD = 10;
export const INNER = PANEL_WIDTH - 2 * PAD;
export const SMALL = "11px ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace";
export const LARGE = `600 14px system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif`;
export const CAPTION = `10.5px system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif`;

/** Pixels per snapshot and per frame: bars stay distinct at one device pixel per CSS pixel. */
export const SNAPSHOT_PITCH = 3;
export const FRAME_PITCH = 2;

export function rate(bytesPerSecond: number): string {
  return bytesPerSecond < 1000
    ? `${Math.round(bytesPerSecond)} B/s`
    : `${(bytesPerSecond / 1000).toFixed(1)} kB/s`;
}
