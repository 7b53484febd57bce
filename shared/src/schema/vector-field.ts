import type { Quaternion } from "../math/quaternion.ts";
import { TidelockError } from "../errors/tidelock-error.ts";
import type { ColumnPlan, Field, PositionOptions, VelocityOptions } from "./field.ts";

export interface Vector2 {
  x: number;
  y: number;
}
export interface Vector3 extends Vector2 {
  z: number;
}

const XY = ["x", "y"] as const;
const XYZ = ["x", "y", "z"] as const;

function vector<T>(
  kind: string,
  components: readonly string[],
  plan: (component: string) => Omit<ColumnPlan, "suffix">,
): Field<T> {
  return {
    kind,
    shape: "vector",
    reading: { as: "number" },
    audience: "everyone",
    plan: components.map((component) => ({ suffix: `.${component}`, ...plan(component) })),
  };
}

/** A point in the plane; the options hold for each axis. */
export function position2d(options: PositionOptions): Field<Vector2> {
  return vector("position2d", XY, () => options);
}

/** A point in space; the options hold for each axis. */
export function position3d(options: PositionOptions): Field<Vector3> {
  return vector("position3d", XYZ, () => options);
}

/** The velocity of the `position2d` field named `of`, in units per second. */
export function velocity2d(of: string, options: VelocityOptions): Field<Vector2> {
  const { max, slowest = max / 512 } = options;
  return vector("velocity2d", XY, (axis) => ({ min: -max, max, grid: 0, moves: `${of}.${axis}`, slowest }));
}

/** The velocity of the `position3d` field named `of`, in units per second. */
export function velocity3d(of: string, options: VelocityOptions): Field<Vector3> {
  const { max, slowest = max / 512 } = options;
  return vector("velocity3d", XYZ, (axis) => ({ min: -max, max, grid: 0, moves: `${of}.${axis}`, slowest }));
}

/** Options of an angular velocity, in radians per second about the axes of the world. */
export interface AngularVelocityOptions {
  /** Fastest turn about each axis. */
  readonly max: number;
  /** Step of the state grid. Default: 1/1024. */
  readonly grid?: number;
}

/**
 * The angular velocity of the `quaternion` field named `of`: a rotation that turns evenly is predicted from it, exactly and at
 * any age, if the step turns it by `rotateQuaternion` once per tick.
 */
export function angularVelocity(of: string, options: AngularVelocityOptions): Field<Vector3> {
  const { max, grid = 1 / 1024 } = options;
  return vector("angularVelocity", XYZ, () => ({ min: -max, max, grid, turns: of }));
}

/**
 * A rotation, stored and sent as the three smallest of its four components, `bits` each (4 to 20), plus which one was left
 * out. Always of length 1 after a tick. Clients that only look get the components to `shown` bits (default: `bits`). A rotation
 * that is turned by an angular velocity needs fine bits, 18 or so: each tick rounds it anew.
 * Source of the form: G. Fiedler, "Snapshot Compression" (2015).
 */
export function quaternion(options: { readonly bits: number; readonly shown?: number }): Field<Quaternion> {
  const { bits, shown = bits } = options;
  if (!Number.isInteger(shown) || shown < 4 || shown > bits)
    throw new TidelockError(
      "schema/bad-bits",
      `quaternion({ bits: ${bits}, shown: ${shown} }): shown must be a whole number from 4 to bits`,
    );
  if (!Number.isInteger(bits) || bits < 4 || bits > 20)
    throw new TidelockError(
      "schema/bad-bits",
      `quaternion({ bits: ${bits} }): bits must be a whole number from 4 to 20`,
    );
  const highest = 2 ** (bits - 1) - 1;
  const small = { min: -highest, max: highest, grid: 1, shown: 2 ** (bits - shown) };
  return {
    kind: "quaternion",
    shape: "quaternion",
    reading: { as: "number" },
    audience: "everyone",
    plan: [
      { suffix: ".largest", min: 0, max: 3, grid: 1, initial: 3 },
      { suffix: ".a", ...small },
      { suffix: ".b", ...small },
      { suffix: ".c", ...small },
    ],
  };
}
