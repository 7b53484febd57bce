import { Container, Sprite, Texture, TilingSprite } from "pixi.js";
import { HALF } from "../../shared/map.ts";
import { palette } from "./palette.ts";
import type { Textures } from "./textures.ts";

const PIXELS = 2048;
/** Depth lines between the highest and the lowest point of the sea bed. */
const LEVELS = 9;
/** Seconds from one tide to the next: a ring of light that runs from the centre to the walls. */
const TIDE_SECONDS = 9;
const TIDE_TRAVEL_SECONDS = 5;

/** The sea bed: a depth chart with a net of moving light, crossed by the tide from time to time. */
export class Floor {
  readonly container = new Container();
  readonly #caustics: TilingSprite[] = [];
  readonly #tide: Sprite;
  #seconds = 0;

  constructor(textures: Textures) {
    const chart = new Sprite(Texture.from(paintChart()));
    chart.position.set(-HALF);
    chart.setSize(2 * HALF);
    this.container.addChild(chart);

    for (const [tileMetres, alpha] of [
      [13, 0.05],
      [21, 0.06],
    ]) {
      const layer = new TilingSprite({ texture: textures.caustics, width: 2 * HALF, height: 2 * HALF });
      layer.tileScale.set(tileMetres / textures.caustics.width);
      layer.position.set(-HALF);
      layer.tint = palette.tide;
      layer.alpha = alpha;
      layer.blendMode = "add";
      this.#caustics.push(layer);
    }
    const pool = new Sprite(textures.glow);
    pool.anchor.set(0.5);
    pool.setSize(44);
    pool.tint = palette.tide;
    pool.alpha = 0.16;
    pool.blendMode = "add";
    this.#tide = new Sprite(textures.wave);
    this.#tide.anchor.set(0.5);
    this.#tide.tint = palette.tide;
    this.#tide.blendMode = "add";
    this.container.addChild(...this.#caustics, pool, this.#tide);
  }

  update(seconds: number): void {
    this.#seconds += seconds;
    this.#caustics[0].tilePosition.set(this.#seconds * 0.5, this.#seconds * 0.28);
    this.#caustics[1].tilePosition.set(-this.#seconds * 0.34, this.#seconds * 0.4);
    const travelled = (this.#seconds % TIDE_SECONDS) / TIDE_TRAVEL_SECONDS;
    this.#tide.visible = travelled < 1;
    this.#tide.setSize(8 + 130 * travelled);
    this.#tide.alpha = 0.2 * (1 - travelled);
  }
}

/** Smooth hills from random values on a coarse lattice, three sizes summed; 0 to 1. */
function seaBed(size: number): Float32Array {
  const height = new Float32Array(size * size);
  for (const [cells, weight] of [
    [5, 0.6],
    [11, 0.28],
    [23, 0.12],
  ]) {
    const lattice = Float32Array.from({ length: (cells + 1) ** 2 }, () => Math.random());
    for (let y = 0; y < size; y++) {
      for (let x = 0; x < size; x++) {
        const u = (x / size) * cells;
        const v = (y / size) * cells;
        const column = Math.floor(u);
        const row = Math.floor(v);
        const s = smooth(u - column);
        const t = smooth(v - row);
        const at = row * (cells + 1) + column;
        const upper = lattice[at] + (lattice[at + 1] - lattice[at]) * s;
        const lower = lattice[at + cells + 1] + (lattice[at + cells + 2] - lattice[at + cells + 1]) * s;
        height[y * size + x] += (upper + (lower - upper) * t) * weight;
      }
    }
  }
  return height;
}

function smooth(t: number): number {
  return t * t * (3 - 2 * t);
}

function paintChart(): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = PIXELS;
  const context = canvas.getContext("2d")!;
  const image = context.createImageData(PIXELS, PIXELS);
  const height = seaBed(PIXELS);
  const [deepRed, deepGreen, deepBlue] = [5, 13, 24];
  for (let y = 0; y < PIXELS; y++) {
    for (let x = 0; x < PIXELS; x++) {
      const at = y * PIXELS + x;
      const level = height[at] * LEVELS;
      const slope = Math.hypot(height[at + (x < PIXELS - 1 ? 1 : -1)] - height[at], height[at + (y < PIXELS - 1 ? PIXELS : -PIXELS)] - height[at]) * LEVELS;
      const nearest = Math.round(level);
      // Divided by the slope the line keeps its width in pixels, however steep the hill.
      const line = Math.max(0, 1 - Math.abs(level - nearest) / (slope * 1.5 + 1e-6)) * (nearest % 3 === 0 ? 0.5 : 0.22);
      const shade = 0.75 + 0.6 * height[at];
      image.data[at * 4] = deepRed * shade + 18 * line;
      image.data[at * 4 + 1] = deepGreen * shade + 95 * line;
      image.data[at * 4 + 2] = deepBlue * shade + 115 * line;
      image.data[at * 4 + 3] = 255;
    }
  }
  context.putImageData(image, 0, 0);
  paintCrosses(context);
  return canvas;
}

/** Faint survey marks every 8 m give the eye a sense of speed on open floor. */
function paintCrosses(context: CanvasRenderingContext2D): void {
  const metre = PIXELS / (2 * HALF);
  context.fillStyle = "rgba(120, 220, 235, 0.2)";
  for (let y = 4; y < 2 * HALF; y += 8) {
    for (let x = 4; x < 2 * HALF; x += 8) {
      context.fillRect(x * metre - 6, y * metre - 0.5, 13, 1.5);
      context.fillRect(x * metre - 0.5, y * metre - 6, 1.5, 13);
    }
  }
}
