export interface OffsetSmootherOptions {
  /** A correction at least this large is a teleport: it is shown at once. In the unit of the value. */
  readonly snapDistance: number;
  /** Offsets below this end at exactly zero: what nobody can see. Default: a 4096th of `snapDistance`. */
  readonly restDistance?: number;
  /** For angles: the value of a whole turn (2 pi for radians); differences then take the short way round. */
  readonly period?: number;
}

/** Half-life of a small error: slow enough to be invisible. */
const SLOW_HALF_LIFE_MS = 200;
/** Half-life of an error near the snap distance: it is seen anyway, so it should be over soon. */
const FAST_HALF_LIFE_MS = 50;
/** A critically damped offset released at rest halves when rate x time is 1.678. */
const HALF_LIFE_RATE = 1.67835;

/**
 * Hides corrections from the eye: at a correction, the value shown stays where it was, and the offset to
 * the new value then dies out. Visual only; the simulation never sees it.
 *
 * The offset moves like a critically damped spring, in closed form, so the result does not depend on the
 * frame rate, and neither the shown value nor its velocity has a kink: a correction starts to be worked
 * off gently instead of with a jerk.
 */
export class OffsetSmoother {
  readonly #offset: Float64Array;
  readonly #velocity: Float64Array;
  readonly #snapDistance: number;
  readonly #restDistance: number;
  readonly #period: number;
  #rate = 0;
  #lastMs = 0;
  #active = false;

  /** @param components 2 or 3 for positions, 1 for an angle. */
  constructor(components: number, options: OffsetSmootherOptions) {
    this.#offset = new Float64Array(components);
    this.#velocity = new Float64Array(components);
    this.#snapDistance = options.snapDistance;
    this.#restDistance = options.restDistance ?? options.snapDistance / 4096;
    this.#period = options.period ?? 0;
  }

  /** False when the offset is exactly zero and stays so. */
  get active(): boolean {
    return this.#active;
  }

  /**
   * Takes a correction: from now on the value is another one, and what is shown must not leap.
   * @param error old value minus new value, at the same moment, per component (without the offset).
   * @param velocityError old velocity minus new velocity in units per second; with it the shown velocity
   * has no kink either when the correction also changed the velocity.
   * @returns false when the correction was too large to hide: the offset is zero.
   */
  correct(error: ArrayLike<number>, nowMs: number, velocityError?: ArrayLike<number>): boolean {
    this.sample(nowMs);
    for (let axis = 0; axis < this.#offset.length; axis++) {
      this.#offset[axis] = this.#shortWay(this.#offset[axis] + error[axis]);
      if (velocityError) this.#velocity[axis] += velocityError[axis];
    }
    const size = length(this.#offset);
    if (!(size < this.#snapDistance)) {
      this.snap();
      return false;
    }
    const halfLifeMs =
      SLOW_HALF_LIFE_MS + (FAST_HALF_LIFE_MS - SLOW_HALF_LIFE_MS) * (size / this.#snapDistance);
    this.#rate = (HALF_LIFE_RATE * 1000) / halfLifeMs;
    this.#limitVelocity();
    this.#active = true;
    return true;
  }

  /**
   * The offset to add to the value at `nowMs`, per component. The array is reused by the next call.
   * Times never go back; earlier ones are taken as the last.
   */
  sample(nowMs: number): Readonly<Float64Array> {
    const seconds = Math.max(0, nowMs - this.#lastMs) / 1000;
    this.#lastMs = Math.max(this.#lastMs, nowMs);
    if (!this.#active || seconds === 0) return this.#offset;
    const rate = this.#rate;
    const decay = Math.exp(-rate * seconds);
    for (let axis = 0; axis < this.#offset.length; axis++) {
      const slope = this.#velocity[axis] + rate * this.#offset[axis];
      this.#velocity[axis] = (this.#velocity[axis] - rate * slope * seconds) * decay;
      this.#offset[axis] = (this.#offset[axis] + slope * seconds) * decay;
    }
    const rest = this.#restDistance;
    if (length(this.#offset) < rest && length(this.#velocity) < rest * rate) this.snap();
    return this.#offset;
  }

  /** Shows the value as it is from now on: for teleports. */
  snap(): void {
    this.#offset.fill(0);
    this.#velocity.fill(0);
    this.#active = false;
  }

  /** Keeps the spring from swinging out further than a correction may ever be. */
  #limitVelocity(): void {
    const limit = this.#snapDistance * this.#rate;
    const speed = length(this.#velocity);
    if (speed <= limit) return;
    for (let axis = 0; axis < this.#velocity.length; axis++) this.#velocity[axis] *= limit / speed;
  }

  #shortWay(difference: number): number {
    if (this.#period === 0) return difference;
    return difference - this.#period * Math.round(difference / this.#period);
  }
}

function length(vector: Float64Array): number {
  let squares = 0;
  for (let axis = 0; axis < vector.length; axis++) squares += vector[axis] * vector[axis];
  return Math.sqrt(squares);
}
