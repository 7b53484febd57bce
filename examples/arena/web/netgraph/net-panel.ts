import { mountNetGraph } from "@tidelock/client";
import type { ArenaLink } from "../arena-link.ts";
import { byId, make } from "../hud/element.ts";
import type { ArenaSight } from "../sight.ts";
import type { Camera } from "../view/camera.ts";
import { WhyLine } from "./why-line.ts";

/** The net graph with a choice of worse networks below it: try the game on a train. */
export class NetPanel {
  readonly #root = byId("netgraph");
  readonly #link: ArenaLink;
  readonly #why: WhyLine;

  constructor(link: ArenaLink, choose: (preset: string) => void) {
    this.#link = link;
    const graph = make("div", "graph");
    // On a small screen the whole of it would lie over the ship; a tap unfolds it.
    const roomy = window.innerWidth > 700 && window.innerHeight > 610;
    mountNetGraph(graph, () => link.stats, { unfolded: roomy });
    this.#why = new WhyLine(link);
    this.#root.append(graph, this.#why.root, presetButtons(link.presets, choose));
  }

  update(sight: ArenaSight, camera: Camera, now: number): void {
    if (!this.#root.hidden) this.#why.update(sight, camera, now);
  }

  toggle(): void {
    this.#root.hidden = !this.#root.hidden;
    this.#link.countBytes(!this.#root.hidden);
  }
}

function presetButtons(names: readonly string[], choose: (name: string) => void): HTMLElement {
  const row = make("div", "presets");
  row.append(make("p", "", "Play on a worse network"));
  const buttons = names.map((name) => {
    const button = make("button", "chip", name);
    button.addEventListener("click", () => {
      choose(name);
      for (const other of buttons) other.setAttribute("aria-pressed", String(other === button));
    });
    return button;
  });
  buttons[0]?.setAttribute("aria-pressed", "true");
  row.append(...buttons);
  return row;
}
