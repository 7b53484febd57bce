import type { InterestSource } from "./interest-source.ts";
import type { RankSet } from "./rank-set.ts";

/** Cells of a row that lie next to each other in memory. */
const BLOCK_BITS = 4;
const BLOCK_CELLS = 1 << BLOCK_BITS;
/** About four cells per entity, from 1024 cells to 256 k (1 MB). */
const MIN_BLOCKS = 64;
const MAX_BLOCKS = 1 << 14;
/** The golden ratio spreads columns of blocks over the table, so that a compact world meets no collision. */
const GOLDEN = 0.6180339887498949;
/** Cell numbers are 32-bit; nothing is near a point further out. */
const FARTHEST_CELL = 2 ** 30;
/** Cells are chosen a little generously, so that rounding loses nobody on the edge; distances are exact. */
const GENEROUS = 1 + 2 ** -20;
const NOWHERE = -1;

/**
 * Points in uniform cells, for asking what lies within a radius. Worlds may have any shape and extent: the
 * table is hashed by blocks of cells. Two blocks that share a place cost time, never a wrong answer.
 * Entities that rest cost nothing; those that move cost something only when they change their cell.
 */
export class CellGrid {
  readonly #radius: number;
  readonly #cellsPerUnit: number;
  #blockMask = MIN_BLOCKS - 1;
  #columnStride = Math.round(MIN_BLOCKS * GOLDEN) | 1;
  /** First row of each cell, or -1. */
  #head = new Int32Array(MIN_BLOCKS * BLOCK_CELLS).fill(NOWHERE);
  /** Per row: its cell, and its neighbours in that. */
  #cell = new Int32Array(0);
  #next = new Int32Array(0);
  #before = new Int32Array(0);
  #source: InterestSource | undefined;

  /**
   * @param radius how far `near` looks, in world units
   * @param cell side of a cell in world units
   */
  constructor(radius: number, cell: number) {
    this.#radius = radius;
    this.#cellsPerUnit = 1 / cell;
  }

  /** Takes the positions of this tick. `all`: whatever was known before is of no use. */
  update(source: InterestSource, all: boolean): void {
    this.#source = source;
    if (source.size > this.#cell.length || all) {
      this.#rebuild(source);
      return;
    }
    const { id, x, y, changed, changedCount } = source;
    const scale = this.#cellsPerUnit;
    for (let i = 0; i < changedCount; i++) {
      const row = changed[i];
      const cell =
        id[row] === 0 ? NOWHERE : this.#cellAt(Math.floor(x[row] * scale), Math.floor(y[row] * scale));
      if (cell === this.#cell[row]) continue;
      this.#remove(row);
      if (cell !== NOWHERE) this.#insert(row, cell);
    }
  }

  /**
   * Adds to `found` the rank of every entity within the radius of a point, edge included. The point is passed
   * as an object because two fractions passed by value are allocated on every call.
   */
  near(point: { readonly x: number; readonly y: number }, found: RankSet): void {
    const source = this.#source;
    const { x, y } = point;
    const scale = this.#cellsPerUnit;
    if (source === undefined) return;
    if (!(Math.abs(x * scale) < FARTHEST_CELL && Math.abs(y * scale) < FARTHEST_CELL)) return;
    const { x: rowX, y: rowY, rank } = source;
    const head = this.#head;
    const next = this.#next;
    const reach = this.#radius * this.#radius;
    const outer = this.#radius * GENEROUS;
    const lastRow = Math.floor((y + outer) * scale);
    for (let cellY = Math.floor((y - outer) * scale); cellY <= lastRow; cellY++) {
      // How far the circle extends to both sides where this row of cells is nearest to its centre.
      const nearestY = Math.max(cellY / scale, Math.min(y, (cellY + 1) / scale));
      const half = Math.sqrt(Math.max(0, outer * outer - (nearestY - y) * (nearestY - y)));
      const lastX = Math.floor((x + half) * scale);
      for (let cellX = Math.floor((x - half) * scale); cellX <= lastX; cellX++) {
        for (let row = head[this.#cellAt(cellX, cellY)]; row >= 0; row = next[row]) {
          const dx = rowX[row] - x;
          const dy = rowY[row] - y;
          if (dx * dx + dy * dy <= reach) found.add(rank[row]);
        }
      }
    }
  }

  #cellAt(cellX: number, cellY: number): number {
    const block = (cellY + Math.imul(cellX >> BLOCK_BITS, this.#columnStride)) & this.#blockMask;
    return (block << BLOCK_BITS) | (cellX & (BLOCK_CELLS - 1));
  }

  #insert(row: number, cell: number): void {
    const first = this.#head[cell];
    this.#cell[row] = cell;
    this.#next[row] = first;
    this.#before[row] = NOWHERE;
    if (first >= 0) this.#before[first] = row;
    this.#head[cell] = row;
  }

  #remove(row: number): void {
    const cell = this.#cell[row];
    if (cell === NOWHERE) return;
    const next = this.#next[row];
    const before = this.#before[row];
    if (before >= 0) this.#next[before] = next;
    else this.#head[cell] = next;
    if (next >= 0) this.#before[next] = before;
    this.#cell[row] = NOWHERE;
  }

  #rebuild({ size, count, order, x, y }: InterestSource): void {
    if (size > this.#cell.length) this.#reserve(size);
    this.#head.fill(NOWHERE);
    this.#cell.fill(NOWHERE);
    const scale = this.#cellsPerUnit;
    for (let rank = 0; rank < count; rank++) {
      const row = order[rank];
      this.#insert(row, this.#cellAt(Math.floor(x[row] * scale), Math.floor(y[row] * scale)));
    }
  }

  #reserve(size: number): void {
    const capacity = Math.max(size, this.#cell.length * 2, 64);
    this.#cell = new Int32Array(capacity);
    this.#next = new Int32Array(capacity);
    this.#before = new Int32Array(capacity);
    let blocks = this.#blockMask + 1;
    while (blocks * BLOCK_CELLS < capacity * 4 && blocks < MAX_BLOCKS) blocks *= 2;
    this.#blockMask = blocks - 1;
    this.#columnStride = Math.round(blocks * GOLDEN) | 1;
    this.#head = new Int32Array(blocks * BLOCK_CELLS);
  }
}
