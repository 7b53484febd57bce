import { createSweepHit, obstacleBetween, raycast, type StaticGrid } from "@tidelock/shared";
import type { InterestSource } from "./interest-source.ts";
import type { InterestViewer } from "./interest-viewer.ts";

/** How much of the way to an obstacle a point ahead may lie: just short of it, never in it. */
const SHORT_OF_OBSTACLE = 0.99;

const NOTHING = -1;

const hit = createSweepHit();

interface Point {
  x: number;
  y: number;
}

/** Draws the lines that decide whether a viewer sees an entity: one in the open, six at most. */
export class SightLines {
  /** Where the viewer looks from, and where it will in a moment. */
  readonly eye: Point = { x: Number.NaN, y: Number.NaN };
  readonly eyeAhead: Point = { x: Number.NaN, y: Number.NaN };
  readonly #grid: StaticGrid;
  readonly #extent: number;
  readonly #leadSeconds: number;
  readonly #ahead: Point = { x: Number.NaN, y: Number.NaN };
  #source: InterestSource | undefined;
  /** What blocked the last line drawn, or -1. */
  #obstacle = NOTHING;
  /** By row: where its entity will be in a moment, and for which call of `begin` that was worked out. */
  #aheadX = new Float64Array(0);
  #aheadY = new Float64Array(0);
  #aheadAt = new Int32Array(0);
  #serial = 0;

  constructor(grid: StaticGrid, extent: number, leadSeconds: number) {
    this.#grid = grid;
    this.#extent = extent;
    this.#leadSeconds = leadSeconds;
  }

  begin(source: InterestSource): void {
    this.#source = source;
    this.#serial++;
    if (source.size <= this.#aheadAt.length) return;
    const capacity = Math.max(64, source.size * 2);
    this.#aheadX = new Float64Array(capacity);
    this.#aheadY = new Float64Array(capacity);
    this.#aheadAt = new Int32Array(capacity);
  }

  /** Takes the place of the viewer that the next lines are drawn for. */
  lookFrom(eye: { readonly x: number; readonly y: number }, viewer: InterestViewer): void {
    this.eye.x = eye.x;
    this.eye.y = eye.y;
    this.#lead(eye, viewer.vx, viewer.vy, this.eyeAhead);
  }

  /**
   * The obstacle that hides the entity of a row, or -1 when a line to it is free. `likely`: the one that hid it last
   * time, or -1.
   */
  obstacleTo(row: number, likely: number): number {
    const source = this.#source;
    // From nowhere nothing is seen; any obstacle may be named.
    if (source === undefined || !Number.isFinite(this.eye.x + this.eye.y)) return Math.max(0, likely);
    this.#obstacle = likely;
    const target = this.#ahead;
    target.x = source.x[row];
    target.y = source.y[row];
    if (this.#reachAnyOf(this.eye, target)) return NOTHING;
    this.#takeAhead(row, source);
    const isAtRest =
      this.eyeAhead.x === this.eye.x &&
      this.eyeAhead.y === this.eye.y &&
      target.x === source.x[row] &&
      target.y === source.y[row];
    if (!isAtRest) this.#reachAnyOf(this.eyeAhead, target);
    return this.#obstacle;
  }

  /** Whether a line is free to a point, or to what extends from it to both sides as seen from there. */
  #reachAnyOf(from: Point, to: Point): boolean {
    if (this.#isFree(from, to.x, to.y)) return true;
    const dx = to.x - from.x;
    const dy = to.y - from.y;
    const distance = Math.sqrt(dx * dx + dy * dy);
    if (!(distance > 0) || this.#extent === 0) return false;
    const sideX = (-dy / distance) * this.#extent;
    const sideY = (dx / distance) * this.#extent;
    return this.#isFree(from, to.x + sideX, to.y + sideY) || this.#isFree(from, to.x - sideX, to.y - sideY);
  }

  #isFree({ x, y }: Point, toX: number, toY: number): boolean {
    this.#obstacle = obstacleBetween(this.#grid, x, y, toX, toY, this.#obstacle);
    return this.#obstacle === NOTHING;
  }

  /** Where the entity of a row will be in a moment: worked out once per tick for all viewers. */
  #takeAhead(row: number, { x, y, vx, vy }: InterestSource): void {
    const ahead = this.#ahead;
    if (this.#aheadAt[row] !== this.#serial) {
      ahead.x = x[row];
      ahead.y = y[row];
      this.#lead(ahead, vx[row], vy[row], ahead);
      this.#aheadX[row] = ahead.x;
      this.#aheadY[row] = ahead.y;
      this.#aheadAt[row] = this.#serial;
    }
    ahead.x = this.#aheadX[row];
    ahead.y = this.#aheadY[row];
  }

  /** The point reached from another one in a moment, or just before the obstacle in the way. */
  #lead(from: { readonly x: number; readonly y: number }, vx: number, vy: number, out: Point): void {
    const dx = vx * this.#leadSeconds;
    const dy = vy * this.#leadSeconds;
    const isMoving = dx * dx + dy * dy > 0;
    const { x, y } = from;
    const isBlocked = isMoving && raycast(this.#grid, x, y, dx, dy, hit);
    const share = !isMoving ? 0 : isBlocked ? hit.time * SHORT_OF_OBSTACLE : 1;
    out.x = isMoving ? x + dx * share : x;
    out.y = isMoving ? y + dy * share : y;
  }
}
