/**
 * The seeded generator of the benchmark worlds: a 32-bit counter put through a mixing function.
 *
 * The worlds keep their own generator, apart from the one the product ships, so that a scene stays the
 * same scene when the product's generator changes: figures of two commits remain comparable.
 */
export class WorldRandom {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** The next 32 random bits. */
  uint32(): number {
    this.state = (this.state + 0x9e3779b9) >>> 0;
    let z = this.state;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return (z ^ (z >>> 16)) >>> 0;
  }

  /** A number in [0, 1). */
  unit(): number {
    return this.uint32() / 0x1_0000_0000;
  }

  /** A number in [min, max). */
  between(min: number, max: number): number {
    return min + (max - min) * this.unit();
  }

  /** An integer in [0, count). */
  below(count: number): number {
    return Math.floor(this.unit() * count);
  }
}
