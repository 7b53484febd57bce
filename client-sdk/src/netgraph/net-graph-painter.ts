import { account } from "./account-section.ts";
import { fairness } from "./fairness-section.ts";
import { figures } from "./figures-section.ts";
import { header } from "./header-section.ts";
import { lagometer } from "./lagometer-section.ts";
import { margin } from "./margin-section.ts";
import { COLOURS, PANEL_WIDTH } from "./net-graph-style.ts";
import type { NetStats } from "./net-stats.ts";
import type { Scene, Section } from "./section.ts";
import { traffic } from "./traffic-section.ts";

/** "small": round trip, loss and the lagometer. "full": everything. */
export type NetGraphSize = "small" | "full";

const SECTIONS: Readonly<Record<NetGraphSize, readonly Section[]>> = {
  small: [header, lagometer],
  full: [header, lagometer, margin, figures, fairness, traffic, account],
};

/** Height of the panel in CSS pixels. */
export function netGraphHeight(size: NetGraphSize, stats: NetStats): number {
  return SECTIONS[size].reduce((sum, section) => sum + section.height(stats), 0);
}

/** Draws the panel into a context that is scaled to CSS pixels. */
export function paintNetGraph(scene: Scene, size: NetGraphSize): void {
  const { context, stats } = scene;
  const height = netGraphHeight(size, stats);
  context.clearRect(0, 0, PANEL_WIDTH, height);
  context.textBaseline = "alphabetic";
  context.fillStyle = COLOURS.ground;
  context.strokeStyle = COLOURS.edge;
  context.beginPath();
  context.roundRect(0.5, 0.5, PANEL_WIDTH - 1, height - 1, 8);
  context.fill();
  context.stroke();
  let top = 0;
  for (const section of SECTIONS[size]) {
    const own = section.height(stats);
    if (own > 0) section.paint(scene, top);
    top += own;
  }
}
