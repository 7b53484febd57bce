import { TidelockError } from "../errors/tidelock-error.ts";
import { cos, sin } from "../math/sin-cos.ts";

/**
 * The outline of something that moves: a core (a point, a segment or a box about its centre) grown by a radius. Made once
 * by `circleShape`, `capsuleShape` or `boxShape`, and used for any number of queries.
 */
export class Shape {
  /** Half the core's length and width along its own axes, in world units. */
  readonly halfLength: number;
  readonly halfWidth: number;
  readonly radius: number;
  /** The unit vector along the core's length; along its width lies (-axisY, axisX). */
  axisX = 1;
  axisY = 0;
  /** Half the extent of the core, without the radius, along x and y. */
  extentX: number;
  extentY: number;

  /** @throws TidelockError `config/shape` for sizes that are negative or not finite. */
  constructor(halfLength: number, halfWidth: number, radius: number) {
    const sizes = [halfLength, halfWidth, radius];
    if (!sizes.every((size) => Number.isFinite(size) && size >= 0))
      throw new TidelockError(
        "config/shape",
        `Shape: half length, half width and radius are [${sizes.join(", ")}]; all must be finite and at least 0.`,
      );
    this.halfLength = halfLength;
    this.halfWidth = halfWidth;
    this.radius = radius;
    this.extentX = halfLength;
    this.extentY = halfWidth;
  }

  /** Turns the shape to a heading: its length then lies `radians` from the x axis towards the y axis. */
  turn(radians: number): this {
    this.axisX = cos(radians);
    this.axisY = sin(radians);
    const alongX = Math.abs(this.axisX);
    const alongY = Math.abs(this.axisY);
    this.extentX = this.halfLength * alongX + this.halfWidth * alongY;
    this.extentY = this.halfLength * alongY + this.halfWidth * alongX;
    return this;
  }
}

export function circleShape(radius: number): Shape {
  return new Shape(0, 0, radius);
}

/** A segment of `length`, along x until it is turned, grown by `radius`: `length + 2 * radius` long in all. */
export function capsuleShape(length: number, radius: number): Shape {
  return new Shape(length / 2, 0, radius);
}

/** A box with its edges along x and y until it is turned; with a radius it has round corners, outside of that size. */
export function boxShape(width: number, height: number, radius = 0): Shape {
  return new Shape(width / 2, height / 2, radius);
}
