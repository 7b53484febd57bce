import type { Graphics } from "pixi.js";

/** Corners of what is drawn as round. PixiJS chooses them by the radius, and a radius in metres is always small to it. */
const CORNERS = 36;
const turns = Array.from({ length: CORNERS }, (_, i) => {
  const angle = (i / CORNERS) * Math.PI * 2;
  return [Math.cos(angle), Math.sin(angle)] as const;
});

export function oval(into: Graphics, x: number, y: number, radiusX: number, radiusY: number): Graphics {
  return into.poly(turns.flatMap(([cos, sin]) => [x + cos * radiusX, y + sin * radiusY]));
}

export function disc(into: Graphics, x: number, y: number, radius: number): Graphics {
  return oval(into, x, y, radius, radius);
}

/** Fills what was drawn since the last time. */
export function paint(into: Graphics, color: number, alpha = 1): Graphics {
  return into.setFillStyle({ color, alpha }).fill();
}
