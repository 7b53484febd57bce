import { Container, Graphics, Mesh, MeshGeometry, Texture } from "pixi.js";
import { HALF } from "../../shared/map.ts";
import type { Camera } from "./camera.ts";
import { palette } from "./palette.ts";
import { traceWalls, type Outline } from "./wall-outline.ts";

/** How much larger the tops of the walls are drawn than their feet: the camera hangs about 25 wall heights up. */
const LIFT = 1.045;
/** Metres of solid rock drawn around the arena. */
const MARGIN = 60;

/** Walls with height: the tops slide over their feet as the camera moves, and the sides are stretched between. */
export class Walls {
  /** Sides and tops, above everything that stands on the floor. */
  readonly container = new Container();
  readonly #top: Graphics;
  readonly #sides: Mesh<MeshGeometry>;
  readonly #positions: Float32Array;
  readonly #lines: number[] = [];

  constructor() {
    const outlines = traceWalls();
    for (const { points } of outlines) {
      for (let i = 0; i < points.length; i += 2) {
        const j = (i + 2) % points.length;
        this.#lines.push(points[i], points[i + 1], points[j], points[j + 1]);
      }
    }
    this.#positions = new Float32Array(this.#lines.length * 2);
    this.#sides = new Mesh({
      geometry: sideGeometry(this.#lines.length / 4, this.#positions),
      texture: sideTexture(),
    });
    this.#top = tops(outlines);
    this.container.addChild(this.#sides, this.#top);
  }

  update(camera: Camera): void {
    this.#top.scale.set(LIFT);
    this.#top.position.set(camera.x * (1 - LIFT), camera.y * (1 - LIFT));
    const lines = this.#lines;
    for (let i = 0; i < lines.length; i += 2) {
      const quad = i * 2;
      this.#positions[quad] = lines[i];
      this.#positions[quad + 1] = lines[i + 1];
      this.#positions[quad + 2] = camera.x + (lines[i] - camera.x) * LIFT;
      this.#positions[quad + 3] = camera.y + (lines[i + 1] - camera.y) * LIFT;
    }
    this.#sides.geometry.getBuffer("aPosition").update();
  }
}

/** Width in metres and opacity of the light that the edge throws on the top of a wall. */
const BEVEL: readonly (readonly [width: number, alpha: number])[] = [
  [0.9, 0.07],
  [0.4, 0.14],
];
/** Metres outside the arena and opacity of the terraces in the rock around it, which has no other side. */
const TERRACES: readonly (readonly [out: number, alpha: number])[] = [
  [2, 0.22],
  [5, 0.14],
  [9.5, 0.09],
  [16, 0.05],
];

function tops(outlines: Outline[]): Graphics {
  const graphics = new Graphics();
  const span = 2 * (HALF + MARGIN);
  graphics.rect(-span / 2, -span / 2, span, span).fill(palette.wallTop);
  for (const { points, encloses } of outlines)
    if (encloses === "floor") graphics.poly([...points], true).cut();
  for (const { points, encloses } of outlines)
    if (encloses === "wall") graphics.poly([...points], true).fill(palette.wallTop);
  for (const { points, encloses } of outlines) {
    // Light lies on the wall's side of its outline: inside a block, outside the arena.
    const alignment = encloses === "wall" ? 1 : 0;
    for (const [width, alpha] of BEVEL)
      graphics
        .poly([...points], true)
        .stroke({ width, color: palette.tide, alpha, alignment, join: "round" });
    graphics.poly([...points], true).stroke({ width: 0.1, color: palette.tide, alpha: 0.95, join: "round" });
  }
  for (const [out, alpha] of TERRACES) {
    const side = 2 * (HALF + out);
    graphics
      .roundRect(-side / 2, -side / 2, side, side, out)
      .stroke({ width: 0.08, color: palette.tide, alpha });
  }
  return graphics;
}

/** Four corners per wall line: foot and top of its start, foot and top of its end. */
function sideGeometry(quads: number, positions: Float32Array): MeshGeometry {
  const uvs = new Float32Array(quads * 8);
  const indices = new Uint32Array(quads * 6);
  for (let quad = 0; quad < quads; quad++) {
    uvs.set([0, 0, 0, 1, 1, 0, 1, 1], quad * 8);
    const corner = quad * 4;
    indices.set([corner, corner + 1, corner + 2, corner + 2, corner + 1, corner + 3], quad * 6);
  }
  return new MeshGeometry({ positions, uvs, indices });
}

/** Dark at the foot, lit by the edge at the top. */
function sideTexture(): Texture {
  const canvas = document.createElement("canvas");
  canvas.width = 4;
  canvas.height = 64;
  const context = canvas.getContext("2d")!;
  const gradient = context.createLinearGradient(0, 0, 0, 64);
  gradient.addColorStop(0, "#04131c");
  gradient.addColorStop(0.55, "#0a2a38");
  gradient.addColorStop(1, "#1a6a78");
  context.fillStyle = gradient;
  context.fillRect(0, 0, 4, 64);
  return Texture.from(canvas);
}
