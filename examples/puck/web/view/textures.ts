import { Texture } from "pixi.js";

export interface Textures {
  /** A soft round light. */
  readonly glow: Texture;
  /** A small hard spot. */
  readonly dot: Texture;
  /** A thin circle. */
  readonly ring: Texture;
}

const SIZE = 128;

/** Painted once, in white: tints give the colours. */
export function paintTextures(): Textures {
  return {
    glow: paint((context, middle) => {
      const gradient = context.createRadialGradient(middle, middle, 0, middle, middle, middle);
      gradient.addColorStop(0, "rgba(255,255,255,1)");
      gradient.addColorStop(0.35, "rgba(255,255,255,0.36)");
      gradient.addColorStop(1, "rgba(255,255,255,0)");
      context.fillStyle = gradient;
      context.fillRect(0, 0, SIZE, SIZE);
    }),
    dot: paint((context, middle) => {
      context.fillStyle = "white";
      context.arc(middle, middle, middle * 0.8, 0, Math.PI * 2);
      context.fill();
    }),
    ring: paint((context, middle) => {
      context.strokeStyle = "white";
      context.lineWidth = 5;
      context.arc(middle, middle, middle * 0.9, 0, Math.PI * 2);
      context.stroke();
    }),
  };
}

function paint(draw: (context: CanvasRenderingContext2D, middle: number) => void): Texture {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIZE;
  const context = canvas.getContext("2d");
  if (context !== null) draw(context, SIZE / 2);
  return Texture.from(canvas);
}
