import type { InterestSource } from "./interest-source.ts";
import type { InterestViewer } from "./interest-viewer.ts";
import type { VisibleList } from "./visible-list.ts";

/** What is usual counts 1; what the viewer stands beside, and what is its own, counts this much. */
export const MOST_RELEVANCE = 4;
/** The edge of a view has a sixteenth of the usual; what is seen from further away than that hardly less. */
const LEAST_RELEVANCE = 1 / 32;
/** The usual is at a quarter of the radius. */
const RADIUS_IN_USUAL = 4;
/** The mean square of distances in an evenly filled circle is half its radius' square. */
const RADIUS_SQUARED_IN_MEAN = 2;

export interface RelevanceOptions {
  /** How far the view reaches, in world units. Default: so far that what is in view would fill it evenly. */
  readonly radius?: number | undefined;
  /** Names of entity types that matter most wherever they are. */
  readonly always?: readonly string[] | undefined;
}

/**
 * How much each entity of a view matters, by its distance: falls off with the square, as the size does at which it is seen. Asked for
 * only when not all fits.
 */
export class RelevanceByDistance {
  readonly #radius: number | undefined;
  readonly #always: readonly string[];
  #typeNames: readonly string[] | undefined;
  /** 1 for each type that matters most. */
  #isAlways = new Uint8Array(0);

  constructor({ radius, always = [] }: RelevanceOptions = {}) {
    this.#radius = radius;
    this.#always = always;
  }

  /** Writes the relevance of each entity of a list to `out`. To who is nowhere all of it matters alike. */
  fill(viewer: InterestViewer, source: InterestSource, list: VisibleList, out: Float32Array): void {
    const { x, y, owner, type } = source;
    const { rows, count } = list;
    if (source.typeNames !== this.#typeNames) this.#learnTypes(source.typeNames);
    const usual = this.#usualSquared(viewer, source, list);
    for (let i = 0; i < count; i++) {
      const row = rows[i];
      const dx = x[row] - viewer.x;
      const dy = y[row] - viewer.y;
      const relevance = usual / (dx * dx + dy * dy);
      if (owner[row] === viewer.player || this.#isAlways[type[row]] === 1 || relevance > MOST_RELEVANCE)
        out[i] = MOST_RELEVANCE;
      // Without a place, and with all in one place, there is no distance to go by.
      else if (Number.isNaN(relevance)) out[i] = 1;
      else out[i] = relevance < LEAST_RELEVANCE ? LEAST_RELEVANCE : relevance;
    }
  }

  /** Square of the distance at which an entity matters as usual. */
  #usualSquared(viewer: InterestViewer, { x, y }: InterestSource, { rows, count }: VisibleList): number {
    const reach = this.#radius;
    if (reach !== undefined) return (reach * reach) / RADIUS_IN_USUAL ** 2;
    let sum = 0;
    for (let i = 0; i < count; i++) {
      const dx = x[rows[i]] - viewer.x;
      const dy = y[rows[i]] - viewer.y;
      sum += dx * dx + dy * dy;
    }
    return ((sum / count) * RADIUS_SQUARED_IN_MEAN) / RADIUS_IN_USUAL ** 2;
  }

  #learnTypes(typeNames: readonly string[]): void {
    this.#typeNames = typeNames;
    this.#isAlways = Uint8Array.from(typeNames, (name) => (this.#always.includes(name) ? 1 : 0));
  }
}
