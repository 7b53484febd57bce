import { WorldRandom } from "./random.ts";

export const ASTEROID_COUNT = 250;
/** Simulation and send rate in ticks per second. */
export const TICK_RATE = 30;
/** Steps of the state grid per step that a client must be shown. */
export const GRID_PER_SHOWN = 16;
/** Grid steps per unit of length: the shown step is 0.01. */
export const GRID_PER_UNIT = 100 * GRID_PER_SHOWN;
export const SPEED_MIN = 1;
export const SPEED_MAX = 4;
/** Beyond this distance from the centre the velocity is steered back inside. */
export const FIELD_RADIUS = 31.5;
/** Nobody gets further out than this on any axis. */
export const FARTHEST = 40;
/** Ticks until the field has forgotten how it began: 300 s. */
export const SETTLING_TICKS = 300 * TICK_RATE;

/** Fastest spin in radians per second: 45 degrees. */
export const SPIN_MAX = Math.PI / 4;
/** Spins about each axis are whole multiples of this, in radians per second. */
export const SPIN_GRID = 1 / 1024;
const ASTEROID_RADIUS = 0.75;
const PLANET_RADIUS = 6;
/** Units per second squared towards the centre while outside the field. */
const STEERING = 4;
/** Grid steps per tick of one unit per second. */
const GRID_SPEED = GRID_PER_UNIT / TICK_RATE;
/** Whole grid steps per tick are off by up to half a step on each axis; in units per second. */
const ROUNDING = 0.9 / GRID_SPEED;

type Axes = readonly [Int32Array, Int32Array, Int32Array];
const axis = (): Int32Array => new Int32Array(ASTEROID_COUNT);
const axes = (): Axes => [axis(), axis(), axis()];

/**
 * 250 spheres that drift and tumble around a planet, hit it and each other, and are steered back when they leave the field. A
 * hit changes course and spin of both at once; in between they fly straight and spin evenly.
 *
 * Positions are whole grid steps and velocities whole grid steps per tick, and spins lie on a grid too. Rotations are kept in full
 * precision, finer than any step that is shown.
 */
export class Asteroids {
  /** Position in grid steps, by axis. */
  readonly position = axes();
  /** Velocity in grid steps per tick, by axis. */
  readonly velocity = axes();
  /** Rotations, x y z w one after the other. */
  readonly rotation = new Float64Array(ASTEROID_COUNT * 4);
  /** Angular velocity in radians per second about the axes of the world, x y z one after the other. */
  readonly spin = new Float64Array(ASTEROID_COUNT * 3);

  /** What one tick's spin turns by, as a rotation. */
  private readonly turn = new Float64Array(ASTEROID_COUNT * 4);
  private readonly random: WorldRandom;

  constructor(seed: number) {
    this.random = new WorldRandom(seed);
    for (let i = 0; i < ASTEROID_COUNT; i++) {
      const [x, y, z] = this.direction();
      const distance = this.random.between(PLANET_RADIUS + 1, FIELD_RADIUS) * GRID_PER_UNIT;
      for (const [axis, part] of [x, y, z].entries()) this.position[axis][i] = Math.round(part * distance);
      this.rotation[i * 4 + 3] = 1;
      this.head(i, this.direction(), this.random.between(SPEED_MIN, SPEED_MAX));
      this.tumble(i);
    }
  }

  /** Velocities first, then what they move: so a velocity that is told explains where its asteroid is. */
  step(): void {
    for (let i = 0; i < ASTEROID_COUNT; i++) {
      this.hitPlanet(i);
      for (let other = i + 1; other < ASTEROID_COUNT; other++) this.hit(i, other);
    }
    for (let i = 0; i < ASTEROID_COUNT; i++) {
      this.steer(i);
      for (let axis = 0; axis < 3; axis++) this.position[axis][i] += this.velocity[axis][i];
      this.rotate(i);
    }
  }

  private steer(i: number): void {
    const [px, py, pz] = this.position;
    const [vx, vy, vz] = this.velocity;
    [vx[i], vy[i], vz[i]] = steered([px[i], py[i], pz[i]], [vx[i], vy[i], vz[i]]);
  }

  private hitPlanet(i: number): void {
    const [x, y, z] = this.position.map((axis) => axis[i]);
    const distance = Math.sqrt(x * x + y * y + z * z);
    if (distance >= (PLANET_RADIUS + ASTEROID_RADIUS) * GRID_PER_UNIT || distance === 0) return;
    const [vx, vy, vz] = this.velocity.map((axis) => axis[i]);
    const inward = (vx * x + vy * y + vz * z) / distance;
    if (inward >= 0) return;
    const back = (2 * inward) / distance;
    const rebound = [vx - back * x, vy - back * y, vz - back * z];
    this.head(i, rebound, lengthOf(rebound) / GRID_SPEED);
    this.tumble(i);
  }

  /** Equal masses swap the parts of their velocities that point at each other. */
  private hit(a: number, b: number): void {
    const [px, py, pz] = this.position;
    const reach = 2 * ASTEROID_RADIUS * GRID_PER_UNIT;
    const x = px[b] - px[a];
    if (x > reach || x < -reach) return;
    const y = py[b] - py[a];
    const z = pz[b] - pz[a];
    const squared = x * x + y * y + z * z;
    if (squared >= reach * reach || squared === 0) return;
    const [vx, vy, vz] = this.velocity;
    const along = ((vx[b] - vx[a]) * x + (vy[b] - vy[a]) * y + (vz[b] - vz[a]) * z) / squared;
    if (along >= 0) return;
    const first = [vx[a] + along * x, vy[a] + along * y, vz[a] + along * z];
    const second = [vx[b] - along * x, vy[b] - along * y, vz[b] - along * z];
    this.head(a, first, lengthOf(first) / GRID_SPEED);
    this.head(b, second, lengthOf(second) / GRID_SPEED);
    this.tumble(a);
    this.tumble(b);
  }

  /** Sends an asteroid in a direction at a speed in units per second, which is kept between the slowest and the fastest. */
  private head(i: number, direction: readonly number[], speed: number): void {
    const [vx, vy, vz] = this.velocity;
    [vx[i], vy[i], vz[i]] = headed(direction, speed);
  }

  private tumble(i: number): void {
    const wanted = this.random.between(0, SPIN_MAX);
    const spin = this.direction().map((part) => Math.round((part * wanted) / SPIN_GRID) * SPIN_GRID);
    const speed = lengthOf(spin);
    const half = speed / TICK_RATE / 2;
    for (let part = 0; part < 3; part++) {
      this.spin[i * 3 + part] = spin[part];
      this.turn[i * 4 + part] = speed > 0 ? (spin[part] / speed) * Math.sin(half) : 0;
    }
    this.turn[i * 4 + 3] = Math.cos(half);
  }

  private rotate(i: number): void {
    const [tx, ty, tz, tw] = this.turn.subarray(i * 4, i * 4 + 4);
    const q = this.rotation.subarray(i * 4, i * 4 + 4);
    const [x, y, z, w] = q;
    q[0] = tw * x + tx * w + ty * z - tz * y;
    q[1] = tw * y - tx * z + ty * w + tz * x;
    q[2] = tw * z + tx * y - ty * x + tz * w;
    q[3] = tw * w - tx * x - ty * y - tz * z;
    const length = Math.sqrt(q[0] * q[0] + q[1] * q[1] + q[2] * q[2] + q[3] * q[3]);
    for (let part = 0; part < 4; part++) q[part] /= length;
  }

  /** A direction in space, none likelier than another. */
  private direction(): [number, number, number] {
    const z = this.random.between(-1, 1);
    const around = this.random.between(0, 2 * Math.PI);
    const across = Math.sqrt(1 - z * z);
    return [across * Math.cos(around), across * Math.sin(around), z];
  }
}

/** A place or a velocity in grid steps (per tick), by axis. */
export type GridVector = readonly [number, number, number];

/** The velocity with which an asteroid goes on that nothing hits: outside the field it is drawn back. */
export function steered([x, y, z]: GridVector, velocity: GridVector): GridVector {
  const distance = Math.sqrt(x * x + y * y + z * z);
  if (distance <= FIELD_RADIUS * GRID_PER_UNIT) {
    const speed = lengthOf(velocity) / GRID_SPEED;
    // What came back in is put in order if it brought a little more or less speed than is allowed.
    const inOrder = speed >= SPEED_MIN - ROUNDING && speed <= SPEED_MAX + ROUNDING;
    return inOrder ? velocity : headed(velocity, speed);
  }
  const pull = (STEERING * GRID_SPEED) / TICK_RATE / distance;
  const [vx, vy, vz] = velocity;
  // The course bends as a thrown stone's does: it slows down, turns and comes back in as fast as it went out.
  return [Math.round(vx - x * pull), Math.round(vy - y * pull), Math.round(vz - z * pull)];
}

/** The velocity in a direction at a speed in units per second, which is kept between the slowest and the fastest. */
function headed(direction: readonly number[], speed: number): GridVector {
  const kept = Math.min(SPEED_MAX, Math.max(SPEED_MIN, speed)) * GRID_SPEED;
  const length = lengthOf(direction);
  const scale = length > 0 ? kept / length : 0;
  const [x, y, z] = direction;
  return [Math.round(x * scale), Math.round(y * scale), Math.round(z * scale)];
}

function lengthOf([x, y, z]: readonly number[]): number {
  return Math.sqrt(x * x + y * y + z * z);
}
