import type { Quaternion } from "../math/quaternion.ts";
import { rotateQuaternion } from "../math/quaternion.ts";
import { type Column, confine, quantise } from "../schema/column.ts";
import type { EntityType, Motion } from "../schema/entity-type.ts";
import { packQuaternion, packTurned, unpackQuaternion } from "../schema/quaternion-codec.ts";
import type { Rotation } from "../schema/record-type.ts";
import type { EntityHandle } from "../world/entity-view.ts";
import { Table } from "../world/table.ts";

/**
 * Where entities of a kind go when nothing happens to them, in whole grid steps, bit for bit the same on every machine. A state
 * is one number per column. Steps change velocities first and then move by them, so a state says where it will be.
 */
export class MotionModel {
  readonly #type: EntityType;
  readonly #moving: readonly Column[];
  readonly #turning: readonly Rotation[];
  readonly #declared: DeclaredMotion | undefined;

  constructor(type: EntityType) {
    this.#type = type;
    this.#moving = type.columns.filter(({ velocity }) => velocity >= 0);
    this.#turning = type.rotations.filter(({ spin }) => spin >= 0);
    this.#declared = type.motion === undefined ? undefined : new DeclaredMotion(type, type.motion);
  }

  /** The one model of a kind of entity. */
  static of(type: EntityType): MotionModel {
    let model = models.get(type);
    if (model === undefined) models.set(type, (model = new MotionModel(type)));
    return model;
  }

  /** Whether the game declared how its entities move. */
  get isDeclared(): boolean {
    return this.#declared !== undefined;
  }

  /** Advances a state by whole ticks, 0 to a few thousand, in place; where something turns or the game declared how it moves, each tick costs. */
  advance(state: Int32Array, ticks: number): void {
    if (ticks === 0) return;
    if (this.#declared !== undefined) return this.#declared.advance(state, ticks);
    for (const column of this.#moving) {
      const { index, velocity, stepsPerVelocity } = column;
      // An even motion that is confined tick by tick ends where one does that is confined at its end.
      state[index] = confine(column, state[index] + state[velocity] * stepsPerVelocity * ticks);
    }
    for (const rotation of this.#turning)
      turn(
        this.#type,
        state,
        rotation,
        state[rotation.spin],
        state[rotation.spin + 1],
        state[rotation.spin + 2],
        ticks,
      );
  }
}

const models = new WeakMap<EntityType, MotionModel>();

const q: Quaternion = { x: 0, y: 0, z: 0, w: 1 };
const packed = new Int32Array(4);

/** Turns a state's rotation by an angular velocity, in grid steps, and rounds it each tick as a world does. */
export function turn(
  type: EntityType,
  state: Int32Array,
  { first, spin }: Rotation,
  x: number,
  y: number,
  z: number,
  ticks: number,
): void {
  if (x === 0 && y === 0 && z === 0) return;
  const { grid } = type.columns[spin];
  const { highest } = type.columns[first + 1];
  for (let i = 0; i < 4; i++) packed[i] = state[first + i];
  for (let i = 0; i < ticks; i++) {
    unpackQuaternion(packed[0], packed[1], packed[2], packed[3], highest, q);
    rotateQuaternion(q, x * grid, y * grid, z * grid, type.dt);
    packQuaternion(q.x, q.y, q.z, q.w, highest, packed);
  }
  for (let i = 0; i < 4; i++) state[first + i] = packed[i];
}

/** A motion that the game declared, run on an entity of its own. */
class DeclaredMotion {
  readonly #type: EntityType;
  readonly #motion: Motion;
  readonly #table: Table;
  readonly #self: EntityHandle;
  /** What the motion works with: some clients have only what goes to everyone, and all must foretell the same. */
  readonly #scalars: readonly Column[];
  readonly #rotations: readonly Rotation[];
  readonly #hidesFields: boolean;

  constructor(type: EntityType, motion: Motion) {
    this.#type = type;
    this.#motion = motion;
    this.#table = new Table(type);
    this.#self = this.#table.view(this.#table.add(1, 0, false));
    const isPart = ({ index }: Column): boolean =>
      type.rotations.some(({ first }) => index >= first && index < first + 4);
    this.#scalars = type.columns.filter((column) => column.audience === "everyone" && !isPart(column));
    this.#rotations = type.rotations.filter(({ first }) => type.columns[first].audience === "everyone");
    this.#hidesFields = type.columns.some(({ audience }) => audience !== "everyone");
  }

  advance(state: Int32Array, ticks: number): void {
    const { values } = this.#table;
    for (let i = 0; i < ticks; i++) {
      // As new, whatever the motion made of them before.
      if (this.#hidesFields) this.#table.loadValues(0);
      for (const { index, grid } of this.#scalars) values[index][0] = state[index] * grid;
      for (const { first } of this.#rotations) this.#loadRotation(state, first);
      this.#motion(this.#self, this.#type.dt);
      for (const column of this.#scalars) {
        const value = quantise(column, values[column.index][0]);
        // What is not a number stays as it was: the state may come from anywhere.
        if (value === value) state[column.index] = value;
      }
      for (const { first } of this.#rotations) this.#storeRotation(state, first);
    }
  }

  #loadRotation(state: Int32Array, first: number): void {
    const { values } = this.#table;
    const { highest } = this.#type.columns[first + 1];
    unpackQuaternion(state[first], state[first + 1], state[first + 2], state[first + 3], highest, q);
    values[first][0] = q.x;
    values[first + 1][0] = q.y;
    values[first + 2][0] = q.z;
    values[first + 3][0] = q.w;
  }

  #storeRotation(state: Int32Array, first: number): void {
    const { values } = this.#table;
    const x = values[first][0];
    const y = values[first + 1][0];
    const z = values[first + 2][0];
    const w = values[first + 3][0];
    if (x + y + z + w !== x + y + z + w) return;
    for (let i = 0; i < 4; i++) packed[i] = state[first + i];
    packTurned(x, y, z, w, this.#type.columns[first + 1].highest, packed);
    for (let i = 0; i < 4; i++) state[first + i] = packed[i];
  }
}

/** The signed way from `from` to `to`, the short way round for angles. */
export function difference(column: Column, from: number, to: number): number {
  const plain = to - from;
  if (!column.wraps) return plain;
  const turned = column.highest - column.lowest + 1;
  const half = turned >> 1;
  return plain > half ? plain - turned : plain < -half ? plain + turned : plain;
}
