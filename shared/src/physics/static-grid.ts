import { TidelockError } from "../errors/tidelock-error.ts";

/** An axis-aligned obstacle in world units. */
export interface StaticBox {
  readonly minX: number;
  readonly minY: number;
  readonly maxX: number;
  readonly maxY: number;
  /** How far the obstacle reaches beyond the box on all sides, with round corners; 0 when left out. */
  readonly round?: number;
}

/** A round obstacle: a box without extent whose rounding is the radius. */
export function circleObstacle(x: number, y: number, radius: number): StaticBox {
  return { minX: x, minY: y, maxX: x, maxY: y, round: radius };
}

export interface StaticGridOptions {
  /** Edge of a cell in world units. By default twice the mean extent of the obstacles. */
  cellSize?: number;
  /**
   * The gap, in world units, that `moveAndSlide` keeps between a mover and an obstacle. It absorbs the rounding of
   * positions to the state grid after each step, so it must be at least two steps of that grid. Default 1/1024, for
   * state grids of 1/2048 and finer.
   */
  skin?: number;
}

/** More cells than this cost memory and build time without making queries faster. */
const MAX_CELLS_PER_AXIS = 256;
const DEFAULT_SKIN = 1 / 1024;

/**
 * Static obstacles in a uniform grid, built once: a query looks only at the obstacles of the cells it touches. Build
 * it from the same list on both sides; obstacles are known by their index in that list, and ties go to the lower index.
 */
export class StaticGrid {
  readonly count: number;
  readonly skin: number;
  readonly cellSize: number;
  /** Obstacle edges by index. */
  readonly minX: Float64Array;
  readonly minY: Float64Array;
  readonly maxX: Float64Array;
  readonly maxY: Float64Array;
  readonly round: Float64Array;
  /** The region that obstacles occupy, their rounding included. */
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
  readonly top: number;
  readonly columns: number;
  readonly rows: number;
  /** The obstacles of cell `row * columns + column` are `items[cellStart[cell]]` up to, without, `cellStart[cell + 1]`. */
  readonly cellStart: Int32Array;
  readonly items: Int32Array;

  /** @throws TidelockError `config/static-geometry` for an obstacle that is not finite or turned inside out. */
  constructor(boxes: readonly StaticBox[], options: StaticGridOptions = {}) {
    this.count = boxes.length;
    this.skin = options.skin ?? DEFAULT_SKIN;
    this.minX = Float64Array.from(boxes, (box) => box.minX);
    this.minY = Float64Array.from(boxes, (box) => box.minY);
    this.maxX = Float64Array.from(boxes, (box) => box.maxX);
    this.maxY = Float64Array.from(boxes, (box) => box.maxY);
    this.round = Float64Array.from(boxes, (box) => box.round ?? 0);

    let left = Infinity;
    let bottom = Infinity;
    let right = -Infinity;
    let top = -Infinity;
    let extent = 0;
    for (let i = 0; i < this.count; i += 1) {
      this.#check(i);
      left = Math.min(left, this.minX[i] - this.round[i]);
      bottom = Math.min(bottom, this.minY[i] - this.round[i]);
      right = Math.max(right, this.maxX[i] + this.round[i]);
      top = Math.max(top, this.maxY[i] + this.round[i]);
      extent += (this.maxX[i] - this.minX[i] + this.maxY[i] - this.minY[i]) / 2 + 2 * this.round[i];
    }
    this.left = this.count > 0 ? left : 0;
    this.bottom = this.count > 0 ? bottom : 0;
    this.right = this.count > 0 ? right : 0;
    this.top = this.count > 0 ? top : 0;

    const span = Math.max(this.right - this.left, this.top - this.bottom);
    const wanted = options.cellSize ?? (2 * extent) / Math.max(1, this.count);
    this.cellSize = Math.max(wanted, span / MAX_CELLS_PER_AXIS) || 1;
    this.columns = this.columnOf(this.right, Infinity) + 1;
    this.rows = this.rowOf(this.top, Infinity) + 1;

    const { cellStart, items } = this.#fillCells();
    this.cellStart = cellStart;
    this.items = items;
  }

  /** The column of a world x, held between 0 and `last`. */
  columnOf(x: number, last: number = this.columns - 1): number {
    return Math.max(0, Math.min(last, Math.floor((x - this.left) / this.cellSize)));
  }

  /** The row of a world y, held between 0 and `last`. */
  rowOf(y: number, last: number = this.rows - 1): number {
    return Math.max(0, Math.min(last, Math.floor((y - this.bottom) / this.cellSize)));
  }

  #fillCells(): { cellStart: Int32Array; items: Int32Array } {
    const cellStart = new Int32Array(this.columns * this.rows + 1);
    this.#eachCell((cell) => {
      cellStart[cell + 1] += 1;
    });
    for (let cell = 0; cell + 1 < cellStart.length; cell += 1) cellStart[cell + 1] += cellStart[cell];
    const items = new Int32Array(cellStart[cellStart.length - 1]);
    const next = cellStart.slice();
    this.#eachCell((cell, index) => {
      items[next[cell]] = index;
      next[cell] += 1;
    });
    return { cellStart, items };
  }

  #eachCell(visit: (cell: number, index: number) => void): void {
    for (let i = 0; i < this.count; i += 1) {
      const lastColumn = this.columnOf(this.maxX[i] + this.round[i]);
      const lastRow = this.rowOf(this.maxY[i] + this.round[i]);
      for (let row = this.rowOf(this.minY[i] - this.round[i]); row <= lastRow; row += 1) {
        for (let column = this.columnOf(this.minX[i] - this.round[i]); column <= lastColumn; column += 1) {
          visit(row * this.columns + column, i);
        }
      }
    }
  }

  #check(i: number): void {
    const edges = [this.minX[i], this.minY[i], this.maxX[i], this.maxY[i], this.round[i]];
    const sound =
      edges.every((edge) => Number.isFinite(edge)) &&
      this.minX[i] <= this.maxX[i] &&
      this.minY[i] <= this.maxY[i] &&
      this.round[i] >= 0;
    if (sound) return;
    throw new TidelockError(
      "config/static-geometry",
      `StaticGrid: obstacle ${i} is [minX, minY, maxX, maxY, round] = [${edges.join(", ")}]; all must be finite, ` +
        `min <= max and round >= 0. Swap the edges or drop the obstacle.`,
    );
  }
}
