import { TidelockError } from "@tidelock/shared";
import type { RegionId } from "./transfer.ts";

export interface GridDefinition {
  readonly columns: number;
  readonly rows: number;
  /** Edge of a region's square, in the game's units of length. */
  readonly regionSize: number;
}

/** The squares of a world, numbered row by row from the origin. What lies outside the world belongs to the nearest region. */
export class RegionGrid {
  readonly columns: number;
  readonly rows: number;
  readonly regionSize: number;

  /** @throws TidelockError `region/bad-grid` unless there are 1 to 65536 regions, of a size above 0. */
  constructor({ columns, rows, regionSize }: GridDefinition) {
    const counts = Number.isInteger(columns) && Number.isInteger(rows) && columns > 0 && rows > 0;
    if (!counts || columns * rows > 65536 || !(regionSize > 0))
      throw new TidelockError(
        "region/bad-grid",
        `a world of ${columns} by ${rows} regions of size ${regionSize}: give whole numbers above 0, at most 65536 regions in all, and a size above 0`,
      );
    this.columns = columns;
    this.rows = rows;
    this.regionSize = regionSize;
  }

  get count(): number {
    return this.columns * this.rows;
  }

  regionAt(x: number, y: number): RegionId {
    return this.#cell(y, this.rows) * this.columns + this.#cell(x, this.columns);
  }

  /** How far a place lies outside a region; 0 inside it. Beyond the world's edge there is no outside. */
  distanceTo(region: RegionId, x: number, y: number): number {
    const dx = this.#beyond(x, region % this.columns, this.columns);
    const dy = this.#beyond(y, Math.floor(region / this.columns), this.rows);
    return Math.sqrt(dx * dx + dy * dy);
  }

  /** The regions that share an edge or a corner with this one. */
  neighbours(region: RegionId): RegionId[] {
    const column = region % this.columns;
    const row = Math.floor(region / this.columns);
    const found: RegionId[] = [];
    for (let r = Math.max(0, row - 1); r <= Math.min(this.rows - 1, row + 1); r++)
      for (let c = Math.max(0, column - 1); c <= Math.min(this.columns - 1, column + 1); c++)
        if (r !== row || c !== column) found.push(r * this.columns + c);
    return found;
  }

  #cell(at: number, count: number): number {
    return Math.min(count - 1, Math.max(0, Math.floor(at / this.regionSize)));
  }

  #beyond(at: number, cell: number, count: number): number {
    if (at < cell * this.regionSize) return cell === 0 ? 0 : cell * this.regionSize - at;
    const end = (cell + 1) * this.regionSize;
    return at > end && cell < count - 1 ? at - end : 0;
  }
}
