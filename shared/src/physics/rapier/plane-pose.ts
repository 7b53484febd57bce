import type RAPIER from "@dimforge/rapier2d-deterministic-compat";
import { wrapAngle } from "../../math/angle.ts";
import type { EntityType } from "../../schema/entity-type.ts";
import type { Table } from "../../world/table.ts";
import { columnsOf } from "./columns-of.ts";
import type { Pose } from "./engine.ts";
import { towardsRest } from "./towards-rest.ts";

const FIELDS = ["x", "y", "vx", "vy", "angle", "spin"];

/** Bodies in the plane and the fields `x`, `y`, `vx`, `vy`, `angle`, `spin`. */
export class PlanePose implements Pose<RAPIER.RigidBody, RAPIER.RigidBodyDesc> {
  readonly #x: number;
  readonly #y: number;
  readonly #vx: number;
  readonly #vy: number;
  readonly #angle: number;
  readonly #spin: number;
  /** A step of the grid of positions: what rounding alone never makes the difference between entity and body. */
  readonly #grid: number;
  readonly #speedGrid: number;
  readonly #spinGrid: number;
  readonly #dt: number;

  constructor(type: EntityType) {
    [this.#x, this.#y, this.#vx, this.#vy, this.#angle, this.#spin] = columnsOf(type, FIELDS, "bodyFields2d");
    this.#grid = type.columns[this.#x].grid;
    this.#dt = type.dt;
    this.#speedGrid = type.columns[this.#vx].grid;
    this.#spinGrid = type.columns[this.#spin].grid;
  }

  describe(body: RAPIER.RigidBodyDesc, { values }: Table, slot: number): void {
    body.setTranslation(values[this.#x][slot], values[this.#y][slot]);
    body.setLinvel(values[this.#vx][slot], values[this.#vy][slot]);
    body.setRotation(values[this.#angle][slot]);
    body.setAngvel(values[this.#spin][slot]);
  }

  write(body: RAPIER.RigidBody, { values }: Table, slot: number): void {
    const x = values[this.#x][slot];
    const y = values[this.#y][slot];
    const vx = values[this.#vx][slot];
    const vy = values[this.#vy][slot];
    const spin = values[this.#spin][slot];
    const at = body.translation();
    const isInPlace = Math.abs(at.x - x) <= this.#grid && Math.abs(at.y - y) <= this.#grid;
    const isMoving = vx !== 0 || vy !== 0 || spin !== 0;
    // What is at rest keeps what rounding took from it: any change would keep it awake.
    if (isInPlace && !isMoving) return;
    if (body.isSleeping()) body.wakeUp();
    if (at.x !== Math.fround(x) || at.y !== Math.fround(y)) body.setTranslation({ x, y }, false);
    const speed = body.linvel();
    if (speed.x !== Math.fround(vx) || speed.y !== Math.fround(vy)) body.setLinvel({ x: vx, y: vy }, false);
    if (body.angvel() !== Math.fround(spin)) body.setAngvel(spin, false);
    const angle = values[this.#angle][slot];
    if (body.rotation() !== Math.fround(angle)) body.setRotation(angle, false);
  }

  read(body: RAPIER.RigidBody, { values }: Table, slot: number): void {
    const at = body.translation();
    const speed = body.linvel();
    const angle = body.rotation();
    const turn = wrapAngle(angle - values[this.#angle][slot]);
    this.#slow(values[this.#vx], slot, speed.x, this.#speedGrid, at.x - values[this.#x][slot]);
    this.#slow(values[this.#vy], slot, speed.y, this.#speedGrid, at.y - values[this.#y][slot]);
    this.#slow(values[this.#spin], slot, body.angvel(), this.#spinGrid, turn);
    values[this.#x][slot] = at.x;
    values[this.#y][slot] = at.y;
    values[this.#angle][slot] = angle;
  }

  #slow(speeds: Float64Array, slot: number, after: number, grid: number, way: number): void {
    speeds[slot] = towardsRest(speeds[slot], after, grid, way, this.#dt);
  }
}
