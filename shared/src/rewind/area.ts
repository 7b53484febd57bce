import { atan2 } from "../math/atan2.ts";
import type { Place } from "./walls.ts";

/** A circle or a ball, or the part of it within an angle: what a sword sweeps, what an explosion reaches. */
export interface Circle {
  readonly center: Place;
  readonly radius: number;
  /** The middle of an arc, as a direction of any length; goes with `arc`. */
  readonly facing?: Place;
  /** Width of the arc in radians, to both sides of `facing` together. Left out: all round. */
  readonly arc?: number;
}

/** A box, turned in the plane of x and y so that its x axis points along `facing`; left out: not turned. */
export interface Box {
  readonly center: Place;
  readonly half: Place;
  readonly facing?: Place;
}

export type Area = Circle | Box;

/** How far an area reaches from its centre in any direction. */
export function extentOf(area: Area): number {
  if ("radius" in area) return area.radius;
  const { x, y, z = 0 } = area.half;
  return Math.sqrt(x * x + y * y + z * z);
}

/** Whether a ball of a radius around a place touches an area. */
export function touches(area: Area, place: Float64Array, radius: number): boolean {
  const { x, y, z = 0 } = area.center;
  const [dx, dy, dz] = [place[0] - x, place[1] - y, place[2] - z];
  return "radius" in area ? inCircle(area, dx, dy, dz, radius) : inBox(area, dx, dy, dz, radius);
}

function inCircle(
  { radius: reach, facing, arc }: Circle,
  dx: number,
  dy: number,
  dz: number,
  radius: number,
) {
  const distance = Math.sqrt(dx * dx + dy * dy + dz * dz);
  if (distance > reach + radius) return false;
  if (facing === undefined || arc === undefined || distance <= radius) return true;
  const { x, y, z = 0 } = facing;
  const [cx, cy, cz] = [y * dz - z * dy, z * dx - x * dz, x * dy - y * dx];
  const aside = atan2(Math.sqrt(cx * cx + cy * cy + cz * cz), x * dx + y * dy + z * dz);
  // The ball is seen from the centre under twice this angle.
  const half = atan2(radius, Math.sqrt(distance * distance - radius * radius));
  return aside - half <= arc / 2;
}

function inBox({ half, facing }: Box, dx: number, dy: number, dz: number, radius: number): boolean {
  const { x: fx, y: fy } = facing ?? { x: 1, y: 0 };
  const length = Math.sqrt(fx * fx + fy * fy) || 1;
  const along = (dx * fx + dy * fy) / length;
  const across = (dy * fx - dx * fy) / length;
  const ox = Math.max(0, Math.abs(along) - half.x);
  const oy = Math.max(0, Math.abs(across) - half.y);
  const oz = Math.max(0, Math.abs(dz) - (half.z ?? 0));
  return ox * ox + oy * oy + oz * oz <= radius * radius;
}
