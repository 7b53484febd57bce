import { TidelockError } from "@tidelock/shared";
import { CellGrid } from "./cell-grid.ts";
import type { InterestPolicy, InterestSource, VisibilityRule } from "./interest-policy.ts";
import type { InterestViewer } from "./interest-viewer.ts";
import { OwnerIndex } from "./owner-index.ts";
import { RankOrder } from "./rank-order.ts";
import { RankSet } from "./rank-set.ts";
import type { VisibleList } from "./visible-list.ts";

export interface GridInterestOptions<Entity = unknown> {
  /** Entities this near to the viewer come into view; world units, above 0. */
  readonly radius: number;
  /**
   * Those in view leave it beyond this distance; from `radius`, default 1.15 times it. The gap keeps an
   * entity on the edge from coming and going every tick, each time paying for its full state.
   */
  readonly leaveRadius?: number;
  /** Side of a grid cell; between a 32nd of the radius and the radius, default a quarter of it. */
  readonly cell?: number;
  /** Names of entity types everyone sees wherever they are, such as a flag. Hidden by `visible` all the same. */
  readonly always?: readonly string[];
  /** Hides entities in reach from a viewer. */
  readonly visible?: VisibilityRule<Entity>;
}

/** Wide enough that an entity at 1.0 radius and jittering stays; narrow enough to cost a third more area. */
const LEAVE_FACTOR = 1.15;
/** Small cells fit the circle better, large ones are fewer; the cost is flat from a half to a sixth. */
const CELLS_PER_RADIUS = 4;
const MOST_CELLS_PER_RADIUS = 32;

/**
 * Each client is told about what is near it: everything within `radius`, and what it saw before up to
 * `leaveRadius`. Its own entities are always in view. A query costs what is near, not what exists.
 *
 * @example interest = gridInterest({ radius: 60, always: ["flag"] });
 * @throws TidelockError `room/interest-options` when a distance is out of its range.
 */
export function gridInterest<Entity = unknown>(options: GridInterestOptions<Entity>): InterestPolicy<Entity> {
  return new GridInterest(options);
}

class GridInterest<Entity> implements InterestPolicy<Entity> {
  readonly #leaveReach: number;
  readonly #always: readonly string[];
  readonly #visible: VisibilityRule<Entity> | undefined;
  readonly #grid: CellGrid;
  readonly #order = new RankOrder();
  readonly #owners = new OwnerIndex();
  readonly #found = new RankSet();
  #ranks = new Int32Array(0);
  #alwaysRanks = new Int32Array(0);
  #alwaysCount = 0;
  #source: InterestSource<Entity> | undefined;
  #typeNames: readonly string[] | undefined;
  /** 1 for each type everyone sees. */
  #alwaysType = new Uint8Array(0);

  constructor(options: GridInterestOptions<Entity>) {
    const { radius, leaveRadius = radius * LEAVE_FACTOR, cell = radius / CELLS_PER_RADIUS } = options;
    if (!(radius > 0 && radius < Infinity)) refuse("radius", radius, "above 0");
    if (!(leaveRadius >= radius && leaveRadius < Infinity)) {
      refuse("leaveRadius", leaveRadius, `from the radius, ${radius}`);
    }
    if (!(cell >= radius / MOST_CELLS_PER_RADIUS && cell <= radius)) {
      refuse("cell", cell, `${radius / MOST_CELLS_PER_RADIUS} to ${radius}`);
    }
    this.#leaveReach = leaveRadius * leaveRadius;
    this.#always = options.always ?? [];
    this.#visible = options.visible;
    this.#grid = new CellGrid(radius, cell);
  }

  begin(source: InterestSource<Entity>): void {
    this.#source = source;
    const reordered = this.#order.build(source.id, source.count);
    this.#grid.update(source, this.#order, reordered);
    this.#owners.build(source, this.#order);
    this.#reserve(source.count);
    if (source.typeNames !== this.#typeNames) this.#learnTypes(source.typeNames);
    this.#alwaysCount = 0;
    if (this.#always.length > 0) this.#listAlways(source);
  }

  query(viewer: InterestViewer, out: VisibleList): void {
    out.count = 0;
    const source = this.#source;
    if (source === undefined) return;
    const found = this.#found;
    this.#grid.near(viewer, found);
    this.#addThoseStillInView(viewer, source);
    this.#owners.addTo(found, viewer.player);
    for (let i = 0; i < this.#alwaysCount; i++) found.add(this.#alwaysRanks[i]);
    this.#listVisible(viewer, source, found.drain(this.#ranks), out);
  }

  #addThoseStillInView(viewer: InterestViewer, source: InterestSource): void {
    const found = this.#found;
    const { ids, rows } = this.#order;
    const { seenIds, seenRanks } = viewer;
    const { x, y } = source;
    // Ids mostly keep their rank, or shift together when one before them was born or died.
    let shift = 0;
    for (let i = 0; i < viewer.seenCount; i++) {
      let rank = seenRanks[i] + shift;
      if (rank >= this.#order.count || ids[rank] !== seenIds[i]) {
        rank = this.#order.find(seenIds[i]);
        if (rank < 0) continue;
        shift = rank - seenRanks[i];
      }
      if (found.has(rank)) continue;
      const dx = x[rows[rank]] - viewer.x;
      const dy = y[rows[rank]] - viewer.y;
      if (dx * dx + dy * dy <= this.#leaveReach) found.add(rank);
    }
  }

  /** Writes those of the first `count` found that the game does not hide, and remembers them. */
  #listVisible(
    viewer: InterestViewer,
    source: InterestSource<Entity>,
    count: number,
    out: VisibleList,
  ): void {
    out.reserve(count);
    viewer.reserve(count);
    const { ids, rows } = this.#order;
    const { seenIds, seenRanks } = viewer;
    const ranks = this.#ranks;
    let listed = 0;
    for (let i = 0; i < count; i++) {
      const rank = ranks[i];
      const row = rows[rank];
      if (this.#visible !== undefined && !this.#maySee(viewer, source, row, this.#visible)) continue;
      out.rows[listed] = row;
      seenIds[listed] = ids[rank];
      seenRanks[listed++] = rank;
    }
    out.count = listed;
    viewer.seenCount = listed;
  }

  #maySee(
    viewer: InterestViewer,
    source: InterestSource<Entity>,
    row: number,
    rule: VisibilityRule<Entity>,
  ): boolean {
    const owner = source.owner[row];
    return (owner !== 0 && owner === viewer.player) || rule(viewer, source.entity(row));
  }

  #listAlways(source: InterestSource): void {
    for (let rank = 0; rank < source.count; rank++) {
      if (this.#alwaysType[source.type[this.#order.rows[rank]]] === 1)
        this.#alwaysRanks[this.#alwaysCount++] = rank;
    }
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
    this.#alwaysType = Uint8Array.from(typeNames, (name) => (this.#always.includes(name) ? 1 : 0));
  }

  #reserve(count: number): void {
    if (count <= this.#ranks.length) return;
    const capacity = Math.max(count, this.#ranks.length * 2, 64);
    this.#found.reserve(capacity);
    this.#ranks = new Int32Array(capacity);
    this.#alwaysRanks = new Int32Array(capacity);
  }
}

function refuse(name: string, found: number, allowed: string): never {
  throw new TidelockError(
    "room/interest-options",
    `${name} of gridInterest is ${found}; allowed is ${allowed}.`,
  );
}
