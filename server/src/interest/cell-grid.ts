import type { InterestSource } from "./interest-policy.ts";
import type { RankOrder } from "./rank-order.ts";
import type { RankSet } from "./rank-set.ts";

/** Cells of a row that lie next to each other in memory: one run of them is scanned in one go. */
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

/**
 * Points in uniform cells, for asking what lies within a radius. Worlds may have any shape and extent: the
 * table is hashed by blocks of cells. Two blocks that share a place cost time, never a wrong answer.
 * Entities that rest cost one comparison per tick; the table is sorted anew only when one changes its cell.
 */
export class CellGrid {
  readonly #radius: number;
  readonly #cellsPerUnit: number;
  #blockMask = MIN_BLOCKS - 1;
  #columnStride = Math.round(MIN_BLOCKS * GOLDEN) | 1;
  /** First slot of each cell; one more for the end. */
  #start = new Int32Array(MIN_BLOCKS * BLOCK_CELLS + 1);
  /** Per rank. */
  #cell = new Int32Array(0);
  #slot = new Int32Array(0);
  #lastX = new Float64Array(0);
  #lastY = new Float64Array(0);
  /** Per slot, sorted by cell. */
  #x = new Float64Array(0);
  #y = new Float64Array(0);
  #rank = new Int32Array(0);

  /**
   * @param radius how far `near` looks, in world units
   * @param cell side of a cell in world units
   */
  constructor(radius: number, cell: number) {
    this.#radius = radius;
    this.#cellsPerUnit = 1 / cell;
  }

  /** Takes the positions of this tick. `reordered`: a rank may stand for another entity than last time. */
  update(source: InterestSource, order: RankOrder, reordered: boolean): void {
    if (reordered) this.#reserve(order.count);
    const { x, y } = source;
    const { count, rows } = order;
    const scale = this.#cellsPerUnit;
    const cells = this.#cell;
    const lastX = this.#lastX;
    const lastY = this.#lastY;
    let resort = reordered;
    for (let rank = 0; rank < count; rank++) {
      const row = rows[rank];
      if (!reordered && lastX[rank] === x[row] && lastY[rank] === y[row]) continue;
      lastX[rank] = x[row];
      lastY[rank] = y[row];
      const cell = this.#cellAt(Math.floor(x[row] * scale), Math.floor(y[row] * scale));
      if (cell !== cells[rank]) resort = true;
      cells[rank] = cell;
      if (resort) continue;
      const slot = this.#slot[rank];
      this.#x[slot] = x[row];
      this.#y[slot] = y[row];
    }
    if (resort) this.#sort(count);
  }

  /**
   * Adds to `found` every rank within the radius of a point, edge included. The point is passed as an object
   * because two fractions passed by value are allocated on every call.
   */
  near(point: { readonly x: number; readonly y: number }, found: RankSet): void {
    const { x, y } = point;
    const scale = this.#cellsPerUnit;
    if (!(Math.abs(x * scale) < FARTHEST_CELL && Math.abs(y * scale) < FARTHEST_CELL)) return;
    const start = this.#start;
    const slotX = this.#x;
    const slotY = this.#y;
    const reach = this.#radius * this.#radius;
    const outer = this.#radius * GENEROUS;
    const lastRow = Math.floor((y + outer) * scale);
    for (let cellY = Math.floor((y - outer) * scale); cellY <= lastRow; cellY++) {
      // How far the circle extends to both sides where this row of cells is nearest to its centre.
      const nearestY = Math.max(cellY / scale, Math.min(y, (cellY + 1) / scale));
      const half = Math.sqrt(Math.max(0, outer * outer - (nearestY - y) * (nearestY - y)));
      const lastX = Math.floor((x + half) * scale);
      for (let cellX = Math.floor((x - half) * scale); cellX <= lastX;) {
        const blockEnd = Math.min(lastX, cellX | (BLOCK_CELLS - 1));
        const first = this.#cellAt(cellX, cellY);
        const end = start[first + blockEnd - cellX + 1];
        for (let slot = start[first]; slot < end; slot++) {
          const dx = slotX[slot] - x;
          const dy = slotY[slot] - y;
          if (dx * dx + dy * dy <= reach) found.add(this.#rank[slot]);
        }
        cellX = blockEnd + 1;
      }
    }
  }

  #cellAt(cellX: number, cellY: number): number {
    const block = (cellY + Math.imul(cellX >> BLOCK_BITS, this.#columnStride)) & this.#blockMask;
    return (block << BLOCK_BITS) | (cellX & (BLOCK_CELLS - 1));
  }

  /** Counting sort of all ranks by cell. */
  #sort(count: number): void {
    const start = this.#start;
    const cells = this.#cell;
    start.fill(0);
    for (let rank = 0; rank < count; rank++) start[cells[rank]]++;
    for (let cell = 1; cell < start.length; cell++) start[cell] += start[cell - 1];
    for (let rank = count - 1; rank >= 0; rank--) {
      const slot = --start[cells[rank]];
      this.#slot[rank] = slot;
      this.#rank[slot] = rank;
      this.#x[slot] = this.#lastX[rank];
      this.#y[slot] = this.#lastY[rank];
    }
  }

  #reserve(count: number): void {
    if (count <= this.#slot.length) return;
    const capacity = Math.max(count, this.#slot.length * 2, 64);
    this.#cell = new Int32Array(capacity);
    this.#slot = new Int32Array(capacity);
    this.#lastX = new Float64Array(capacity);
    this.#lastY = new Float64Array(capacity);
    this.#x = new Float64Array(capacity);
    this.#y = new Float64Array(capacity);
    this.#rank = new Int32Array(capacity);
    let blocks = this.#blockMask + 1;
    while (blocks * BLOCK_CELLS < capacity * 4 && blocks < MAX_BLOCKS) blocks *= 2;
    if (blocks === this.#blockMask + 1) return;
    this.#blockMask = blocks - 1;
    this.#columnStride = Math.round(blocks * GOLDEN) | 1;
    this.#start = new Int32Array(blocks * BLOCK_CELLS + 1);
  }
}
