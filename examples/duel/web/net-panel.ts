import { mountDevTools } from "@tidelock/client";
import { byId } from "./hud.ts";
import type { OnlineBout } from "./online-bout.ts";

const EVERY_MS = 500;

/** The round trip as a chip, and behind it the net graph with a choice of worse networks: try the game at 150 ms. */
export class NetPanel {
  readonly #chip = byId("net");
  readonly #panel = byId("netpanel");
  readonly #bout: OnlineBout;
  #shownAt = 0;

  constructor(bout: OnlineBout) {
    this.#bout = bout;
    mountDevTools(bout.session, {
      parent: this.#panel,
      size: window.innerHeight > 640 ? "full" : "small",
      key: false,
      hidden: false,
    });
    this.#chip.addEventListener("click", () => this.toggle());
  }

  toggle(): void {
    this.#panel.hidden = !this.#panel.hidden;
    this.#chip.blur();
  }

  update(nowMs: number): void {
    if (nowMs - this.#shownAt < EVERY_MS) return;
    this.#shownAt = nowMs;
    const { rttMs, transport, corrections, resimulatedTicks } = this.#bout.stats;
    this.#chip.textContent = `${Math.round(rttMs)} ms`;
    Object.assign(this.#chip.dataset, { transport, corrections, resimulated: resimulatedTicks });
  }
}
