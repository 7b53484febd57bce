import { HALF } from "../../shared/map.ts";
import { traceWalls } from "./wall-outline.ts";

const PIXELS = 2048;
const PIXELS_PER_METRE = PIXELS / (2 * HALF);
/** Depth lines between the highest and the lowest point of the sea bed. */
const LEVELS = 9;

/** Paints all of the floor that never changes, once: depth lines, survey marks, the pool of light, the glow of the walls. */
export function paintSeaChart(): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = PIXELS;
  const context = canvas.getContext("2d")!;
  paintDepths(context);
  context.scale(PIXELS_PER_METRE, PIXELS_PER_METRE);
  context.translate(HALF, HALF);
  paintMarks(context);
  paintPool(context);
  paintWallLight(context);
  return canvas;
}

function paintDepths(context: CanvasRenderingContext2D): void {
  const image = context.createImageData(PIXELS, PIXELS);
  const height = seaBed(PIXELS);
  for (let y = 0; y < PIXELS; y++) {
    for (let x = 0; x < PIXELS; x++) {
      const at = y * PIXELS + x;
      const level = height[at] * LEVELS;
      const slopeX = height[at + (x < PIXELS - 1 ? 1 : -1)] - height[at];
      const slopeY = height[at + (y < PIXELS - 1 ? PIXELS : -PIXELS)] - height[at];
      const slope = Math.hypot(slopeX, slopeY) * LEVELS;
      const nearest = Math.round(level);
      // Divided by the slope the line keeps its width in pixels, however steep the hill. Every third line is bold.
      const cover = Math.max(0, 1 - Math.abs(level - nearest) / (slope * 1.5 + 1e-6));
      const line = cover * (nearest % 3 === 0 ? 0.55 : 0.24);
      const shade = 0.6 + 0.9 * height[at];
      image.data[at * 4] = 5 * shade + 18 * line;
      image.data[at * 4 + 1] = 14 * shade + 95 * line;
      image.data[at * 4 + 2] = 26 * shade + 115 * line;
      image.data[at * 4 + 3] = 255;
    }
  }
  context.putImageData(image, 0, 0);
}

/** Smooth hills from random values on three lattices, coarse to fine; 0 to 1. */
function seaBed(size: number): Float32Array {
  const height = new Float32Array(size * size);
  for (const [cells, weight] of [
    [6, 0.6],
    [13, 0.28],
    [27, 0.12],
  ]) {
    const lattice = Float32Array.from({ length: (cells + 1) ** 2 }, () => Math.random());
    for (let y = 0; y < size; y++) {
      const v = (y / size) * cells;
      const row = Math.floor(v);
      const t = smooth(v - row);
      for (let x = 0; x < size; x++) {
        const u = (x / size) * cells;
        const column = Math.floor(u);
        const s = smooth(u - column);
        const at = row * (cells + 1) + column;
        const below = at + cells + 1;
        const upper = lattice[at] + (lattice[at + 1] - lattice[at]) * s;
        const lower = lattice[below] + (lattice[below + 1] - lattice[below]) * s;
        height[y * size + x] += (upper + (lower - upper) * t) * weight;
      }
    }
  }
  return height;
}

function smooth(t: number): number {
  return t * t * (3 - 2 * t);
}

/** Survey crosses every 8 m give the eye a sense of speed on open floor. */
function paintMarks(context: CanvasRenderingContext2D): void {
  context.fillStyle = "rgba(120, 220, 235, 0.22)";
  for (let y = 4 - HALF; y < HALF; y += 8) {
    for (let x = 4 - HALF; x < HALF; x += 8) {
      context.fillRect(x - 0.3, y - 0.03, 0.6, 0.06);
      context.fillRect(x - 0.03, y - 0.3, 0.06, 0.6);
    }
  }
}

/** The middle of the arena is the brightest place: whoever is lost finds it. */
function paintPool(context: CanvasRenderingContext2D): void {
  const light = context.createRadialGradient(0, 0, 0, 0, 0, 26);
  light.addColorStop(0, "rgba(47, 214, 214, 0.2)");
  light.addColorStop(0.4, "rgba(47, 214, 214, 0.07)");
  light.addColorStop(1, "rgba(47, 214, 214, 0)");
  context.globalCompositeOperation = "lighter";
  context.fillStyle = light;
  context.fillRect(-HALF, -HALF, 2 * HALF, 2 * HALF);
  context.strokeStyle = "rgba(47, 214, 214, 0.5)";
  context.lineWidth = 0.08;
  for (const [radius, dash] of [
    [3, []],
    [7.5, [1.2, 1.16]],
    [7.8, []],
  ] as const) {
    context.setLineDash([...dash]);
    context.beginPath();
    context.arc(0, 0, radius, 0, Math.PI * 2);
    context.stroke();
  }
  context.setLineDash([]);
  context.globalCompositeOperation = "source-over";
}

/** Every wall darkens the floor near it, and its lit edge shines on that. */
function paintWallLight(context: CanvasRenderingContext2D): void {
  const rims = new Path2D();
  for (const { points } of traceWalls()) {
    rims.moveTo(points[0], points[1]);
    for (let i = 2; i < points.length; i += 2) rims.lineTo(points[i], points[i + 1]);
    rims.closePath();
  }
  context.lineJoin = "round";
  const soften = (blurMetres: number, colour: string, width: number) => {
    // Only the shadow of the line is wanted, so the line itself is drawn far outside. Shadows ignore the scale.
    context.save();
    context.translate(-4 * HALF, 0);
    context.shadowOffsetX = 4 * HALF * PIXELS_PER_METRE;
    context.shadowBlur = 2 * blurMetres * PIXELS_PER_METRE;
    context.shadowColor = colour;
    context.lineWidth = width;
    context.stroke(rims);
    context.restore();
  };
  soften(0.8, "rgba(0, 0, 0, 0.6)", 2);
  context.globalCompositeOperation = "lighter";
  soften(1.3, "rgba(47, 214, 214, 0.17)", 1.6);
  soften(0.25, "rgba(47, 214, 214, 0.3)", 0.5);
  context.globalCompositeOperation = "source-over";
}
