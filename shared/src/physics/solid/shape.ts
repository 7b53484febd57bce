import { TidelockError } from "../../errors/tidelock-error.ts";
import type { Quaternion } from "../../math/quaternion.ts";
import { extentAlong, writeAxes } from "./axes.ts";

/**
 * The body of something that moves in 3D: a point or a segment about its centre grown by a radius, or a box. Made once by
 * `sphereShape`, `capsuleShape3` or `boxShape3`, and used for any number of queries.
 */
export class Shape3 {
  /** Half the sizes of the core along its own axes, in world units. */
  readonly half: Float64Array;
  readonly radius: number;
  /** The core's own axes as unit vectors in the world, one after the other. */
  readonly axes = Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1);
  /** Half the extent of the core, without the radius, along x, y and z. */
  readonly extent: Float64Array;
  /** Whether the core's axes are those of the world, which makes queries cheaper. */
  isAligned = true;

  /** @throws TidelockError `config/shape` for sizes that are negative or not finite, and for round boxes. */
  constructor(halfX: number, halfY: number, halfZ: number, radius: number) {
    const sizes = [halfX, halfY, halfZ];
    const isSound = [...sizes, radius].every((size) => Number.isFinite(size) && size >= 0);
    if (!isSound || (radius > 0 && sizes.filter((size) => size > 0).length > 1))
      throw new TidelockError(
        "config/shape",
        `Shape3: half sizes are [${sizes.join(", ")}] and the radius is ${radius}; all must be finite and at least 0, ` +
          `and with a radius at most one half size may be above 0. Use a capsule, or a box without a radius.`,
      );
    this.half = Float64Array.from(sizes);
    this.extent = Float64Array.from(sizes);
    this.radius = radius;
  }

  /** Turns the shape from its first posture by a rotation of length 1. */
  turn(rotation: Quaternion): this {
    writeAxes(rotation, this.axes, 0);
    this.isAligned = rotation.x === 0 && rotation.y === 0 && rotation.z === 0;
    for (let i = 0; i < 3; i += 1) this.extent[i] = extentAlong(this.axes, 0, this.half, 0, i);
    return this;
  }
}

export function sphereShape(radius: number): Shape3 {
  return new Shape3(0, 0, 0, radius);
}

/** A segment of `length`, upright until it is turned, grown by `radius`: `length + 2 * radius` high in all. */
export function capsuleShape3(length: number, radius: number): Shape3 {
  return new Shape3(0, length / 2, 0, radius);
}

/** A box with its edges along x, y and z until it is turned. */
export function boxShape3(width: number, height: number, depth: number): Shape3 {
  return new Shape3(width / 2, height / 2, depth / 2, 0);
}
