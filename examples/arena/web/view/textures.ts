import { Rectangle, Texture } from "pixi.js";

/** Pixels of the ship textures that make one metre. */
export const SHIP_TEXTURE_SCALE = 80;

/** Pixels between two shapes, so that none bleeds into its neighbour when scaled. */
const ATLAS_GAP = 4;

type Paint = (context: CanvasRenderingContext2D, size: number) => void;

/** All shapes share one canvas, side by side: drawn from one texture, hundreds of sprites are one draw call. */
class Atlas {
  readonly #canvas = document.createElement("canvas");
  readonly #context: CanvasRenderingContext2D;
  readonly #texture: Texture;
  #x = 0;

  constructor(width: number, height: number) {
    this.#canvas.width = width;
    this.#canvas.height = height;
    this.#context = this.#canvas.getContext("2d")!;
    this.#texture = Texture.from(this.#canvas);
  }

  add(size: number, draw: Paint): Texture {
    const frame = new Rectangle(this.#x, 0, size, size);
    this.#context.save();
    this.#context.beginPath();
    this.#context.rect(frame.x, 0, size, size);
    this.#context.clip();
    this.#context.translate(frame.x, 0);
    draw(this.#context, size);
    this.#context.restore();
    this.#x += size + ATLAS_GAP;
    return new Texture({ source: this.#texture.source, frame });
  }
}

function radial(context: CanvasRenderingContext2D, size: number, stops: [number, number][]): void {
  const half = size / 2;
  const gradient = context.createRadialGradient(half, half, 0, half, half, half);
  for (const [at, alpha] of stops) gradient.addColorStop(at, `rgba(255,255,255,${alpha})`);
  context.fillStyle = gradient;
  context.fillRect(0, 0, size, size);
}

/** A ship seen from above, nose to the right, 1.6 m in a square of 2 m. The hull is dark, rim and gun take the tint. */
function hull(context: CanvasRenderingContext2D, size: number): void {
  context.translate(size / 2, size / 2);
  context.scale(SHIP_TEXTURE_SCALE, SHIP_TEXTURE_SCALE);
  const body = context.createRadialGradient(-0.12, -0.15, 0.05, 0, 0, 0.5);
  body.addColorStop(0, "#27425a");
  body.addColorStop(1, "#0a1724");
  context.fillStyle = body;
  context.beginPath();
  context.arc(0, 0, 0.46, 0, Math.PI * 2);
  context.fill();
}

function rim(context: CanvasRenderingContext2D, size: number): void {
  context.translate(size / 2, size / 2);
  context.scale(SHIP_TEXTURE_SCALE, SHIP_TEXTURE_SCALE);
  context.strokeStyle = context.fillStyle = "#fff";
  context.lineCap = "round";
  context.lineWidth = 0.075;
  context.beginPath();
  context.arc(0, 0, 0.46, 0.42, Math.PI * 2 - 0.42);
  context.stroke();
  // The gun: two rails that leave the rim open in front, so that the aim can be read at a glance.
  context.beginPath();
  context.roundRect(0.16, -0.115, 0.56, 0.07, 0.03);
  context.roundRect(0.16, 0.045, 0.56, 0.07, 0.03);
  context.fill();
  context.beginPath();
  context.moveTo(0.28, 0);
  context.lineTo(-0.2, 0.2);
  context.lineTo(-0.1, 0);
  context.lineTo(-0.2, -0.2);
  context.closePath();
  context.fill();
}

function ring(context: CanvasRenderingContext2D, size: number): void {
  const half = size / 2;
  context.strokeStyle = "#fff";
  context.shadowColor = "#fff";
  context.shadowBlur = size * 0.06;
  context.lineWidth = size * 0.018;
  context.beginPath();
  context.arc(half, half, half * 0.82, 0, Math.PI * 2);
  context.stroke();
}

/** A wave front: sharp outside, a long fall inside. */
function wave(context: CanvasRenderingContext2D, size: number): void {
  radial(context, size, [
    [0, 0],
    [0.72, 0],
    [0.9, 0.25],
    [0.965, 1],
    [1, 0],
  ]);
}

function hexagon(context: CanvasRenderingContext2D, size: number): void {
  const half = size / 2;
  context.translate(half, half);
  context.strokeStyle = "#fff";
  context.fillStyle = "rgba(255,255,255,0.07)";
  context.lineWidth = size * 0.025;
  context.beginPath();
  for (let i = 0; i < 6; i++)
    context.lineTo(Math.cos((i * Math.PI) / 3) * half * 0.9, Math.sin((i * Math.PI) / 3) * half * 0.9);
  context.closePath();
  context.fill();
  context.stroke();
}

/** Head to the right: a bright head and a tail that thins out. */
function bolt(context: CanvasRenderingContext2D, size: number): void {
  const middle = size / 2;
  const tail = context.createLinearGradient(0, 0, size * 0.86, 0);
  tail.addColorStop(0, "rgba(255,255,255,0)");
  tail.addColorStop(0.65, "rgba(255,255,255,0.28)");
  tail.addColorStop(1, "rgba(255,255,255,1)");
  context.fillStyle = tail;
  context.beginPath();
  context.moveTo(0, middle);
  context.quadraticCurveTo(size * 0.6, middle - size * 0.1, size * 0.86, middle - size * 0.16);
  context.arc(size * 0.86, middle, size * 0.14, -Math.PI / 2, Math.PI / 2);
  context.quadraticCurveTo(size * 0.6, middle + size * 0.1, 0, middle);
  context.fill();
}

/** The net of light that the surface throws on the floor. It repeats without a seam. */
function paintCaustics(): Texture {
  const size = 256;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = size;
  const context = canvas.getContext("2d")!;
  const points = Array.from({ length: 26 }, () => [Math.random() * size, Math.random() * size]);
  const image = context.createImageData(size, size);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      let nearest = Infinity;
      let second = Infinity;
      for (const [px, py] of points) {
        const dx = Math.min(Math.abs(px - x), size - Math.abs(px - x));
        const dy = Math.min(Math.abs(py - y), size - Math.abs(py - y));
        const distance = Math.hypot(dx, dy);
        if (distance < nearest) [second, nearest] = [nearest, distance];
        else if (distance < second) second = distance;
      }
      const light = Math.max(0, 1 - (second - nearest) / (size * 0.07));
      image.data.set([255, 255, 255, 255 * light * light * light], (y * size + x) * 4);
    }
  }
  context.putImageData(image, 0, 0);
  return Texture.from(canvas);
}

/** Every texture of the game, painted once at start: no image files, and all of them take a tint. */
export function paintTextures() {
  const glow: Paint = (context, size) =>
    radial(context, size, [
      [0, 1],
      [0.2, 0.5],
      [0.5, 0.13],
      [1, 0],
    ]);
  const dot: Paint = (context, size) =>
    radial(context, size, [
      [0, 1],
      [0.45, 1],
      [0.6, 0.35],
      [1, 0],
    ]);
  const atlas = new Atlas(1280, 256);
  return {
    glow: atlas.add(128, glow),
    dot: atlas.add(32, dot),
    hull: atlas.add(SHIP_TEXTURE_SCALE * 2, hull),
    rim: atlas.add(SHIP_TEXTURE_SCALE * 2, rim),
    ring: atlas.add(256, ring),
    wave: atlas.add(256, wave),
    hexagon: atlas.add(128, hexagon),
    bolt: atlas.add(96, bolt),
    caustics: paintCaustics(),
  };
}

export type Textures = ReturnType<typeof paintTextures>;
