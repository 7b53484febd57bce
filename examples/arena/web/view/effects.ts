import type { Particles } from "./particles.ts";
import { palette } from "./palette.ts";
import { reducedMotion } from "./reduced-motion.ts";
import type { Textures } from "./textures.ts";

/** The vocabulary of the fight in light: every moment worth seeing has one function here. */
export class Effects {
  /** Above the walls. */
  readonly #particles: Particles;
  /** On the floor, below the ships. */
  readonly #floor: Particles;
  readonly #textures: Textures;

  constructor(particles: Particles, floor: Particles, textures: Textures) {
    this.#particles = particles;
    this.#floor = floor;
    this.#textures = textures;
  }

  muzzleFlash(x: number, y: number, angle: number, tint: number): void {
    const { glow, dot } = this.#textures;
    this.#particles.emit({ texture: glow, tint, seconds: 0.09, size: 2.6, endSize: 1.2, alpha: 0.8 }, x, y);
    this.#particles.emit(
      { texture: glow, tint: palette.foam, seconds: 0.06, size: 1.1, endSize: 0.5, alpha: 1, stretch: 1.8 },
      x,
      y,
      Math.cos(angle),
      Math.sin(angle),
    );
    for (let i = 0; i < 2; i++) {
      const [vx, vy] = direction(angle + spread(0.5), 6 + Math.random() * 7);
      this.#particles.emit(
        { texture: dot, tint, seconds: 0.16, size: 0.16, endSize: 0.04, alpha: 0.9, drag: 0.01, stretch: 3 },
        x,
        y,
        vx,
        vy,
      );
    }
  }

  /** A bullet stopped by rock: sparks fly back. */
  wallSparks(x: number, y: number, angle: number, tint: number): void {
    const { glow, dot } = this.#textures;
    this.#particles.emit({ texture: glow, tint, seconds: 0.2, size: 1.9, endSize: 0.6, alpha: 0.8 }, x, y);
    for (let i = 0; i < 6; i++) {
      const [vx, vy] = direction(angle + Math.PI + spread(1.2), 3 + Math.random() * 9);
      this.#particles.emit(
        {
          texture: dot,
          tint,
          seconds: 0.2 + Math.random() * 0.2,
          size: 0.17,
          endSize: 0.03,
          alpha: 1,
          drag: 0.004,
          stretch: 2.6,
        },
        x,
        y,
        vx,
        vy,
      );
    }
  }

  hitSparks(x: number, y: number, tint: number): void {
    const { glow, dot } = this.#textures;
    this.#particles.emit(
      { texture: glow, tint: palette.foam, seconds: 0.12, size: 2.2, endSize: 1, alpha: 0.9 },
      x,
      y,
    );
    for (let i = 0; i < 9; i++) {
      const [vx, vy] = direction(Math.random() * Math.PI * 2, 4 + Math.random() * 9);
      const hot = i % 3 === 0 ? palette.foam : tint;
      this.#particles.emit(
        {
          texture: dot,
          tint: hot,
          seconds: 0.25 + Math.random() * 0.2,
          size: 0.2,
          endSize: 0.03,
          alpha: 1,
          drag: 0.006,
          stretch: 2.2,
        },
        x,
        y,
        vx,
        vy,
      );
    }
  }

  deathBurst(x: number, y: number, tint: number): void {
    const { glow, dot, ring } = this.#textures;
    const flash = reducedMotion() ? 0.25 : 1;
    this.#particles.emit(
      { texture: glow, tint: palette.foam, seconds: 0.22, size: 6, endSize: 2, alpha: flash },
      x,
      y,
    );
    this.#particles.emit({ texture: glow, tint, seconds: 0.9, size: 7, endSize: 3, alpha: 0.5 }, x, y);
    this.#particles.emit({ texture: ring, tint, seconds: 0.5, size: 0.8, endSize: 7.5, alpha: 0.9 }, x, y);
    this.#particles.emit(
      { texture: ring, tint: palette.foam, seconds: 0.32, size: 0.5, endSize: 4.5, alpha: 0.7 },
      x,
      y,
    );
    for (let i = 0; i < 38; i++) {
      const [vx, vy] = direction(Math.random() * Math.PI * 2, 2 + Math.random() * 14);
      const hot = i % 4 === 0 ? palette.foam : tint;
      this.#particles.emit(
        {
          texture: dot,
          tint: hot,
          seconds: 0.4 + Math.random() * 0.6,
          size: 0.1 + Math.random() * 0.2,
          endSize: 0.02,
          alpha: 1,
          drag: 0.02,
          stretch: 1.8,
        },
        x,
        y,
        vx,
        vy,
      );
    }
  }

  /** A ship comes up from the deep: rings that close in on it. */
  arrival(x: number, y: number, tint: number): void {
    const { glow, ring } = this.#textures;
    this.#particles.emit({ texture: ring, tint, seconds: 0.5, size: 6, endSize: 1, alpha: 0.7 }, x, y);
    this.#particles.emit(
      { texture: ring, tint: palette.foam, seconds: 0.32, size: 4, endSize: 0.8, alpha: 0.6 },
      x,
      y,
    );
    this.#particles.emit({ texture: glow, tint, seconds: 0.6, size: 1, endSize: 5, alpha: 0.5 }, x, y);
  }

  /** Plankton lights up where a ship has passed. */
  wake(x: number, y: number, tint: number): void {
    const { dot, glow } = this.#textures;
    const [vx, vy] = direction(Math.random() * Math.PI * 2, 0.35);
    this.#floor.emit(
      { texture: dot, tint, seconds: 0.75, size: 0.16, endSize: 0.04, alpha: 0.5 },
      x + spread(0.22),
      y + spread(0.22),
      vx,
      vy,
    );
    this.#floor.emit({ texture: glow, tint, seconds: 0.45, size: 0.9, endSize: 0.4, alpha: 0.12 }, x, y);
  }
}

function direction(angle: number, speed: number): [x: number, y: number] {
  return [Math.cos(angle) * speed, Math.sin(angle) * speed];
}

function spread(width: number): number {
  return (Math.random() - 0.5) * width;
}
