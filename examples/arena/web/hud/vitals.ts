import { FULL_HEALTH, MAGAZINE } from "../../shared/rules.ts";
import type { ArenaSight } from "../sight.ts";
import { byId, make } from "./element.ts";

/** Health and magazine, at the bottom of the screen. The page is touched only when a value changed. */
export class Vitals {
  readonly #root = byId("vitals");
  readonly #fill = make("div", "fill");
  readonly #lost = make("div", "lost");
  readonly #number = make("b");
  readonly #rounds = Array.from({ length: MAGAZINE }, () => make("i"));
  #shown = "";

  constructor() {
    const health = make("div", "health");
    health.append(this.#lost, this.#fill, this.#number);
    const ammo = make("div", "ammo");
    ammo.append(...this.#rounds);
    this.#root.append(health, ammo);
  }

  update({ me, cockpit }: ArenaSight): void {
    this.#root.hidden = me === undefined;
    if (!me) return;
    const { hp } = me;
    const reloading = cockpit.ammo === 0 && hp > 0;
    const rounds = reloading ? Math.floor(cockpit.reloaded * MAGAZINE) : cockpit.ammo;
    const state = `${hp} ${rounds} ${reloading}`;
    if (state === this.#shown) return;
    this.#shown = state;
    this.#fill.style.transform = this.#lost.style.transform = `scaleX(${hp / FULL_HEALTH})`;
    this.#number.textContent = String(hp);
    this.#root.classList.toggle("low", hp <= 40);
    this.#root.classList.toggle("reloading", reloading);
    this.#rounds.forEach((round, i) => round.classList.toggle("spent", i >= rounds));
  }
}
