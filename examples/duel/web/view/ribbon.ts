import type { Graphics } from "pixi.js";
import type { Point } from "./pose.ts";

/** A strip of cloth that hangs from a moving place and follows it. Only to look at: it is no part of the game. */
export class Ribbon {
  readonly #links: { x: number; y: number }[];
  readonly #linkLength: number;
  readonly #width: number;
  #wave = 0;

  constructor(length: number, links: number, width: number) {
    this.#links = Array.from({ length: links }, () => ({ x: 0, y: 0 }));
    this.#linkLength = length / links;
    this.#width = width;
  }

  /** `x` and `y` are where it hangs, in the world; `wind` is metres per second. */
  follow(x: number, y: number, seconds: number, wind: number): void {
    this.#wave += seconds * 7;
    let from = { x, y };
    for (const [index, link] of this.#links.entries()) {
      link.x += wind * seconds * (1 + Math.sin(this.#wave - index * 0.9) * 0.7);
      link.y -= seconds * 2.4 - Math.sin(this.#wave * 1.3 - index * 1.1) * seconds * 0.9;
      const dx = link.x - from.x;
      const dy = link.y - from.y;
      const distance = Math.hypot(dx, dy) || 1;
      // Cloth is pulled, never pushed; after a leap it hangs anew.
      const shown = distance > 2 ? 0 : this.#linkLength / distance;
      link.x = from.x + dx * shown;
      link.y = Math.max(0.03, from.y + dy * shown);
      from = link;
    }
  }

  draw(into: Graphics, x: number, y: number, color: number): void {
    const points: Point[] = [[x, y], ...this.#links.map((link): Point => [link.x, link.y])];
    const left: number[] = [];
    const right: number[] = [];
    for (let i = 0; i < points.length; i++) {
      const a = points[Math.max(0, i - 1)];
      const b = points[Math.min(points.length - 1, i + 1)];
      const dx = b[0] - a[0];
      const dy = b[1] - a[1];
      const length = Math.hypot(dx, dy) || 1;
      const half = (this.#width / 2) * (0.75 + (0.5 * i) / points.length);
      left.push(points[i][0] - (dy / length) * half, points[i][1] + (dx / length) * half);
      right.unshift(points[i][0] + (dy / length) * half, points[i][1] - (dx / length) * half);
    }
    into.poly([...left, ...right]).fill(color);
  }
}
