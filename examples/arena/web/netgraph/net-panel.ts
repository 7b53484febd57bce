import { mountNetGraph } from "@tidelock/client";
import type { ArenaLink } from "../arena-link.ts";
import { byId, make } from "../hud/element.ts";

/** The net graph with a choice of worse networks below it: try the game on a train. */
export class NetPanel {
  readonly #root = byId("netgraph");
  readonly #link: ArenaLink;

  constructor(link: ArenaLink, choose: (preset: string) => void) {
    this.#link = link;
    const graph = make("div", "graph");
    // On a small screen the whole of it would lie over the ship; a tap unfolds it.
    const roomy = window.innerWidth > 700 && window.innerHeight > 590;
    mountNetGraph(graph, () => link.stats, { unfolded: roomy });
    this.#root.append(graph, presetButtons(link.presets, choose));
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
