import { mountDevTools, type NetGraph } from "@tidelock/client";
import type { ArenaLink } from "../arena-link.ts";
import { byId, make } from "../hud/element.ts";
import type { ArenaSight } from "../sight.ts";
import type { Camera } from "../view/camera.ts";
import { WhyLine } from "./why-line.ts";

/** The net graph, what became of the ship under the pointer, and a choice of worse networks: try the game on a train. */
export class NetPanel {
  readonly #root = byId("netgraph");
  readonly #tools: NetGraph;
  readonly #why: WhyLine;

  constructor(link: ArenaLink) {
    this.#why = new WhyLine(link);
    const tools = make("div", "graph");
    this.#root.append(this.#why.root, tools);
    // On a small screen the whole of it would lie over the ship; a tap unfolds it.
    const roomy = window.innerWidth > 700 && window.innerHeight > 610;
    this.#tools = mountDevTools(link.network, {
      parent: tools,
      size: roomy ? "full" : "small",
      // The badge of the connection opens and closes the whole panel.
      key: false,
      hidden: true,
    });
  }

  update(sight: ArenaSight, camera: Camera, now: number): void {
    if (!this.#root.hidden) this.#why.update(sight, camera, now);
  }

  toggle(): void {
    this.#root.hidden = !this.#root.hidden;
    if (this.#tools.shown === this.#root.hidden) this.#tools.toggle();
  }
}
