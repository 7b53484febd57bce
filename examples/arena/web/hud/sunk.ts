import { RESPAWN_TICKS, TICK_RATE } from "../../shared/rules.ts";
import { byId, make, nameTag } from "./element.ts";
import type { Roster } from "./roster.ts";

/** Shown while I am on the sea bed: who did it, and how long it takes. */
export class Sunk {
  readonly #root = byId("sunk");
  readonly #by = make("p");
  readonly #countdown = make("div", "countdown");

  constructor() {
    this.#root.append(this.#by, this.#countdown);
  }

  by(player: number, roster: Roster): void {
    this.#by.replaceChildren(
      "Sunk by ",
      nameTag(roster.nameOf(player) || "somebody", roster.colourOf(player)),
    );
  }

  update(dead: boolean, respawnSeconds: number): void {
    this.#root.hidden = !dead;
    if (!dead) return;
    this.#countdown.textContent = String(Math.max(1, Math.ceil(respawnSeconds)));
    const share = 1 - (respawnSeconds * TICK_RATE) / RESPAWN_TICKS;
    this.#countdown.style.setProperty("--share", share.toFixed(3));
  }
}
