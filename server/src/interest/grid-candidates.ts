import { TidelockError } from "@tidelock/shared";
import type { Candidates } from "./candidates.ts";
import { CellGrid } from "./cell-grid.ts";
import type { InterestSource } from "./interest-source.ts";
import type { InterestViewer } from "./interest-viewer.ts";
import type { RankSet } from "./rank-set.ts";
import type { VisibleList } from "./visible-list.ts";

/** Everything within a radius, what was seen before up to a wider one, and what is always in reach. */
export class GridCandidates implements Candidates {
  readonly #leaveReach: number;
  readonly #always: readonly string[];
  readonly #grid: CellGrid;
  #source: InterestSource | undefined;
  #version = -1;
  #typeNames: readonly string[] | undefined;
  /** 1 for each type that is always in reach. */
  #isAlways = new Uint8Array(0);
  #alwaysRanks = new Int32Array(0);
  #alwaysCount = 0;

  constructor(radius: number, leaveRadius: number, cell: number, always: readonly string[]) {
    this.#leaveReach = leaveRadius * leaveRadius;
    this.#always = always;
    this.#grid = new CellGrid(radius, cell);
  }

  begin(source: InterestSource, all: boolean): void {
    this.#source = source;
    this.#grid.update(source, all);
    if (source.typeNames !== this.#typeNames) this.#learnTypes(source.typeNames);
    if (this.#always.length > 0 && (all || source.version !== this.#version)) this.#listAlways(source);
    this.#version = source.version;
  }

  find(viewer: InterestViewer, seen: VisibleList, found: RankSet): void {
    this.#grid.near(viewer, found);
    this.#addThoseStillInView(viewer, seen, found);
    for (let i = 0; i < this.#alwaysCount; i++) found.add(this.#alwaysRanks[i]);
  }

  #addThoseStillInView(viewer: InterestViewer, { rows, ids, count }: VisibleList, found: RankSet): void {
    if (this.#source === undefined) return;
    const { id, x, y, rank } = this.#source;
    for (let i = 0; i < count; i++) {
      const row = rows[i];
      if (id[row] !== ids[i] || found.has(rank[row])) continue;
      const dx = x[row] - viewer.x;
      const dy = y[row] - viewer.y;
      if (dx * dx + dy * dy <= this.#leaveReach) found.add(rank[row]);
    }
  }

  #listAlways({ count, order, type }: InterestSource): void {
    if (count > this.#alwaysRanks.length) this.#alwaysRanks = new Int32Array(Math.max(64, count * 2));
    this.#alwaysCount = 0;
    for (let rank = 0; rank < count; rank++)
      if (this.#isAlways[type[order[rank]]] === 1) this.#alwaysRanks[this.#alwaysCount++] = rank;
  }

  #learnTypes(typeNames: readonly string[]): void {
    for (const name of this.#always) {
      if (typeNames.includes(name)) continue;
      throw new TidelockError(
        "room/interest-type",
        `gridInterest always shows "${name}", which is no entity type; allowed are ${typeNames.join(", ")}.`,
      );
    }
    this.#typeNames = typeNames;
    this.#isAlways = Uint8Array.from(typeNames, (name) => (this.#always.includes(name) ? 1 : 0));
  }
}
