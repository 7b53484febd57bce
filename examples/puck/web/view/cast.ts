import { Container } from "pixi.js";
import type { Drawn } from "./bodies.ts";

/** All entities of a kind on the pitch: drawn when they come, taken away when they go. */
export class Cast<T extends { readonly id: number }> {
  readonly container = new Container();
  readonly #drawn = new Map<number, Drawn<T>>();
  readonly #draw: (sight: T) => Drawn<T>;

  constructor(draw: (sight: T) => Drawn<T>) {
    this.#draw = draw;
  }

  update(sights: readonly T[]): void {
    const gone = new Set(this.#drawn.keys());
    for (const sight of sights) {
      gone.delete(sight.id);
      let drawn = this.#drawn.get(sight.id);
      if (drawn === undefined) {
        drawn = this.#draw(sight);
        this.#drawn.set(sight.id, drawn);
        this.container.addChild(drawn.container);
      }
      drawn.show(sight);
    }
    for (const id of gone) {
      this.#drawn.get(id)?.container.destroy({ children: true });
      this.#drawn.delete(id);
    }
  }
}
