import {
  boxShape,
  boxSolid,
  capsuleShape3,
  capsuleSolid,
  circleObstacle,
  createSlideResult,
  createSweepHit,
  createSweepHit3,
  createWalkResult,
  moveAndSlide,
  rampSolid,
  raycast,
  raycast3,
  raycastAll,
  slideShape,
  StaticGrid,
  StaticGrid3,
  walk,
} from "@tidelock/shared";

/** The examples of docs/guides/moving-and-colliding.md. */

export const walls = new StaticGrid([
  { minX: -20, minY: -1, maxX: 20, maxY: 0 },
  { minX: 6, minY: 0, maxX: 7, maxY: 4 },
  circleObstacle(-6, 3, 2),
]);

const slid = createSlideResult();

export function moveShip(ship: { x: number; y: number; vx: number; vy: number }, dt: number): void {
  moveAndSlide(walls, ship.x, ship.y, ship.vx * dt, ship.vy * dt, 0.5, slid);
  ship.vx = (slid.x - ship.x) / dt;
  ship.vy = (slid.y - ship.y) / dt;
  ship.x = slid.x;
  ship.y = slid.y;
}

const car = boxShape(4, 2);

export function moveCar(at: { x: number; y: number; heading: number }, dx: number, dy: number): void {
  slideShape(walls, at.x, at.y, dx, dy, car.turn(at.heading), slid);
  at.x = slid.x;
  at.y = slid.y;
}

const hit = createSweepHit();
const hits = Array.from({ length: 8 }, createSweepHit);

/** How far a laser gets, and how many walls a railgun goes through. */
export function shoot(x: number, y: number, dx: number, dy: number): { reach: number; pierced: number } {
  const isStopped = raycast(walls, x, y, dx, dy, hit);
  return { reach: isStopped ? hit.time : 1, pierced: raycastAll(walls, x, y, dx, dy, hits) };
}

export const hall = new StaticGrid3([
  boxSolid(-20, -1, -20, 20, 0, 20),
  boxSolid(4, 0, -2, 5, 0.3, 2),
  boxSolid(5, 0, -2, 8, 0.6, 2),
  rampSolid(-4, 0, 0, -8, 2, 0, 3, 0.5),
  capsuleSolid(0, 2, 6, 4, 0.5),
]);

const body = capsuleShape3(1, 0.4);
const gait = { stepHeight: 0.4, groundNormal: 0.7 };
const walked = createWalkResult();

export interface Walker {
  x: number;
  y: number;
  z: number;
  vy: number;
  grounded: boolean;
}

export function moveWalker(it: Walker, vx: number, vz: number, jump: boolean, dt: number): void {
  it.vy = it.grounded && jump ? 5 : it.vy - 15 * dt;
  walk(hall, it.x, it.y, it.z, vx * dt, it.vy * dt, vz * dt, body, gait, walked);
  it.x = walked.x;
  it.y = walked.y;
  it.z = walked.z;
  it.grounded = walked.isGrounded;
  if (walked.isGrounded || walked.isUnderCeiling) it.vy = 0;
}

const sight = createSweepHit3();

export function isHidden(from: Walker, to: Walker): boolean {
  return raycast3(hall, from.x, from.y, from.z, to.x - from.x, to.y - from.y, to.z - from.z, sight);
}
