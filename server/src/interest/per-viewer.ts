import type { InterestViewer } from "./interest-viewer.ts";

/** What a policy remembers of each viewer: made when first needed, made anew once the viewer forgets, gone with it. */
export class PerViewer<T> {
  readonly #make: () => T;
  readonly #memories = new WeakMap<InterestViewer, { era: number; value: T }>();

  constructor(make: () => T) {
    this.#make = make;
  }

  of(viewer: InterestViewer): T {
    const known = this.#memories.get(viewer);
    if (known !== undefined && known.era === viewer.era) return known.value;
    const value = this.#make();
    this.#memories.set(viewer, { era: viewer.era, value });
    return value;
  }
}
