import { NetGraphModel } from "./net-graph-model.ts";
import { netGraphHeight, paintNetGraph } from "./net-graph-painter.ts";
import { PANEL_WIDTH } from "./net-graph-style.ts";
import type { NetStats } from "./net-stats.ts";

export interface NetGraphOptions {
  /** Whether to begin with every figure or with the lagometer alone. Default false. */
  readonly unfolded?: boolean;
}

export interface NetGraph {
  /** Folds or unfolds the panel, as a click or a tap on it does. */
  toggle(): void;
  /** Takes the panel out of the page and stops drawing. */
  destroy(): void;
}

/** Samples are taken every frame, but 20 pictures a second are as many as figures can be read at. */
const PAINT_INTERVAL_MS = 50;
const LEGEND = [
  "Blue: snapshots in hand ahead of what is shown. Orange: shown beyond the newest snapshot.",
  "Green: a snapshot in time, the taller the later. Yellow: too late to be shown in time. Red: lost.",
  "Margin: how early inputs reach the server; red is late. Pink: a correction of the prediction.",
  "Below, while bytes are counted: entities told of per packet, the share as predicted, those that wait, and the largest fields.",
].join("\n");

/**
 * Draws the net graph into an element: `mountNetGraph(corner, () => session.stats)`. The page places the
 * element; the graph is 320 pixels wide, costs next to nothing and needs no style sheet. While the session
 * counts bytes (`session.countBytes(true)`), it also shows which fields take the most.
 * @param stats asked once per frame; undefined while there is no session.
 */
export function mountNetGraph(
  element: HTMLElement,
  stats: () => NetStats | undefined,
  options: NetGraphOptions = {},
): NetGraph {
  const canvas = element.ownerDocument.createElement("canvas");
  const page = element.ownerDocument.defaultView;
  const context = canvas.getContext("2d");
  const model = new NetGraphModel();
  let unfolded = options.unfolded ?? false;
  let counts = false;
  let scale = 0;
  let frame = 0;
  let paintedMs = -Infinity;

  canvas.style.cssText = `display:block;width:${PANEL_WIDTH}px;cursor:pointer;touch-action:manipulation`;
  canvas.title = LEGEND;
  canvas.tabIndex = 0;
  canvas.setAttribute("role", "button");
  canvas.setAttribute("aria-label", "Network graph");

  const resize = (): void => {
    const height = netGraphHeight(unfolded, counts);
    scale = page?.devicePixelRatio ?? 1;
    canvas.width = Math.round(PANEL_WIDTH * scale);
    canvas.height = Math.round(height * scale);
    canvas.style.height = `${height}px`;
    canvas.setAttribute("aria-expanded", String(unfolded));
    context?.setTransform(scale, 0, 0, scale, 0, 0);
    paintedMs = -Infinity;
  };
  const toggle = (): void => {
    unfolded = !unfolded;
    resize();
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === "Enter") toggle();
  };
  // A click on the graph is neither a shot in the game nor a reason to take the keyboard from it.
  const onPress = (event: Event): void => {
    event.stopPropagation();
    if (event.type === "mousedown") event.preventDefault();
  };
  const draw = (nowMs: number): void => {
    frame = page?.requestAnimationFrame(draw) ?? 0;
    const current = stats();
    if (!current || !context) return;
    model.sample(current, nowMs);
    if (nowMs - paintedMs < PAINT_INTERVAL_MS) return;
    const counted = current.account !== undefined;
    // The device pixels change when the page is dragged to another screen, or zoomed.
    if (counted !== counts || (page && page.devicePixelRatio !== scale)) {
      counts = counted;
      resize();
    }
    paintedMs = nowMs;
    paintNetGraph(context, current, model, unfolded);
  };

  canvas.addEventListener("click", toggle);
  canvas.addEventListener("keydown", onKey);
  canvas.addEventListener("pointerdown", onPress);
  canvas.addEventListener("mousedown", onPress);
  resize();
  element.append(canvas);
  frame = page?.requestAnimationFrame(draw) ?? 0;
  return {
    toggle,
    destroy() {
      page?.cancelAnimationFrame(frame);
      canvas.remove();
    },
  };
}
