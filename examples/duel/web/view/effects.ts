import { Graphics } from "pixi.js";
import { FIREBALL_HEIGHT } from "../../shared/rules.ts";
import type { FireballSight } from "../sight.ts";
import { palette } from "./palette.ts";
import { disc, paint } from "./shapes.ts";

interface Effect {
  /** What it belongs to, so that it can be taken back. */
  readonly key: string;
  readonly seconds: number;
  age: number;
  paint(into: Graphics, share: number): void;
}

/** Sparks, rings, dust and fireballs: what lasts for a moment. Light on light, so it is added to the picture. */
export class Effects {
  readonly view = new Graphics();
  #effects: Effect[] = [];

  constructor() {
    this.view.blendMode = "add";
  }

  /** A star where somebody is hit. */
  spark(key: string, x: number, y: number, size: number, color: number): void {
    const rays = Array.from({ length: 9 }, (_, i) => ({
      angle: (i / 9) * Math.PI * 2 + ((x * 37 + i * 1.7) % 0.6),
      reach: size * (0.55 + ((i * 5) % 4) * 0.2),
    }));
    this.#add(key, 0.26, (into, share) => {
      const fade = 1 - share;
      for (const { angle, reach } of rays) {
        const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
        const near = reach * share * 0.9;
        const far = reach * (0.35 + share * 0.9);
        const half = 0.045 * size * fade;
        paint(
          into.poly([
            x + cos * near - sin * half,
            y + sin * near + cos * half,
            x + cos * far,
            y + sin * far,
            x + cos * near + sin * half,
            y + sin * near - cos * half,
          ]),
          color,
          fade,
        );
      }
      paint(disc(into, x, y, size * 0.3 * fade * fade), palette.white, fade);
      disc(into, x, y, size * (0.2 + share * 0.5)).stroke({ color, width: 0.04 * fade * size, alpha: fade });
    });
  }

  /** A ring where an attack is guarded. */
  guard(key: string, x: number, y: number, size: number): void {
    this.#add(key, 0.22, (into, share) => {
      const fade = 1 - share;
      disc(into, x, y, size * (0.25 + share * 0.3)).stroke({
        color: 0x9fd8ff,
        width: 0.06 * fade,
        alpha: fade,
      });
      paint(disc(into, x, y, size * 0.22 * fade), 0xd9f1ff, fade * 0.8);
    });
  }

  dust(key: string, x: number, size: number): void {
    this.#add(key, 0.4, (into, share) => {
      for (const way of [-1, 1])
        for (const puff of [0.4, 0.75, 1])
          paint(
            disc(into, x + way * puff * share * size, 0.05 + puff * share * 0.1, 0.07 * size * (0.6 + share)),
            palette.dust,
            0.22 * (1 - share),
          );
    });
  }

  /** Takes back the newest effect of a key. */
  cancel(key: string): void {
    const index = this.#effects.findLastIndex((effect) => effect.key === key);
    if (index >= 0) this.#effects.splice(index, 1);
  }

  update(fireballs: readonly FireballSight[], tick: number, seconds: number): void {
    const view = this.view.clear();
    for (const { x, vx, side } of fireballs) paintFireball(view, x, Math.sign(vx), tick, palette.sides[side]);
    for (const effect of this.#effects) {
      effect.age += seconds;
      if (effect.age < effect.seconds) effect.paint(view, effect.age / effect.seconds);
    }
    this.#effects = this.#effects.filter(({ age, seconds: life }) => age < life);
  }

  #add(key: string, seconds: number, paint: Effect["paint"]): void {
    this.#effects.push({ key, seconds, age: 0, paint });
  }
}

function paintFireball(into: Graphics, x: number, way: number, tick: number, color: number): void {
  const y = FIREBALL_HEIGHT;
  const flicker = 1 + Math.sin(tick * 1.3) * 0.08;
  for (let i = 6; i > 0; i--) {
    const wobble = Math.sin(tick * 0.9 - i) * 0.03 * i;
    paint(disc(into, x - way * i * 0.15, y + wobble, 0.24 - i * 0.03), color, 0.34 - i * 0.045);
  }
  paint(disc(into, x, y, 0.52 * flicker), color, 0.14);
  paint(disc(into, x, y, 0.3 * flicker), color, 0.55);
  paint(disc(into, x, y, 0.19), palette.white, 0.95);
}
