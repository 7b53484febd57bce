import { devCorner } from "./dev-corner.ts";
import { NetGraphModel } from "./net-graph-model.ts";
import { netGraphHeight, type NetGraphSize, paintNetGraph } from "./net-graph-painter.ts";
import { PANEL_WIDTH } from "./net-graph-style.ts";
import type { NetStats } from "./net-stats.ts";

/** What the graph needs of a session. */
export interface NetGraphSource {
  /** Asked once per frame while the graph is shown; undefined while there is nothing to tell. */
  readonly stats: NetStats | undefined;
  /** Called with true while the graph shows which fields take the bytes. */
  countBytes?(on: boolean): void;
}

export interface NetGraphOptions {
  /** Where the graph goes. Default: the lower left corner of the page, above it. */
  readonly parent?: HTMLElement;
  /** Default "small"; a click or a tap changes it. */
  readonly size?: NetGraphSize;
  /** Whether the graph waits for its key, or for `toggle`, to be shown. Default false. */
  readonly hidden?: boolean;
  /** The key that shows and hides the graph, as in `KeyboardEvent.code`; false for none. Default "Backquote", the key left of 1. */
  readonly key?: string | false;
}

export interface NetGraph {
  readonly shown: boolean;
  /** Shows or hides the graph, as its key does. Hidden it neither draws nor samples nor takes part in the page's layout. */
  toggle(): void;
  /** Makes it small or full, as a click or a tap does. */
  resize(size: NetGraphSize): void;
  /** Takes the graph out of the page and stops drawing. */
  destroy(): void;
}

/** Samples are taken every frame, but 20 pictures a second are as many as figures can be read at. */
const PAINT_INTERVAL_MS = 50;
const LEGEND = [
  "First strip: snapshots in hand ahead of what is shown (up, blue), or shown beyond the newest snapshot (down, orange).",
  "Second strip: a bar per snapshot, the taller the later. Green: in time. Yellow: too late to be shown in time. Over the whole strip, with a gap: lost.",
  "Third strip: how early inputs reach the server, below the line too late. Pink: a correction of the prediction.",
  "Below: entities told of per packet, the share as predicted, those that wait, and the largest fields.",
].join("\n");

/**
 * Draws the net graph over the page, in release builds as well: `mountNetGraph(session)`. It is 320 pixels wide, needs no style sheet, and hidden
 * costs nothing. Full, it also counts which fields take the most, as `session.countBytes` does.
 */
export function mountNetGraph(source: NetGraphSource, options: NetGraphOptions = {}): NetGraph {
  const { parent = devCorner(document), key = "Backquote" } = options;
  const page = parent.ownerDocument;
  const canvas = page.createElement("canvas");
  const context = canvas.getContext("2d");
  const model = new NetGraphModel();
  let size = options.size ?? "small";
  let shown = options.hidden !== true;
  let height = 0;
  let scale = 0;
  let frame = 0;
  let paintedMs = -Infinity;

  canvas.style.cssText = `width:${PANEL_WIDTH}px;max-width:100%;cursor:pointer;touch-action:manipulation;pointer-events:auto`;
  canvas.title = LEGEND;
  canvas.tabIndex = 0;
  canvas.setAttribute("role", "button");
  canvas.setAttribute("aria-label", "Network graph");

  const fit = (wanted: number): void => {
    height = wanted;
    // The device pixels change when the page is dragged to another screen, or zoomed.
    scale = devicePixelRatio;
    canvas.width = Math.round(PANEL_WIDTH * scale);
    canvas.height = Math.round(height * scale);
    canvas.style.aspectRatio = `${PANEL_WIDTH} / ${height}`;
    context?.setTransform(scale, 0, 0, scale, 0, 0);
  };
  const draw = (nowMs: number): void => {
    frame = requestAnimationFrame(draw);
    const { stats } = source;
    if (stats === undefined || context === null) return;
    model.sample(stats, nowMs);
    if (nowMs - paintedMs < PAINT_INTERVAL_MS) return;
    paintedMs = nowMs;
    const wanted = netGraphHeight(size, stats);
    if (wanted !== height || devicePixelRatio !== scale) fit(wanted);
    paintNetGraph({ context, stats, model }, size);
  };
  const show = (): void => {
    cancelAnimationFrame(frame);
    canvas.style.display = shown ? "block" : "none";
    canvas.setAttribute("aria-expanded", String(size === "full"));
    source.countBytes?.(shown && size === "full");
    paintedMs = -Infinity;
    if (shown) frame = requestAnimationFrame(draw);
  };
  const graph: NetGraph = {
    get shown() {
      return shown;
    },
    toggle() {
      shown = !shown;
      show();
    },
    resize(wanted) {
      size = wanted;
      show();
    },
    destroy() {
      cancelAnimationFrame(frame);
      page.removeEventListener("keydown", onPageKey);
      source.countBytes?.(false);
      canvas.remove();
    },
  };
  const change = (): void => graph.resize(size === "small" ? "full" : "small");
  const onPageKey = (event: KeyboardEvent): void => {
    if (event.code === key && !event.repeat && !writesText(event.target)) graph.toggle();
  };
  // A click on the graph is neither a shot in the game nor a reason to take the keyboard from it.
  const onPress = (event: Event): void => {
    event.stopPropagation();
    if (event.type === "mousedown") event.preventDefault();
  };

  if (key !== false) page.addEventListener("keydown", onPageKey);
  canvas.addEventListener("click", change);
  canvas.addEventListener("keydown", ({ key: name }) => {
    if (name === "Enter") change();
  });
  canvas.addEventListener("pointerdown", onPress);
  canvas.addEventListener("mousedown", onPress);
  parent.append(canvas);
  show();
  return graph;
}

/** Whether a key that is pressed here is a letter of some text. */
function writesText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable || target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement
  );
}
