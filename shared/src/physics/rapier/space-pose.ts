import type RAPIER from "@dimforge/rapier3d-deterministic-compat";
import type { EntityType } from "../../schema/entity-type.ts";
import type { Table } from "../../world/table.ts";
import { columnsOf } from "./columns-of.ts";
import type { Pose } from "./engine.ts";
import { towardsRest } from "./towards-rest.ts";

const FIELDS = ["position", "velocity", "rotation", "spin"];

interface Triple {
  x: number;
  y: number;
  z: number;
}

/** Bodies in space and the fields `position`, `velocity`, `rotation`, `spin`. */
export class SpacePose implements Pose<RAPIER.RigidBody, RAPIER.RigidBodyDesc> {
  readonly #position: number;
  readonly #velocity: number;
  readonly #rotation: number;
  readonly #spin: number;
  /** A step of the grid of positions: what rounding alone never makes the difference between entity and body. */
  readonly #grid: number;

  constructor(type: EntityType) {
    [this.#position, this.#velocity, this.#rotation, this.#spin] = columnsOf(type, FIELDS, "bodyFields3d");
    this.#grid = type.columns[this.#position].grid;
  }

  describe(body: RAPIER.RigidBodyDesc, table: Table, slot: number): void {
    const { x, y, z } = load(table, this.#position, slot, triple);
    body.setTranslation(x, y, z);
    const speed = load(table, this.#velocity, slot, triple);
    body.setLinvel(speed.x, speed.y, speed.z);
    body.setAngvel(load(table, this.#spin, slot, triple));
    body.setRotation(turn(table, this.#rotation, slot));
  }

  write(body: RAPIER.RigidBody, table: Table, slot: number): void {
    const at = body.translation();
    const to = load(table, this.#position, slot, triple);
    const { values } = table;
    const isMoving = [this.#velocity, this.#spin].some(
      (first) => values[first][slot] !== 0 || values[first + 1][slot] !== 0 || values[first + 2][slot] !== 0,
    );
    const isInPlace =
      Math.abs(at.x - to.x) <= this.#grid &&
      Math.abs(at.y - to.y) <= this.#grid &&
      Math.abs(at.z - to.z) <= this.#grid;
    // What is at rest keeps what rounding took from it: any change would keep it awake.
    if (isInPlace && !isMoving) return;
    if (body.isSleeping()) body.wakeUp();
    if (!agrees(at, to)) body.setTranslation(to, false);
    const speed = load(table, this.#velocity, slot, triple);
    if (!agrees(body.linvel(), speed)) body.setLinvel(speed, false);
    const spin = load(table, this.#spin, slot, triple);
    if (!agrees(body.angvel(), spin)) body.setAngvel(spin, false);
    const rotation = turn(table, this.#rotation, slot);
    const was = body.rotation();
    if (!agrees(was, rotation) || was.w !== Math.fround(rotation.w)) body.setRotation(rotation, false);
  }

  read(body: RAPIER.RigidBody, table: Table, slot: number): void {
    const { values } = table;
    const at = body.translation();
    const from = load(table, this.#position, slot, triple);
    const way = { x: at.x - from.x, y: at.y - from.y, z: at.z - from.z };
    slow(table, this.#velocity, slot, body.linvel(), way);
    store(table, this.#position, slot, at);
    const rotation = body.rotation();
    const spin = body.angvel();
    const turned = turnBetween(turn(table, this.#rotation, slot), rotation);
    const speed = Math.sqrt(spin.x * spin.x + spin.y * spin.y + spin.z * spin.z);
    // The share of its spin that the body really turned by, about whatever axis.
    const share = speed === 0 ? 0 : turned / speed;
    slow(table, this.#spin, slot, spin, { x: spin.x * share, y: spin.y * share, z: spin.z * share });
    store(table, this.#rotation, slot, rotation);
    values[this.#rotation + 3][slot] = rotation.w;
  }
}

/** Used for one value at a time and kept only so that nothing is allocated. */
const triple = { x: 0, y: 0, z: 0 };
const quaternion = { x: 0, y: 0, z: 0, w: 1 };

function load<T extends Triple>({ values }: Table, first: number, slot: number, into: T): T {
  into.x = values[first][slot];
  into.y = values[first + 1][slot];
  into.z = values[first + 2][slot];
  return into;
}

function turn(table: Table, first: number, slot: number): typeof quaternion {
  load(table, first, slot, quaternion);
  quaternion.w = table.values[first + 3][slot];
  return quaternion;
}

function store({ values }: Table, first: number, slot: number, from: Triple): void {
  values[first][slot] = from.x;
  values[first + 1][slot] = from.y;
  values[first + 2][slot] = from.z;
}

function slow({ type, values }: Table, first: number, slot: number, to: Triple, way: Triple): void {
  const { grid } = type.columns[first];
  values[first][slot] = towardsRest(values[first][slot], to.x, grid, way.x, type.dt);
  values[first + 1][slot] = towardsRest(values[first + 1][slot], to.y, grid, way.y, type.dt);
  values[first + 2][slot] = towardsRest(values[first + 2][slot], to.z, grid, way.z, type.dt);
}

/** Radians that the rounding of a rotation alone may make of no turn. */
const ROUNDING = 2 ** -16;

/** The angle between two rotations, in radians; a little less for large ones, and nothing where rounding may be all of it. */
function turnBetween(a: typeof quaternion, b: Triple & { w: number }): number {
  const dot = a.x * b.x + a.y * b.y + a.z * b.z + a.w * b.w;
  const angle = 2 * Math.sqrt(Math.max(0, 2 - 2 * Math.abs(dot)));
  return Math.max(0, angle - ROUNDING);
}

/** The engine computes with 32 bits: that is how far the two can agree. */
function agrees(ofBody: Triple, ofEntity: Triple): boolean {
  return (
    ofBody.x === Math.fround(ofEntity.x) &&
    ofBody.y === Math.fround(ofEntity.y) &&
    ofBody.z === Math.fround(ofEntity.z)
  );
}
