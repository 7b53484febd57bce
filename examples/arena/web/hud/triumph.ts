import { byId, nameTag } from "./element.ts";
import type { Roster } from "./roster.ts";

/** A word in the middle of the screen for whoever has just sunk somebody. */
export class Triumph {
  readonly #root = byId("triumph");

  show(victim: number, roster: Roster): void {
    this.#root.replaceChildren(
      "You sank ",
      nameTag(roster.nameOf(victim) || "somebody", roster.colourOf(victim)),
    );
    for (const animation of this.#root.getAnimations()) animation.cancel();
    this.#root.animate(
      [
        { opacity: 0, transform: "translateY(10px)" },
        { opacity: 1, transform: "none", offset: 0.12 },
        { opacity: 1, offset: 0.7 },
        { opacity: 0 },
      ],
      { duration: 1600, easing: "ease-out" },
    );
  }
}
