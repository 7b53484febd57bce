import { mountDevTools, type NetGraph } from "@tidelock/client";
import { byId } from "./element.ts";
import type { PuckSession } from "./sight.ts";

const EVERY_MS = 500;

/** The round trip in a button, and behind it the net graph. */
export class NetTools {
  readonly #session: PuckSession;
  readonly #button = byId("tool-net");
  readonly #graph = byId("netgraph");
  readonly #tools: NetGraph;
  #shownAt = -Infinity;

  constructor(session: PuckSession) {
    this.#session = session;
    this.#tools = mountDevTools(session, {
      parent: this.#graph,
      size: innerWidth > 700 && innerHeight > 500 ? "full" : "small",
      key: false,
      hidden: true,
    });
    this.#button.addEventListener("click", () => this.toggle());
  }

  toggle(): void {
    this.#graph.hidden = !this.#graph.hidden;
    if (this.#tools.shown === this.#graph.hidden) this.#tools.toggle();
    // The keys are the game's again.
    this.#button.blur();
  }

  update(nowMs: number): void {
    if (nowMs - this.#shownAt < EVERY_MS) return;
    this.#shownAt = nowMs;
    this.#button.textContent = `${Math.round(this.#session.stats.rttMs)} ms`;
  }
}
